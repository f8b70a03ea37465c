"""Files into a database from the command line.

For what is too large for the upload page, with the same report.

    python -m legcare.importers export.zip --into sqlite:///legcare.db --zone Europe/Berlin
    --dry-run

This program, and nothing else in the package, knows the database: it is a page without a screen.
Exit code 0: every file was read; 1: some file was not, the others were kept; 2: the question was
not understood.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from legcare.errors import BadFile, LegcareError
from legcare.importers import Part, Wanted, parts
from legcare.importers.cells.dates import Order
from legcare.importers.counted import counted, kinds_counted
from legcare.importers.result import Import
from legcare.importers.source import Progress
from legcare.importers.tables import Doubt, Kind, propose
from legcare.records import Log, Record, zones
from legcare.storage.database import Database
from legcare.storage.logbook import ImportSettings, Logbook

LOCAL = ("local", "owner")
SHOWN = 20
Keep = Callable[[Import, tuple[Record, ...], str], int]


@dataclass(frozen=True)
class Question:
    """What was asked for.

    Which files, where naive times were written, what own words mean, what the rows of a table are.
    """

    files: tuple[Path, ...]
    zone: ZoneInfo
    words: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    order: Order | None = None
    dry_run: bool = False
    quiet: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every file, keep what is new, and say what was found."""
    asked = _parser().parse_args(arguments)
    question = Question(
        tuple(asked.file),
        ZoneInfo(asked.zone),
        dict(_word(each) for each in asked.word),
        Kind(asked.kind) if asked.kind else None,
        Order(asked.order) if asked.order else None,
        asked.dry_run,
        asked.quiet,
    )
    try:
        database = Database.open(
            asked.into if "://" in asked.into else f"sqlite:///{Path(asked.into).absolute()}"
        )
        logbook = Logbook(database, database.person(*(asked.person or LOCAL)))
        known = logbook.log()
    except LegcareError as error:
        print(error, file=sys.stderr)
        return 1

    def keep(found: Import, records: tuple[Record, ...], label: str) -> int:
        settings = ImportSettings(found.own_factors)
        return logbook.keep_import(records, settings, label=label, kind="imported").count

    return brought_in(question, known, keep)


def brought_in(question: Question, known: Log, keep: Keep) -> int:
    """Read the files one after the other; what one brought is known to the next.

    Gives the exit code.
    """
    bad = 0
    for path in question.files:
        try:
            found = _read(path, question, known)
            fresh = tuple(record for record in found.records if record.id not in found.duplicates)
            print(report(path.name, found, len(fresh)))
            if not question.dry_run and fresh:
                kept = keep(found, fresh, f"{found.summary.label}: {path.name}")
                print(f"  Kept: {counted(kept, 'record')}.")
            known = Log((*known.records, *fresh), known.own_factors, known.preferred)
        except LegcareError as error:
            bad += 1
            print(f"{path.name}\n  Not read. {error}", file=sys.stderr)
    if question.dry_run:
        print("Nothing was kept: this was a dry run.")
    return 1 if bad else 0


def report(name: str, found: Import, fresh: int) -> str:
    """What a file holds, in the words of the upload page."""
    summary = found.summary
    counts = kinds_counted(summary.counts) or "nothing"
    lines = [f"{name}: {summary.label}. {summary.why}", f"  Found: {counts}."]
    if summary.first_day:
        lines.append(f"  From {summary.first_day} to {summary.last_day}.")
    lines.append(f"  New: {fresh}; already in the log: {len(found.duplicates)}.")
    lines += [f"  Note: {note}" for note in summary.notes]
    lines += [
        f"  {'Notice' if problem.kept else 'Left out'}: {problem}"
        for problem in found.problems[:SHOWN]
    ]
    if len(found.problems) > SHOWN:
        lines.append(f"  ... and {len(found.problems) - SHOWN} more.")
    return "\n".join(lines)


