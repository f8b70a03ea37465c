"""Zip and gzip, read without trusting them.

Nothing is ever written to disk, and nothing expands without end.
"""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from legcare.errors import BadFile
from legcare.importers.result import Problem
from legcare.importers.source import DAMAGED, Source

MOST_MEMBERS = 50_000
MOST_BYTES = 20 * 1024**3
SMALL = 10 * 1024**2
MOST_EXPANSION = 200
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True)
class Package:
    """A zip's members that may be read, and the refused ones with their reason."""

    members: tuple[Source, ...]
    problems: tuple[Problem, ...]


class Expanding(io.RawIOBase):
    """A gzip's content, refused as soon as it grows out of proportion."""

    def __init__(self, name: str, packed: BinaryIO, size: int) -> None:
        self._name, self._inner, self._size, self._grown = (
            name,
            gzip.GzipFile(fileobj=packed),
            size,
            0,
        )

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer; raises ``BadFile`` for a bomb."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._inner.read(len(view))
        self._grown += len(data)
        if self._grown > max(SMALL, MOST_EXPANSION * self._size):
            raise BadFile(
                f"{self._name} expands to more than {MOST_EXPANSION} times its size: it is not"
                " opened."
            )
        view[: len(data)] = data
        return len(data)


def kind_of(head: bytes) -> str:
    """What a file is packed in by its first bytes: ``zip``, ``gzip`` or nothing."""
    if head.startswith((ZIP, b"PK\x05\x06")):
        return "zip"
    return "gzip" if head.startswith(GZIP) else ""


def gunzipped(source: Source) -> Source:
    """The content of a gzip file as a file of its own."""
    name = source.name.removesuffix(".gz")

    def opened() -> BinaryIO:
        return io.BufferedReader(Expanding(name, source.opened(), source.size))

    return Source(name, opened, source.size * 3, progress=source.progress)


def unzipped(source: Source) -> Package:
    """The members of a zip.

    Raises ``BadFile`` for a zip that is damaged, a bomb, or holds nothing.
    """
    try:
        archive = zipfile.ZipFile(source.opened())
    except DAMAGED as error:
        raise BadFile(
            f"{source.name} begins like a zip, but its table of contents cannot be read: it is cut"
            " off or damaged. Copy or export it again."
        ) from error
    infos = [
        info
        for info in archive.infolist()
        if not info.filename.endswith("/") and not _noise(info.filename)
    ]
    _refuse_bomb(source, infos)
    members: list[Source] = []
    problems: list[Problem] = []
    for info in infos:
        reason = _refused(info)
        if reason:
            problems.append(
                Problem(
                    source.name, f"The member is not opened: {reason}.", value=info.filename[:200]
                )
            )
        else:
            members.append(_member(archive, info, source))
    return Package(tuple(members), tuple(problems))


def names_in(source: Source) -> tuple[str, ...]:
    """The names in a zip, for recognition; empty where it cannot be read."""
    try:
        with zipfile.ZipFile(source.opened()) as archive:
            return tuple(archive.namelist()[:MOST_MEMBERS])
    except DAMAGED:
        return ()


def _noise(name: str) -> bool:
    return name.startswith(NOISE[0]) or name.endswith(NOISE[1:])


def _refuse_bomb(source: Source, infos: list[zipfile.ZipInfo]) -> None:
    if not infos:
        raise BadFile(f"{source.name} is an empty zip.")
    if len(infos) > MOST_MEMBERS:
        raise BadFile(
            f"{source.name} holds {len(infos)} files, more than the {MOST_MEMBERS} that are opened."
        )
    if sum(info.compress_size for info in infos) > 2 * source.size:
        raise BadFile(
            f"{source.name} is built so that its files overlap: such a zip is not opened."
        )
    grown = sum(info.file_size for info in infos)
    if grown > MOST_BYTES or grown > max(SMALL, MOST_EXPANSION * source.size):
        raise BadFile(
            f"{source.name} would expand to {grown / 1e6:,.0f} MB: such a zip is not opened."
        )


def _refused(info: zipfile.ZipInfo) -> str:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if not path.parts:
        return "it has no name"
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its name points outside the zip"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a symbolic link"
    if info.flag_bits & 1:
        return "it is protected by a password"
    if info.file_size > max(SMALL, MOST_EXPANSION * info.compress_size):
        return f"it expands to more than {MOST_EXPANSION} times its size"
    return ""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, parent: Source) -> Source:
    def opened() -> BinaryIO:
        return _Late(lambda: archive.open(info))  # type: ignore[return-value]

    return Source(
        f"{parent.name}/{info.filename}", opened, info.file_size, progress=parent.progress
    )


class _Late:
    """A member that is opened when it is first read.

    So that a damaged one is a cut and not the end of everything.
    """

    def __init__(self, opened: Callable[[], IO[bytes]]) -> None:
        self._opened = opened
        self._stream: IO[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        """Its next bytes."""
        if self._stream is None:
            self._stream = self._opened()
        return self._stream.read(size)

    def seekable(self) -> bool:
        """It is read from the beginning only."""
        return False
