"""The report from the command line.

``python -m legcare.reports --out report.html --csv numbers.zip``.

With ``--massages massages.ics --weekdays mon thu --at 21:00`` also a calendar file of planned
massages.

Reads the log of the person of this machine from its usual place, or from ``--from`` a database
address or a legcare ZIP. Exit code 0: written; 1: it could not be; 2: the question was not
understood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from legcare.errors import BadFile, LegcareError
from legcare.importers.archive import archived_preferences, read_archive
from legcare.records import Log, Preferences
from legcare.reports.first_page import Cover
from legcare.reports.html import PARTS, report
from legcare.reports.massages import WEEKDAYS, MassagePlan, massage_calendar
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook

SHORT = tuple(day[:3].lower() for day in WEEKDAYS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report and, where asked for, the CSVs behind it."""
    asked = _parser().parse_args(arguments)
    try:
        log, preferences, owner = _log(asked.source)
        made = report(
            log,
            preferences,
            Cover(made_on=date.today(), name=asked.name),
            parts=asked.parts or tuple(PARTS),
        )
        asked.out.write_text(made.html, encoding="utf-8")
        if asked.csv:
            asked.csv.write_bytes(made.csv_zip())
        if asked.massages:
            print(_massages(asked, owner))
    except LegcareError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            f"{problem.filename}: {problem.strerror}. Choose another place and try again.",
            file=sys.stderr,
        )
        return 1
    print(f"{asked.out}: {len(made.charts)} charts, {len(log)} records")
    return 0


def _massages(asked: argparse.Namespace, owner: str) -> str:
    """Write the calendar file of planned massages; what it holds, in words."""
    plan = MassagePlan(
        weekdays=tuple(SHORT.index(day) for day in asked.weekdays),
        at=asked.at,
        first_day=asked.first_day or date.today(),
        minutes=asked.minutes,
        weeks=asked.weeks,
        remind_before=asked.remind if asked.remind >= 0 else None,
    )
    written = massage_calendar(plan, owner=owner, stamp=datetime.now(UTC))
    asked.massages.write_text(written, encoding="utf-8", newline="")
    return f"{asked.massages}: {plan.sentence()}"


def _log(source: str) -> tuple[Log, Preferences, str]:
    """Log, preferences, and a name that stays the same for whose they are."""
    if source.endswith(".zip"):
        return (*_from_zip(Path(source)), source)
    database = Database.open(source or None)
    person = database.person("local", "owner")
    logbook = Logbook(database, person)
    return logbook.log(), logbook.preferences(), str(person)


def _from_zip(path: Path) -> tuple[Log, Preferences]:
    if not path.exists():
        raise BadFile(f"{path}: there is no such file. Give the path of a ZIP made by legcare.")
    data = path.read_bytes()
    preferences = archived_preferences(path.name, data) or Preferences()
    records = read_archive(path.name, data).records
    return Log(records, preferences.own_factors, preferences.preferred_sources), preferences


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m legcare.reports", description="Write the report on a log."
    )
    parser.add_argument(
        "--from", dest="source", default="", help="a database address, or a ZIP made by legcare"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("legcare-report.html"), help="the HTML file to write"
    )
    parser.add_argument("--csv", type=Path, help="a ZIP to write the charts' numbers to")
    parser.add_argument("--name", default="", help="whose log it is, as the reader sees it")
    parser.add_argument(
        "--parts", nargs="*", choices=tuple(PARTS), help="the parts to show (default: all)"
    )
    _ask_massages(parser.add_argument_group("calendar of planned massages"))
    return parser


def _ask_massages(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--massages", type=Path, help="a calendar file (.ics) to write planned massages to"
    )
    group.add_argument(
        "--weekdays",
        nargs="+",
        choices=SHORT,
        default=["mon", "wed", "fri"],
        metavar="DAY",
        help=f"days of the week: {', '.join(SHORT)} (default: mon wed fri)",
    )
    group.add_argument(
        "--at", type=time.fromisoformat, default=time(21), help="time of day (default: 21:00)"
    )
    group.add_argument("--minutes", type=int, default=10, help="length of a massage (default: 10)")
    group.add_argument("--weeks", type=int, default=12, help="for how many weeks (default: 12)")
    group.add_argument(
        "--first-day",
        type=date.fromisoformat,
        help="first day, such as 2026-03-10 (default: today)",
    )
    group.add_argument(
        "--remind", type=int, default=10, help="minutes before to remind; -1: never (default: 10)"
    )


if __name__ == "__main__":
    sys.exit(main())