def _read(path: Path, question: Question, known: Log) -> Import:
    """What a file holds; refused where it leaves open what only a person can say."""
    try:
        with path.open("rb") as stream:
            progress = None if question.quiet else _shown()
            wanted = Wanted(
                question.zone,
                known,
                tuple(known.factors.values()),
                question.words,
                question.order,
                progress,
            )
            found = [
                _read_part(part, question, wanted)
                for part in parts(path.name, stream, zone=question.zone, wanted=wanted)
            ]
    except OSError as error:
        raise BadFile(f"{path} cannot be opened ({error.strerror}).") from error
    return found[0] if len(found) == 1 else _together(found)


def _read_part(part: Part, question: Question, wanted: Wanted) -> Import:
    table, mapping = part.opened.table, part.mapping
    if table is None or mapping is None:
        return part.read(wanted)
    if question.kind is not None:
        mapping = propose(table, kind=question.kind, factors=wanted.factors)
    if question.order is not None:
        mapping = mapping.answered(Doubt.ORDER, order=question.order)
    if mapping.undecided:
        open_ = ", ".join(doubt.key for doubt in sorted(mapping.undecided))
        raise BadFile(
            f"{part.opened.title} leaves open: {open_}. Say what its rows are with --kind and how"
            " its dates are written with --order, or upload it on the page, which asks."
        )
    return replace(part, mapping=mapping).read(wanted)


def _together(found: Sequence[Import]) -> Import:
    """The sheets of one file as one report."""
    counts: Counter[str] = Counter()
    for one in found:
        counts.update(one.summary.counts)
    days = [d for one in found for d in (one.summary.first_day, one.summary.last_day) if d]
    summary = replace(
        found[0].summary,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        counts=dict(counts),
        notes=tuple(note for one in found for note in one.summary.notes),
    )
    return replace(
        found[0],
        records=tuple(record for one in found for record in one.records),
        problems=tuple(problem for one in found for problem in one.problems),
        summary=summary,
        duplicates=frozenset(name for one in found for name in one.duplicates),
    )


def _shown() -> Progress | None:
    """A line that moves, on a terminal only."""
    if not sys.stderr.isatty():
        return None
    last = -1

    def show(done: float, sentence: str) -> None:
        nonlocal last
        if int(done * 100) != last:
            last = int(done * 100)
            print(
                f"\r{sentence}: {last} %",
                end="\n" if last == 100 else "",
                file=sys.stderr,
                flush=True,
            )

    return show


def _zone(name: str) -> str:
    if name not in zones():
        raise argparse.ArgumentTypeError(
            f"{name!r} is no time zone of the IANA list, such as Europe/Berlin"
        )
    return name


def _word(text: str) -> tuple[str, str]:
    word, _, kind = text.rpartition("=")
    return word, kind


def _known_word(text: str) -> str:
    if _word(text)[1] not in ("cramp", "massage") or not _word(text)[0]:
        raise argparse.ArgumentTypeError(
            f"{text!r}: write a word, = and cramp or massage, such as knots=massage"
        )
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m legcare.importers", description="Files into a legcare database."
    )
    parser.add_argument(
        "file", nargs="+", type=Path, help="exports of watches and apps, zipped or not"
    )
    parser.add_argument(
        "--into",
        required=True,
        metavar="DATABASE",
        help="sqlite:///file, postgresql+psycopg://... or a file's path",
    )
    parser.add_argument(
        "--zone",
        type=_zone,
        default="UTC",
        help="where times without a zone were written; default UTC",
    )
    parser.add_argument(
        "--person", nargs=2, metavar=("ISSUER", "SUBJECT"), help="whose log; default the local one"
    )
    parser.add_argument(
        "--word",
        action="append",
        default=[],
        type=_known_word,
        help="own word, such as knots=massage",
    )
    parser.add_argument(
        "--kind", choices=[kind.value for kind in Kind], help="what a row of the tables is"
    )
    parser.add_argument(
        "--order",
        choices=[order.value for order in Order],
        help="which stands first in dates such as 03/04/2026: dmy the day, mdy the month",
    )
    parser.add_argument("--dry-run", action="store_true", help="read and report, keep nothing")
    parser.add_argument("--quiet", action="store_true", help="no progress line")
    return parser


if __name__ == "__main__":
    sys.exit(main())
