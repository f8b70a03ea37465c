"""Truth against estimate for the three invented people.

Every claim of which ``truth.json`` holds the truth.

``python -m benchmarks.sample_truth`` prints one JSON object; ``--table`` the table that stands in
``docs/benefits.md``. Truths of cramps are rate ratios, truths of scores differences in their own
points or centimetres.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from legcare import samples as sample
from legcare.analysis.associations import adjusted, associate
from legcare.analysis.benefits import Material, Seven, Standing, material_of, seven_benefits
from legcare.analysis.estimate import Association, Verdict
from legcare.analysis.massage import massage_answer
from legcare.days import CRAMPS
from legcare.records import DAY_START

TRUTH = Path(__file__).parents[1] / "sample_data" / "truth.json"
MASSAGE = "massages"
NULL = {"ratio": 1.0, "difference": 0.0}


@dataclass(frozen=True)
class Row:
    """One truth beside what the program says: "clear" is better, worse, higher or lower.

    The rest is not.
    """

    person: str
    about: str
    kind: str
    truth: float
    estimate: float
    low: float
    high: float
    days: int
    said: str

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high

    @property
    def null(self) -> bool:
        """Whether in truth there is nothing to find."""
        return self.truth == NULL[self.kind]

    @property
    def called(self) -> bool:
        """Whether something is said to be clear."""
        return self.said not in (Standing.NO_CLEAR, Verdict.NO_CLEAR)


def rows() -> tuple[Row, ...]:
    """Every truth of the three people that has an estimate, claims first."""
    told: dict[str, dict[str, Any]] = json.loads(TRUTH.read_text(encoding="utf-8"))["people"]
    return tuple(row for person, truth in told.items() for row in _of(person, truth))


def _of(person: str, truth: dict[str, Any]) -> Iterator[Row]:
    material = material_of(sample.load(person), day_start=DAY_START)
    found = seven_benefits(material)
    yield _massage(person, truth["effects_on_cramps"])
    yield from _claims(person, truth, found)
    yield from _on_cramps(person, material, truth["effects_on_cramps"])


def _massage(person: str, effects: list[dict[str, Any]]) -> Row:
    """The first question, asked by the clock and alone."""
    (effect,) = [each for each in effects if each["factor"] == MASSAGE]
    found = massage_answer(sample.load(person), day_start=DAY_START)
    about = (person, f"cramps in {effect['per']}", "ratio", effect["rate_ratio"])
    return Row(*about, found.value, found.low, found.high, found.n_days, str(found.verdict))


def _claims(person: str, truth: dict[str, Any], found: Seven) -> Iterator[Row]:
    claims = (
        (
            "waste",
            "soreness the day after, with massage within 6 h",
            "difference",
            -truth["soreness_eased_after_exercise"],
        ),
        (
            "flexibility",
            "ankle bend per hour of massage in 14 days",
            "difference",
            truth["ankle_cm_per_hour_of_massage_in_14_days"],
        ),
        (
            "problem_areas",
            "cramps within 7 days in a tender place",
            "ratio",
            truth["cramps_in_a_tender_place_within_7_days"],
        ),
        ("circulation", "heaviness the day after a massage", "difference", 0.0),
        ("stress", "stress the day after a massage", "difference", 0.0),
    )
    for key, about, kind, true in claims:
        benefit = found[key]
        if benefit.headline.shown:
            yield _row((person, about, kind, true), benefit.headline, str(benefit.standing))
    yield from _sessions(person, truth["eased_by_a_massage_on_average"], found)


def _sessions(person: str, eased: dict[str, float], found: Seven) -> Iterator[Row]:
    changes = {
        benefit.change.rating: benefit.change for benefit in found.benefits if benefit.change
    }
    for rating, points in eased.items():
        change = changes.get(rating)
        if change and change.change.shown:
            made = change.change
            numbers = (made.value, made.low, made.high, made.n_days)
            yield Row(
                person,
                f"{rating} over a massage",
                "difference",
                -points,
                *numbers,
                "a change, no verdict",
            )


def _on_cramps(person: str, material: Material, effects: list[dict[str, Any]]) -> Iterator[Row]:
    """Asked together, as the pages ask them.

    A verdict is given after the number of comparisons is accounted for.
    """
    days = material.days
    others = [each for each in effects if each["factor"] != MASSAGE]
    asked = [
        associate(days, outcome=CRAMPS, factor=each["factor"], lag=each["lag"]) for each in others
    ]
    for effect, found in zip(others, adjusted(asked), strict=True):
        if found.shown:
            per = float(effect["per"].split()[0])
            value, low, high = (
                each ** (per / found.step) for each in (found.value, found.low, found.high)
            )
            about = f"cramps by {effect['factor']}, {effect['per']}"
            yield Row(
                person,
                about,
                "ratio",
                effect["rate_ratio"],
                value,
                low,
                high,
                found.n_days,
                str(found.verdict),
            )


def _row(truth: tuple[str, str, str, float], found: Association, said: str) -> Row:
    return Row(*truth, found.value, found.low, found.high, found.n_days, said)


def table(found: tuple[Row, ...]) -> str:
    """The rows as a table in Markdown."""
    head = "| sample | what | truth | estimate (95 % interval) | said |\n|---|---|---|---|---|"
    lines = [
        f"| {row.person} | {row.about} | {row.truth:g} | {row.estimate:.2f} ({row.low:.2f} to"
        f" {row.high:.2f}){'' if row.holds else ', **misses**'} | {row.said} |"
        for row in found
    ]
    return "\n".join([head, *lines])


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", action="store_true", help="as a table in Markdown")
    found = rows()
    if parser.parse_args().table:
        print(table(found))
        return
    told = [asdict(row) | {"holds": row.holds} for row in found]
    print(
        json.dumps(
            {"held": sum(row.holds for row in found), "of": len(found), "rows": told}, indent=1
        )
    )


if __name__ == "__main__":
    main()
