"""One file as a format sees it.

Its beginning, its bytes, and who watches how far reading has come.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from legcare.errors import BadFile, LegcareError
from legcare.importers.cells.text import NAMES, old_encoding

HEAD = 64 * 1024
LONGEST_LINE = 1_000_000
csv.field_size_limit(LONGEST_LINE)  # one for the whole process: set here and nowhere else
WIDEST_CELL = 100_000
DAMAGED = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
Progress = Callable[[float, str], None]


class Cancelled(LegcareError):
    """The person stopped the reading; nothing of the file is kept."""


def _as_old(encoding: str) -> Callable[[UnicodeError], tuple[str, int]]:
    """Bytes that are not UTF-8, read in an encoding of old programs."""

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(encoding, "replace"), error.end

    return read


for _encoding in NAMES:
    codecs.register_error(f"legcare_{_encoding}", _as_old(_encoding))


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes.

    UTF-16 where a NUL or its mark shows, else UTF-8.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) > 3 and head[1] == 0 and head[3] == 0:
        return "utf-16-le"
    if len(head) > 3 and head[0] == 0 and head[2] == 0:
        return "utf-16-be"
    return "utf-8-sig"


@dataclass(frozen=True)
class Peek:
    """The beginning of a file, all that recognition may look at.

    ``members``: names inside, if it is a zip.
    """

    name: str
    head: bytes
    members: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The beginning as text; empty for what is plainly not text."""
        encoding = encoding_of(self.head)
        if self.members or (
            self.head.count(0) > len(self.head) // 50 and not encoding.startswith("utf-16")
        ):
            return ""
        return self.head.decode(encoding, "replace").lstrip("\ufeff").replace("\0", "")

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The first rows as a delimited text would give them (at most 5), cells stripped."""
        try:
            rows = csv.reader(
                io.StringIO(self.text[:HEAD], newline=""), delimiter=delimiter_of(self.text)
            )
            return tuple(
                tuple(cell.strip() for cell in row) for _, row in zip(range(5), rows, strict=False)
            )
        except csv.Error:
            return ()

    @property
    def header(self) -> tuple[str, ...]:
        """The first row in lower case."""
        return tuple(cell.casefold() for cell in self.rows[0]) if self.rows else ()

    def has(self, *names: str) -> bool:
        """Whether the first row has all these columns."""
        return set(names) <= set(self.header)


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: whichever the first line holds most of."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t", key=first.count)


@dataclass
class Watched(io.RawIOBase):
    """A stream that reports how far it is, and ends early instead of raising.

    It ends where a damaged file breaks off.
    """

    inner: BinaryIO
    size: int
    say: Callable[[float], None] | None = None
    done: int = 0
    cut: str = ""
    on_cut: Callable[[str], None] | None = None

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; 0 at the end or at the place where the file is damaged."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        try:
            data = self.inner.read(len(view))
        except DAMAGED as error:
            self.cut = (
                "it is protected by a password"
                if "password" in str(error)
                else "it is damaged or cut off"
            )
            if self.on_cut is not None:
                self.on_cut(self.cut)
            return 0
        view[: len(data)] = data
        self.done += len(data)
        if self.say is not None:
            self.say(min(self.done / self.size, 1.0) if self.size else 1.0)
        return len(data)


@dataclass
class Source:
    """One file, perhaps inside a package.

    ``opened`` gives its bytes from the beginning, as often as wanted.
    """

    name: str
    opened: Callable[[], BinaryIO]
    size: int
    members: tuple[str, ...] = ()
    progress: Progress | None = None
    cuts: list[str] = field(default_factory=list)

    def open(self) -> io.BufferedReader:
        """Its bytes from the beginning; reading them reports progress."""
        said = self.progress
        say = None if said is None else lambda done: said(done, f"Reading {self.name}")
        return io.BufferedReader(
            Watched(self.opened(), self.size, say, on_cut=self.cuts.append), HEAD
        )

    @cached_property
    def peek(self) -> Peek:
        """Its beginning, for recognition. Silent: a look is no progress."""
        with io.BufferedReader(
            Watched(self.opened(), self.size, on_cut=self.cuts.append), HEAD
        ) as stream:
            head = stream.read(HEAD)
        self.cuts.clear()
        return Peek(self.name, head, self.members)

    def whole(self, most: int) -> bytes:
        """All its bytes.

        Raises ``BadFile`` above ``most``, because they would not fit in memory.
        """
        data = bytearray()
        with self.open() as stream:
            while len(data) <= most and (chunk := stream.read(HEAD)):
                data += chunk
        if len(data) > most:
            raise BadFile(
                f"{self.name} is larger than {most // 1_000_000} MB, more than this format is read"
                " up to."
            )
        return bytes(data)

    def lines(self) -> Iterator[str]:
        """Its text line by line, without NUL bytes.

        Raises ``BadFile`` for a line beyond all reason.
        """
        encoding = encoding_of(self.peek.head)
        errors = "replace" if encoding.startswith("utf-16") else self._errors()
        with io.TextIOWrapper(self.open(), encoding, errors, newline="") as text:
            while line := text.readline(LONGEST_LINE):
                if len(line) == LONGEST_LINE:
                    raise BadFile(
                        f"{self.name} has a line of more than a million characters: it is not a"
                        " diary table."
                    )
                yield line.replace("\0", "") if "\0" in line else line

    def _errors(self) -> str:
        """How bytes that are no UTF-8 are read: by what makes sense of the file's beginning."""
        try:
            self.peek.head.decode("utf-8-sig")
        except UnicodeDecodeError:
            return f"legcare_{old_encoding(self.peek.head)}"
        return "legcare_cp1252"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line number (from 1) and cells of each row of a delimited text, blank rows left out.

        A last row that has no line end and is shorter than the one before was cut off: it is not
        given, because half a number is a number too.
        """
        before: tuple[int, list[str]] | None = None
        for line, row, ended in self._rows():
            if before is not None:
                yield before
            if not ended and before is not None and len(row) < len(before[1]):
                self.cuts.append("its last row is not whole")
                return
            before = line, row
        if before is not None:
            yield before

    def _rows(self) -> Iterator[tuple[int, list[str], bool]]:
        """Bounded by itself.

        The limit of the ``csv`` module is one for the whole process, and others set it.
        """
        state = _RowState()
        reader = csv.reader(self._bounded(state), delimiter=delimiter_of(self.peek.text))
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise BadFile(
                    f"{self.name}, line {reader.line_num}: a cell cannot be read ({error})."
                ) from error
            state.length = 0
            if max(map(len, row), default=0) > WIDEST_CELL:
                raise BadFile(
                    f"{self.name}, line {reader.line_num}: a cell cannot be read, because it is too"
                    " long."
                )
            if any(cell.strip() for cell in row):
                yield reader.line_num, row, state.ended

    def _bounded(self, state: _RowState) -> Iterator[str]:
        for number, line in enumerate(self.lines(), start=1):
            state.length += len(line)
            state.ended = line.endswith(("\n", "\r"))
            if state.length > LONGEST_LINE:
                raise BadFile(
                    f"{self.name}, line {number}: a cell cannot be read, because its quote never"
                    " closes."
                )
            yield line


@dataclass
class _RowState:
    """How long the row is that is being read, and whether its last line had an end."""

    length: int = 0
    ended: bool = True
