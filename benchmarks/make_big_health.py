"""Write an invented Apple Health export of any size, with the exact daily truth beside it.

    python benchmarks/make_big_health.py --mb 50 --seed 7 --out /tmp/big.xml --truth /tmp/truth.json

Shaped like real exports: records grouped by type, one element per line, one fixed offset of the
export on every date, two step sources, Food correlations whose children stand again at the top,
workouts with their children. Half of the bytes are heart rate and energy, which nobody here needs,
as in a real export.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

OFFSET = "+0200"
PROLOGUE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
]>
<HealthData locale="en_FR">
 <ExportDate value="2026-07-01 08:00:00 +0200"/>
 <Me HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet"/>
"""
WATCH = "Apple\u00a0Watch of A"
PHONE = "iPhone of A"
DEVICE = (
    "&lt;&lt;HKDevice: 0x{:x}&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    "hardware:Watch6,7, software:10.2&gt;"
)
QUANTITY = "HKQuantityTypeIdentifier"
BYTES_PER_DAY = 275_000
Truth = dict[str, dict[str, dict[str, float]]]


def stamp(at: datetime) -> str:
    """A date as the export prints it."""
    return f"{at:%Y-%m-%d %H:%M:%S} {OFFSET}"


class Writer:
    """Writes elements and keeps the daily truth of what it wrote."""

    def __init__(self, out: TextIO, seed: int) -> None:
        self.out, self.random = out, random.Random(seed)
        self.truth: Truth = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        self.records = 0

    def record(
        self, kind: str, source: str, start: datetime, end: datetime, *, unit: str, value: object
    ) -> None:
        """One record on one line, now and then with a child, as the watch writes them."""
        device = (
            f' device="{DEVICE.format(self.random.getrandbits(36))}"' if source == WATCH else ""
        )
        said = f' unit="{unit}"' if unit else ""
        text = (
            f' <Record type="{kind}" sourceName="{source}" sourceVersion="10.2"{device}{said}'
            f' creationDate="{stamp(end)}" startDate="{stamp(start)}" endDate="{stamp(end)}"'
            f' value="{value}"'
        )
        if kind.endswith("HeartRate") and not kind.endswith("RestingHeartRate"):
            self.out.write(
                text + '>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n'
                " </Record>\n"
            )
        else:
            self.out.write(text + "/>\n")
        self.records += 1

    def add(self, factor: str, source: str, day: datetime, value: float) -> None:
        """Note what this adds to a day."""
        self.truth[factor][source.replace("\u00a0", " ")][f"{day:%Y-%m-%d}"] += value


def days(count: int) -> Iterator[datetime]:
    """Midnights before the export."""
    last = datetime(2026, 6, 30)
    return (last - timedelta(days=count - 1 - step) for step in range(count))


def heart(writer: Writer, count: int) -> None:
    """Heart rate and energy: the bulk, of no use here."""
    for day in days(count):
        for minute in range(0, 1440, 5):
            at = day + timedelta(minutes=minute, seconds=writer.random.randrange(60))
            value = writer.random.randrange(48, 140)
            writer.record(QUANTITY + "HeartRate", WATCH, at, at, unit="count/min", value=value)
    for day in days(count):
        for minute in range(360, 1380, 5):
            at = day + timedelta(minutes=minute)
            value = round(writer.random.random() * 9, 3)
            writer.record(
                QUANTITY + "ActiveEnergyBurned",
                WATCH,
                at,
                at + timedelta(minutes=5),
                unit="kcal",
                value=value,
            )


def steps(writer: Writer, count: int) -> None:
    """Steps of watch and phone over the same minutes."""
    for source, every in ((PHONE, 15), (WATCH, 10)):
        for day in days(count):
            for minute in range(420, 1320, every):
                at = day + timedelta(minutes=minute)
                value = writer.random.randrange(0, 300)
                end = at + timedelta(minutes=every)
                writer.record(QUANTITY + "StepCount", source, at, end, unit="count", value=value)
                writer.add("steps", source, day, value)


