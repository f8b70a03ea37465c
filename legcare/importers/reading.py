"""Reading a file: recognise, extract, mark duplicates, sum up.

Three steps that know nothing of each other.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import BinaryIO
from zoneinfo import ZoneInfo

from legcare.errors import BadFile
from legcare.importers import package
from legcare.importers.cells.dates import Order
from legcare.importers.counted import counted
from legcare.importers.duplicates import added, marked_import, merged
from legcare.importers.registry import Asked, Extract, Format, fallbacks, formats, recognised
from legcare.importers.result import Import, Problem, Summary
from legcare.importers.source import Progress, Source
from legcare.records import Log, Reading, Record, calendar_days

MOST_PROBLEMS = 500
MOST_NESTED = 400 * 1024**2


@dataclass
class _Found:
    """What was read so far of one upload."""

    formats: list[tuple[Format, str]] = field(default_factory=list)
    extracts: list[Extract] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def read(
    name: str,
    stream: BinaryIO,
    *,
    zone: ZoneInfo,
    known: Log | None = None,
    words: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    order: Order | None = None,
) -> Import:
    """Everything that a file holds: records, what could not be read and why, and a summary.

    The content says what the file is, never ``name``. ``zone`` is where naive times were written;
    ``known`` is the log they may already be in; ``words`` maps the person's own words to
    ``"cramp"``, ``"massage"`` or ``"leave out"``; ``order`` is that of day and month where the file
    does not say. ``progress`` is called with a fraction and a sentence, and may raise
    ``Cancelled``. Raises only ``LegcareError``s: ``BadFile`` with a sentence for a file that cannot
    be read at all.
    """
    return marked_import(extracted(name, stream, Asked(zone, words or {}, order), progress), known)


def extracted(
    name: str, stream: BinaryIO, asked: Asked, progress: Progress | None = None
) -> Import:
    """What a file holds, before anybody looks into the log."""
    source = source_of(name, stream, progress)
    found = _Found()
    _read_into(found, source, asked)
    if not found.formats:
        raise BadFile(_unknown(source, found))
    return _import(found)


def recognise(name: str, stream: BinaryIO) -> tuple[Format, str] | None:
    """What a file is and why, without reading it; for a zip, the first member that is known."""
    source = source_of(name, stream, None)
    for among in (formats(), fallbacks()):
        if (known := recognised(source, among)) is not None:
            return known
        for member in _inside(source):
            if (known := recognised(member, among)) is not None:
                return known
    return None


def words_in(name: str, stream: BinaryIO, *, zone: ZoneInfo) -> dict[str, int]:
    """A diary's own words that were not taken for cramps or massages, most frequent first.

    They are for asking the person about.

    What they choose goes into ``read(..., words={"knots": "massage"})``.
    """
    found = _Found()
    _read_into(found, source_of(name, stream, None), Asked(zone))
    return _frequent(extract.words for extract in found.extracts)


def _frequent(told: Iterable[Mapping[str, int]]) -> dict[str, int]:
    words: Counter[str] = Counter()
    for part in told:
        words.update(part)
    return {word: count for word, count in words.most_common() if word}


def source_of(name: str, stream: BinaryIO, progress: Progress | None) -> Source:
    """One uploaded file, unpacked where it is gzip. Raises ``BadFile`` for an empty one."""
    size = stream.seek(0, io.SEEK_END)
    name = PurePosixPath(name.replace("\\", "/")).name[:200] or "the file"
    if size == 0:
        raise BadFile(f"{name} is empty: nothing was written into it. Export it again.")

    def opened() -> BinaryIO:
        stream.seek(0)
        return _Kept(stream)  # type: ignore[return-value]

    return _packed(Source(name, opened, size, progress=progress))


class _Kept:
    """The caller's stream, which stays open when a reader closes its own."""

    def __init__(self, stream: BinaryIO) -> None:
        self.read, self.seek, self.tell, self.seekable = (
            stream.read,
            stream.seek,
            stream.tell,
            stream.seekable,
        )

    def close(self) -> None:
        """Not ours to close."""


def _packed(source: Source) -> Source:
    kind = package.kind_of(source.peek.head[:4])
    if kind == "gzip":
        return package.gunzipped(source)
    if kind == "zip":
        return replace(source, members=package.names_in(source) or ("?",), cuts=[])
    return source


def _inside(source: Source) -> Iterable[Source]:
    if not source.members:
        return
    for member in package.unzipped(source).members:
        yield (
            package.gunzipped(member) if package.kind_of(member.peek.head[:4]) == "gzip" else member
        )


def _read_into(found: _Found, source: Source, asked: Asked) -> None:
    whole = (*formats(), *fallbacks())
    if (known := recognised(source, whole)) is not None:
        _extract(found, source, known, asked)
    elif source.members:
        opened = package.unzipped(source)
        for among in (formats(), fallbacks()):
            found.skipped.clear()
            found.problems[:] = opened.problems
            _members_into(found, opened.members, among, asked)
            if found.formats:
                return


