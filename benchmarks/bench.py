"""Speed of the pages and of the import beside their floors: ``make bench`` prints one JSON object.

Pages: a log of ten years (3,650 days, 10,000 events) in SQLite; each page's script runs inside the
frame, and beside it an empty page that draws as many bare plotly figures of the same size. Import:
a file of 100,000 cramps beside a bare ``pandas.read_csv`` of the same file. Seconds are processor
seconds. Each part runs in a process of its own, which also tells its peak memory.
"""

from __future__ import annotations

import gc
import io
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from python_calamine import CalamineWorkbook

from legcare.records import (
    Cramp,
    Massage,
    Muscle,
    Reading,
    Record,
    Side,
    TrackedSpan,
    Workout,
    WorkoutKind,
)

ROOT = Path(__file__).resolve().parents[1]
FRAME = ROOT / "legcare" / "ui" / "frame.py"
DAYS, EVENTS, ROWS, RUNS = 3650, 10_000, 100_000, 5
LAST = datetime(2026, 11, 15, tzinfo=UTC)
PAGES_TARGET, IMPORT_TARGET = 3.0, 8.0


def ten_years() -> list[Record]:
    """Ten years.

    4,000 cramps, 3,500 massages, 2,500 workouts, and three factors read on most days.
    """
    chance = np.random.default_rng(10)
    first = LAST - timedelta(days=DAYS - 1)

    def moments(count: int) -> list[datetime]:
        return [
            first + timedelta(minutes=int(m))
            for m in np.sort(chance.integers(0, DAYS * 1440 - 1440, count))
        ]

    records: list[Record] = [TrackedSpan(first_day=first.date(), last_day=LAST.date())]
    for at in moments(4000):
        severity = float(chance.integers(1, 11))
        side = Side.LEFT if severity > 5 else Side.RIGHT
        records.append(Cramp(at=at, severity=severity, minutes=3, muscle=Muscle.CALF, side=side))
    for at in moments(3500):
        before = float(chance.integers(3, 11))
        after = max(0.0, before - 2)
        records.append(
            Massage(
                at=at,
                minutes=float(chance.integers(5, 40)),
                tension_before=before,
                tension_after=after,
            )
        )
    for at in moments(2500):
        records.append(
            Workout(at=at, minutes=45, effort=float(chance.integers(2, 10)), kind=WorkoutKind.RUN)
        )
    return [*records, *_readings(chance, first)]


def _readings(chance: np.random.Generator, first: datetime) -> list[Reading]:
    readings: list[Reading] = []
    for step in range(DAYS):
        day: date = (first + timedelta(days=step)).date()
        for factor, mean, spread in (
            ("hydration_ml", 2000, 400),
            ("sleep_h", 7, 1),
            ("stress", 5, 1.5),
        ):
            if chance.random() < 0.9:
                value = float(
                    np.clip(
                        round(chance.normal(mean, spread), 1), 0, 10 if factor == "stress" else 9000
                    )
                )
                readings.append(Reading(day=day, factor=factor, value=value))
    return readings


def pages() -> dict[str, object]:
    """Seconds of each page's first and further runs, and of its floor."""
    from legcare.storage.database import Database
    from legcare.storage.logbook import Logbook
    from legcare.ui.benefits.visit import BELIEFS
    from legcare.ui.shell.menu import ENTRIES

    with tempfile.TemporaryDirectory() as folder:
        os.environ["LEGCARE_DATABASE_URL"] = f"sqlite:///{folder}/bench.db"
        os.environ["LEGCARE_CLOCK"] = LAST.isoformat()
        database = Database.open(os.environ["LEGCARE_DATABASE_URL"])
        logbook = Logbook(database, database.person("local", "owner"))
        logbook.keep(ten_years(), label="bench")
        logbook.remember(BELIEFS, {})  # otherwise the Benefits page asks before it shows
        answer = {name: _page(name) for name in ENTRIES if name != "people"}  # a coach's page
    return {"by_page": answer, "peak_mb": _peak_mb()}


def _page(name: str) -> dict[str, object]:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(FRAME), default_timeout=600)
    start = _seconds(app.run)  # a new session reads the log and draws the Overview
    first = _seconds(lambda: app.switch_page(f"../../pages/{name}.py").run())
    if app.exception:
        return {"error": [entry.value for entry in app.exception]}
    again = statistics.median(_seconds(app.run) for _ in range(RUNS))
    sizes = [len(chart.proto.spec) for chart in app.get("plotly_chart")]
    floor = _floor(sizes)
    return {
        "start_s": round(start, 3),
        "first_s": round(first, 3),
        "again_s": round(again, 3),
        "floor_s": round(floor, 3),
        "ratio": round(again / floor, 2),
        "first_ratio": round(first / floor, 2),
        "charts": len(sizes),
        "chart_kb": round(sum(sizes) / 1000),
    }