def diet(writer: Writer, count: int) -> None:
    """Water in two units, magnesium, and sodium that a Food correlation repeats."""
    for day in days(count):
        for hour in (8, 11, 14, 17, 20):
            at, ml = day + timedelta(hours=hour), writer.random.randrange(150, 500)
            unit, value = ("mL", ml) if hour < 17 else ("L", ml / 1000)
            writer.record(QUANTITY + "DietaryWater", "Waterlog", at, at, unit=unit, value=value)
            writer.add("hydration_ml", "Waterlog", day, ml)
    for day in days(count):
        at = day + timedelta(hours=21)
        writer.record(QUANTITY + "DietaryMagnesium", "Vitamins", at, at, unit="mg", value=300)
        writer.add("magnesium_mg", "Vitamins", day, 300)
        writer.record(QUANTITY + "DietarySodium", "Foodlog", at, at, unit="mg", value=1500)
        writer.add("sodium_mg", "Foodlog", day, 1500)


def food(writer: Writer, count: int) -> None:
    """Correlations whose children stand at the top as well."""
    for day in days(count):
        at = day + timedelta(hours=21)
        times = f'creationDate="{stamp(at)}" startDate="{stamp(at)}" endDate="{stamp(at)}"'
        writer.out.write(
            f' <Correlation type="HKCorrelationTypeIdentifierFood" sourceName="Foodlog" {times}>\n '
            f' <Record type="{QUANTITY}DietarySodium" sourceName="Foodlog" unit="mg" {times}'
            ' value="1500"/>\n </Correlation>\n'
        )


def sleep(writer: Writer, count: int) -> None:
    """Stages of the watch, and time in bed of the phone around them."""
    stages = ("AsleepCore", "AsleepDeep", "AsleepREM", "Awake")
    kind = "HKCategoryTypeIdentifierSleepAnalysis"
    for day in days(count):
        start = at = day - timedelta(minutes=writer.random.randrange(30, 90))
        for number in range(24):
            stage = stages[number % 4]
            minutes = 3 if stage == "Awake" else writer.random.randrange(15, 30)
            end = at + timedelta(minutes=minutes)
            writer.record(
                kind, WATCH, at, end, unit="", value="HKCategoryValueSleepAnalysis" + stage
            )
            if stage != "Awake":
                writer.add("sleep_h", WATCH, day, minutes / 60)
            at = end
        bed = start - timedelta(minutes=12)
        writer.record(kind, PHONE, bed, at, unit="", value="HKCategoryValueSleepAnalysisInBed")


def workouts(writer: Writer, count: int) -> None:
    """A workout every other day, with the children that iOS 16 and later write."""
    for number, day in enumerate(days(count)):
        if number % 2:
            continue
        at, minutes = day + timedelta(hours=18), 30 + writer.random.randrange(30)
        end = at + timedelta(minutes=minutes)
        times = f'startDate="{stamp(at)}" endDate="{stamp(end)}"'
        energy = (
            f'<WorkoutStatistics type="{QUANTITY}ActiveEnergyBurned" {times} sum="{minutes * 9}"'
            ' unit="kcal"/>'
        )
        distance = (
            f'<WorkoutStatistics type="{QUANTITY}DistanceWalkingRunning" {times}'
            f' sum="{minutes / 6}" unit="km"/>'
        )
        writer.out.write(
            f' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}"'
            f' durationUnit="min" sourceName="{WATCH}" creationDate="{stamp(end)}" {times}>\n '
            f' {energy}\n  {distance}\n  <WorkoutActivity uuid="X" {times} duration="{minutes}"'
            f' durationUnit="min">\n   {energy}\n  </WorkoutActivity>\n </Workout>\n'
        )
        writer.add("workout_min", WATCH, day, minutes)


def write(out: TextIO, mb: float, seed: int) -> Truth:
    """Write an export of about ``mb`` megabytes; gives the truth: factor, source, day, value."""
    count = max(2, round(mb * 1e6 / BYTES_PER_DAY))
    writer = Writer(out, seed)
    out.write(PROLOGUE)
    for part in (heart, steps, diet, food, sleep, workouts):
        part(writer, count)
    out.write("</HealthData>\n")
    return writer.truth


def main() -> None:
    """Write the file, and the truth if asked."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--mb", type=float, default=50)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--truth", type=Path)
    options = asked.parse_args()
    with options.out.open("w", encoding="utf-8") as out:
        truth = write(out, options.mb, options.seed)
    if options.truth:
        options.truth.write_text(json.dumps(truth))
    print(json.dumps({"file": str(options.out), "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
