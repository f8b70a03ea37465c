"""The report from the command line: ``python -m legcare.reports --out report.html --csv numbers.zip``.

Reads the log of the person of this machine from its usual place, or from ``--from`` a database address or a legcare
ZIP. Exit code 0: written; 1: it could not be; 2: the question was not understood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from legcare.errors import BadFile, LegcareError
from legcare.importers.archive import archived_preferences, read_archive
from legcare.records import Log, Preferences
from legcare.reports.html import PARTS, report
from legcare.storage.database import Database


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report and, where asked for, the CSVs behind it."""
    asked = _parser().parse_args(arguments)
    try:
        log, preferences = _log(asked.source)
        made = report(log, preferences, made_on=date.today(), name=asked.name, parts=asked.parts or tuple(PARTS))
        asked.out.write_text(made.html, encoding="utf-8")
        if asked.csv:
            asked.csv.write_bytes(made.csv_zip())
    except LegcareError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}. Choose another place and try again.", file=sys.stderr)
        return 1
    print(f"{asked.out}: {len(made.charts)} charts, {len(log)} records")
    return 0


def _log(source: str) -> tuple[Log, Preferences]:
    if source.endswith(".zip"):
        return _from_zip(Path(source))
    database = Database.open(source or None)
    logbook = database.logbook(database.person("local", "owner"))
    return logbook.log(), logbook.preferences()


def _from_zip(path: Path) -> tuple[Log, Preferences]:
    if not path.exists():
        raise BadFile(f"{path}: there is no such file. Give the path of a ZIP made by legcare.")
    data = path.read_bytes()
    preferences = archived_preferences(path.name, data) or Preferences()
    records = read_archive(path.name, data).records
    return Log(records, preferences.own_factors, preferences.preferred_sources), preferences


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m legcare.reports", description="Write the report on a log.")
    parser.add_argument("--from", dest="source", default="", help="a database address, or a ZIP made by legcare")
    parser.add_argument("--out", type=Path, default=Path("legcare-report.html"), help="the HTML file to write")
    parser.add_argument("--csv", type=Path, help="a ZIP to write the charts' numbers to")
    parser.add_argument("--name", default="", help="whose log it is, as the reader sees it")
    parser.add_argument("--parts", nargs="*", choices=tuple(PARTS), help="the parts to show (default: all)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