def _floor(sizes: list[int]) -> float:
    """Median seconds of an empty page with one bare line chart for each size of figure in bytes."""
    from streamlit.testing.v1 import AppTest

    def empty_page(sizes: list[int]) -> None:
        import numpy as np
        import plotly.graph_objects as go
        import streamlit as st

        st.title("Floor")
        for place, size in enumerate(sizes):
            points = max(2, (size - 7000) // 21)  # about 7 kB of every figure is plotly's template
            values = np.linspace(0.0, 1.0, points)
            st.plotly_chart(
                go.Figure(go.Scatter(x=values, y=values * place, mode="lines")),
                key=f"floor-{place}",
            )

    app = AppTest.from_function(empty_page, args=(sizes,), default_timeout=600).run()
    return statistics.median(_seconds(app.run) for _ in range(RUNS))


def imports() -> dict[str, object]:
    """Seconds to read 100,000 cramps from text and from a workbook.

    Each beside the bare reader of the same bytes.
    """
    table = _hundred_thousand()
    text, book = table.to_csv(index=False).encode(), io.BytesIO()
    table.to_excel(book, index=False)
    csv = _beside(text, "bench.csv", lambda: pd.read_csv(io.BytesIO(text)), runs=3)
    excel = _beside(book.getvalue(), "bench.xlsx", lambda: _bare_sheet(book), runs=1)
    return {"rows": ROWS, "csv": csv, "excel": excel, "peak_mb": _peak_mb()}


def _bare_sheet(book: io.BytesIO) -> object:
    book.seek(0)
    return CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()


def _beside(
    content: bytes, name: str, bare: Callable[[], object], *, runs: int
) -> dict[str, object]:
    from legcare.importers.reading import read

    ours = [
        _seconds(lambda: _checked(read(name, io.BytesIO(content), zone=ZoneInfo("UTC"))))
        for _ in range(runs)
    ]
    seconds, floor = statistics.median(ours), statistics.median(_seconds(bare) for _ in range(runs))
    told = {
        "megabytes": round(len(content) / 1e6, 1),
        "seconds": round(seconds, 2),
        "bare_s": round(floor, 3),
    }
    return {**told, "ratio": round(seconds / floor, 1)}


def _checked(found: object) -> None:
    """A fast import that drops rows would be no import."""
    records = len(getattr(found, "records", ()))
    if records != ROWS:
        raise SystemExit(f"The import kept {records:,} of {ROWS:,} rows.")


def _hundred_thousand() -> pd.DataFrame:
    chance = np.random.default_rng(100)
    minutes = np.sort(chance.choice(13_000_000, ROWS, replace=False))
    at = pd.Timestamp("2000-01-01") + pd.to_timedelta(minutes, unit="min")
    return pd.DataFrame(
        {
            "Date": at.strftime("%Y-%m-%d"),
            "Time": at.strftime("%H:%M"),
            "Muscle": chance.choice(["calf", "foot", "hamstring"], ROWS),
            "Side": chance.choice(["left", "right"], ROWS),
            "Severity (0-10)": chance.integers(1, 11, ROWS),
            "Duration (min)": chance.integers(1, 12, ROWS) / 2,
            "Notes": chance.choice(["", "after the long run", "new shoes"], ROWS),
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    """Processor seconds of all threads: neighbours on the same machine do not change them much."""
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def _peak_mb() -> int:
    """Peak memory of this process; Linux counts in kilobytes, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))


def _apart(part: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, part], capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        return {"error": (done.stderr or done.stdout).strip().splitlines()[-1:]}
    told: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def main() -> int:
    """Run every part and print one object."""
    parts = {"pages": pages, "import": imports}
    if len(sys.argv) > 1:
        print(json.dumps(parts[sys.argv[1]]()))
        return 0
    told = {part: _apart(part) for part in parts}
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python"
        f" {platform.python_version()}"
    )
    targets = {
        "page_run_at_most_times_floor": PAGES_TARGET,
        "import_at_most_times_read_csv": IMPORT_TARGET,
    }
    print(
        json.dumps(
            {
                "machine": machine,
                "log": {"days": DAYS, "events": EVENTS},
                "targets": targets,
                **told,
            },
            indent=2,
        )
    )
    return int(any("error" in answer for answer in told.values()))


if __name__ == "__main__":
    sys.exit(main())