def _members_into(
    found: _Found, members: Sequence[Source], among: tuple[Format, ...], asked: Asked
) -> None:
    claimed: set[str] = set()
    for member in _one_progress(sorted(members, key=lambda one: one.name.count("/"))):
        name = member.name.rpartition("/")[2].removesuffix(".gz")
        if name in claimed or f"*{PurePosixPath(name).suffix}" in claimed:
            continue
        kind = package.kind_of(member.peek.head[:4])
        if kind == "zip":
            _nested(found, member, among, asked)
            continue
        inner = package.gunzipped(member) if kind == "gzip" else member
        known = recognised(inner, among)
        if known is None:
            found.skipped.append(member.name)
            continue
        _extract(found, inner, known, asked, inside=True)
        claimed |= found.extracts[-1].claims if found.extracts else frozenset()


def _nested(found: _Found, member: Source, among: tuple[Format, ...], asked: Asked) -> None:
    """A zip inside a zip, as account exports pack their activities; one deeper is not opened."""
    if member.name.count(".zip/") > 1:
        reason = "A zip inside a zip inside a zip is not opened: unpack it and add it alone."
        found.problems.append(Problem(member.name, reason))
        return
    try:
        data = member.whole(MOST_NESTED)
        inner = replace(member, opened=lambda: io.BytesIO(data), size=len(data))
        opened = package.unzipped(inner)
    except BadFile as error:
        found.problems.append(Problem(member.name, str(error)))
        return
    found.problems += opened.problems
    _members_into(found, opened.members, among, asked)


def _one_progress(members: Sequence[Source]) -> Iterator[Source]:
    """The members with a progress that runs once from 0 to 1 over all of them, by size."""
    whole, before = sum(member.size for member in members) or 1, 0
    for member in members:
        said = member.progress
        if said is None:
            yield member
        else:
            yield replace(
                member, progress=_part(said, before / whole, member.size / whole), cuts=[]
            )
        before += member.size


def _part(said: Progress, start: float, share: float) -> Progress:
    return lambda done, sentence: said(min(start + done * share, 1.0), sentence)


def _extract(
    found: _Found, source: Source, known: tuple[Format, str], asked: Asked, *, inside: bool = False
) -> None:
    try:
        extract = known[0].extract(source, asked)
    except BadFile as error:
        if not inside:
            raise
        found.problems.append(Problem(source.name, str(error)))
        return
    found.formats.append(known)
    found.extracts.append(extract)
    if source.cuts:
        found.problems.append(
            Problem(
                source.name,
                f"The file could not be read to its end because {source.cuts[0]}: "
                "what stood before that place was read.",
            )
        )


def _import(found: _Found) -> Import:
    records, doubled = merged(added(found.extracts))
    problems = [
        *found.problems,
        *doubled,
        *(problem for extract in found.extracts for problem in extract.problems),
    ]
    if len(problems) > MOST_PROBLEMS:
        rest = len(problems) - MOST_PROBLEMS
        problems = [
            *problems[:MOST_PROBLEMS],
            Problem("", f"... and {rest} more places of the same kinds."),
        ]
    said = dict.fromkeys(note for extract in found.extracts for note in extract.notes)
    notes = [*said, *_skipped(found), *_nothing(found, records)]
    own = {factor.key: factor for extract in found.extracts for factor in extract.own_factors}
    return Import(
        records,
        tuple(problems),
        _summary(found.formats, records, tuple(notes)),
        own_factors=tuple(own.values()),
        words=_frequent(extract.named for extract in found.extracts),
        undecided=frozenset(key for extract in found.extracts for key in extract.undecided),
    )


def _summary(
    known: list[tuple[Format, str]], records: tuple[Record, ...], notes: tuple[str, ...]
) -> Summary:
    kinds = {form.key: form for form, _ in known}
    days = sorted(day for record in records for day in calendar_days(record))
    counts = Counter(
        record.factor if isinstance(record, Reading) else record.type for record in records
    )
    return Summary(
        format="+".join(kinds),
        label=" and ".join(form.label for form in kinds.values()),
        why=" ".join(dict.fromkeys(why for _, why in known)),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        counts=dict(sorted(counts.items())),
        notes=notes,
    )


def _skipped(found: _Found) -> list[str]:
    if not found.skipped:
        return []
    kinds = Counter(PurePosixPath(name).suffix or "without an ending" for name in found.skipped)
    said = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(8))
    others = counted(len(found.skipped), "other file")
    return [f"Left out, because legcare reads nothing from them: {others} in the zip ({said})."]


def _nothing(found: _Found, records: tuple[Record, ...]) -> list[str]:
    if records:
        return []
    words = Counter(word for extract in found.extracts for word in extract.words)
    asked = (
        f" If one of its {len(words)} own words means a leg cramp or a massage, add it as yours."
        if words
        else ""
    )
    return ["Nothing in this file goes into a log." + asked]


def _unknown(source: Source, found: _Found) -> str:
    if found.problems:
        return f"Nothing in {source.name} could be read. " + " ".join(
            str(problem) for problem in found.problems[:3]
        )
    if found.skipped:
        return (
            f"{source.name} is a zip, but none of its {len(found.skipped)} files is of a kind that"
            " legcare reads."
        )
    return (
        f"{source.name} is of no kind that legcare knows. The page on formats lists what is read"
        " and how to export it; a table with a date column and one row per day or per cramp always"
        " works."
    )
