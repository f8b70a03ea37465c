"""Apple's export.xml as a stream of elements, whatever is broken in it.

Memory stays flat at any size.

What real exports get wrong, and what is done: a document type that never closes (skipped: parsing
begins at ``<HealthData``); control characters in values (removed); one attribute written twice and
bytes that are not UTF-8 (that element is repaired, or left out with a problem). No entity, no
document type, no network.

Most of an export is of no use to the caller (heart beats). Whole elements of such types are taken
out as bytes before the parser sees them, leaving their line breaks, which makes reading faster than
parsing everything and dropping it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Protocol

from lxml import etree

from legcare.errors import BadFile
from legcare.importers.counted import counted
from legcare.importers.result import Problem

ROOT = b"<HealthData"
CHUNK = 1024 * 1024
LARGEST_ELEMENT = 16 * CHUNK
LONGEST_PROLOGUE = 4 * CHUNK
MOST_REPAIRS = 200
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 13))
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_BAD_REFERENCE = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[1245-9]|2\d|3[01]));", re.IGNORECASE
)


_RECORD = rb'<Record type="%s"[^<>]*(?:/>|>\s*(?:<MetadataEntry[^<>]*/>\s*)*</Record>)'


class Target(Protocol):
    """What listens to the elements, as ``lxml`` calls it.

    ``wanted`` are the record types it has a use for.
    """

    ended: bool
    wanted: tuple[str, ...]

    def passed(self, kind: str, count: int) -> None:
        """So many records of a type that is not wanted were passed over."""

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def close(self) -> None:
        """The document is over."""

    def resume(self) -> bytes:
        """What must stand before the rest of the file so that parsing can begin again there."""


def feed(stream: BinaryIO, target: Target, name: str) -> list[Problem]:
    """Tell ``target`` every element of the stream; gives what had to be repaired or left out."""
    return _Feeder(target, name).run(stream)


class _Feeder:
    def __init__(self, target: Target, name: str) -> None:
        self._target, self._name = target, name
        self._line, self._fed = 1, 0
        self._unwanted = _unwanted(target.wanted)
        self._problems: list[Problem] = []
        self._repaired = 0
        self._parser = self._fresh(b"")

    def run(self, stream: BinaryIO) -> list[Problem]:
        self._line, rest = _after_prologue(stream, self._name)
        for block in _blocks(stream, rest):
            if not self._block(self._unwanted.sub(self._pass, block)):
                break
        with suppress(etree.XMLSyntaxError):
            # tells what the parser still held back, and complains where the file breaks off
            self._parser.close()
        if not self._target.ended:
            reason = (
                "The file breaks off before its end: what stood before that place was read. Export"
                " it again."
            )
            self._problems.append(Problem(self._name, reason, row=self._line))
        if self._repaired:
            reason = (
                "Not well formed, as some versions of iOS write:"
                f" {counted(self._repaired, 'element')} repaired."
            )
            self._problems.append(Problem(self._name, reason, kept=True))
        return self._problems

    def _pass(self, run: re.Match[bytes]) -> bytes:
        self._target.passed(
            run.group(1).decode("utf-8", "replace"), run.group(0).count(b"<Record ")
        )
        return b"\n" * run.group(0).count(b"\n")

    def _fresh(self, before: bytes) -> etree.XMLParser:
        parser = etree.XMLParser(
            target=self._target,
            resolve_entities="internal",
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        if before:
            parser.feed(before)
        self._fed = before.count(b"\n")
        return parser

    def _block(self, block: bytes) -> bool:
        """Feed whole elements; at a broken one begin again behind it.

        False when it is not worth going on.
        """
        while True:
            try:
                self._parser.feed(block)
            except etree.XMLSyntaxError as error:
                block = self._around(block, error)
                if len(self._problems) + self._repaired > MOST_REPAIRS:
                    reason = (
                        f"More than {MOST_REPAIRS} broken places: the rest of the file was not"
                        " read."
                    )
                    self._problems.append(Problem(self._name, reason, row=self._line))
                    self._target.ended = True
                    return False
                self._parser = self._fresh(self._target.resume())
                continue
            breaks = block.count(b"\n")
            self._line, self._fed = self._line + breaks, self._fed + breaks
            return True

    def _around(self, block: bytes, error: etree.XMLSyntaxError) -> bytes:
        line, column = error.position
        at = _offset(block, line - 1 - self._fed, column)
        start = max(block.rfind(b"<", 0, at + 1), 0)
        end = block.find(b">", max(at - 1, start)) + 1 or len(block)
        broken = block[start:end]
        self._line += block.count(b"\n", 0, start)
        repaired = _repair(broken)
        if repaired != broken:
            self._repaired += 1
            return repaired + block[end:]
        shown = broken[:80].decode("utf-8", "replace")
        self._problems.append(
            Problem(self._name, f"Not well formed ({error.msg})", row=self._line, value=shown)
        )
        self._line += broken.count(b"\n")
        return block[end:]


def _unwanted(wanted: tuple[str, ...]) -> re.Pattern[bytes]:
    """A run of whole records of one type that nobody wants; group 1 is the type."""
    kept = b"|".join(re.escape(kind.encode()) for kind in wanted)
    first = _RECORD % (rb"(?!(?:" + kept + rb')")([^"<>]*)')
    return re.compile(first + rb"(?:\s*" + _RECORD % rb"\1" + rb")*")


def _offset(block: bytes, lines: int, column: int) -> int:
    """Where in the block the parser stopped: so many lines down, at that column."""
    at = 0
    for _ in range(max(lines, 0)):
        at = block.find(b"\n", at) + 1
    return min(at + max(column - 1, 0), len(block) - 1)


def _repair(element: bytes) -> bytes:
    """An element without bad references, foreign bytes and doubled attributes."""
    clean = _BAD_REFERENCE.sub(b"", element).decode("utf-8", "replace").encode()
    seen: set[bytes] = set()

    def once(found: re.Match[bytes]) -> bytes:
        name, value = found.group(1), found.group(2)
        if name not in seen:
            seen.add(name)
            return found.group(0)
        if name == b"startDate" and b"endDate" not in seen and b"endDate" not in clean:
            seen.add(b"endDate")
            return b"endDate=" + value
        return b""

    return _ATTRIBUTE.sub(once, clean)


def _after_prologue(stream: BinaryIO, name: str) -> tuple[int, bytes]:
    """The line of the root element and what was read from it on."""
    read = b""
    while (at := read.find(ROOT)) < 0:
        more = stream.read(CHUNK)
        if not more or len(read) > LONGEST_PROLOGUE:
            raise BadFile(
                f"{name} looks like an Apple Health export, but its data never begins. Export it"
                " again."
            )
        read += more
    return read.count(b"\n", 0, at) + 1, read[at:]


def _blocks(stream: BinaryIO, rest: bytes) -> Iterator[bytes]:
    """The stream in blocks that end behind an element, without control characters."""
    rest = rest.translate(None, _CONTROL)
    while True:
        cut = rest.rfind(b">\n") + 2
        if cut < 2:
            cut = rest.rfind(b">") + 1
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > LARGEST_ELEMENT:
            raise BadFile(
                "One element of the export is larger than 16 MB: it is no Apple Health export."
            )
        more = stream.read(CHUNK)
        if not more:
            if whole := rest.rfind(b">") + 1:
                yield rest[:whole]
            return
        rest += more.translate(None, _CONTROL)
