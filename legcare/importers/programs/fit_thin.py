"""A FIT file without the messages that nobody asks for.

The decoder need not look at every second of a ride.

A ride of four hours holds 15,000 ``record`` messages and one ``session``. The format tells the
length of each, so whole messages can be passed over; what is left is a valid FIT file. Layout: FIT
protocol, records with normal and compressed-timestamp headers, definitions with developer fields;
checksums are zero, which means not computed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SESSION, ACTIVITY, WEIGHT_SCALE, FIELD_DESCRIPTION, DEVELOPER_ID = 18, 34, 30, 206, 207
KEPT = frozenset({0, SESSION, ACTIVITY, WEIGHT_SCALE, FIELD_DESCRIPTION, DEVELOPER_ID})
_COMPRESSED, _DEFINITION, _DEVELOPER = 0x80, 0x40, 0x20


@dataclass(frozen=True)
class Thinned:
    """The smaller file, and whether the original was whole to its end."""

    data: bytes
    whole: bool


class Unclear(ValueError):
    """The file cannot be walked through: the decoder must see all of it."""


def thinned(data: bytes) -> Thinned:
    """Only the messages in ``KEPT``; several files one behind the other become one.

    Raises ``Unclear``.
    """
    out = bytearray()
    whole, place = True, 0
    while place < len(data):
        if (
            len(data) < place + 12
            or data[place + 8 : place + 12] != b".FIT"
            or data[place] not in (12, 14)
        ):
            if not place:
                raise Unclear("no FIT header")
            whole = False
            break
        start = place + data[place]
        (size,) = struct.unpack_from("<I", data, place + 4)
        body = memoryview(data)[start : start + size]
        whole = whole and len(data) >= start + size + 2
        for part in _kept(body):
            if part is None:
                whole = False
            else:
                out += part
        place = start + size + 2
    return Thinned(_header(data, len(out)) + bytes(out) + b"\0\0", whole)


def _header(data: bytes, size: int) -> bytes:
    return struct.pack(
        "<BBHI4sH", 14, data[1], struct.unpack_from("<H", data, 2)[0], size, b".FIT", 0
    )


def _kept(body: memoryview) -> Iterator[memoryview | None]:
    """The kept messages in order; None where the body ends inside a message."""
    lengths: dict[int, tuple[bool, int]] = {}
    place = 0
    while place < len(body):
        head = body[place]
        if head & _DEFINITION and not head & _COMPRESSED:
            end, number, length = _definition(body, place)
            if end > len(body):
                yield None
                return
            lengths[head & 0x0F] = (number in KEPT, length)
            wanted = number in KEPT
        else:
            local = (head >> 5) & 0x03 if head & _COMPRESSED else head & 0x0F
            if local not in lengths:
                raise Unclear("a message without its definition")
            wanted, length = lengths[local]
            if wanted and head & _COMPRESSED:
                raise Unclear("a kept message whose time hangs on one that is not")
            end = place + 1 + length
        if end > len(body):
            yield None
            return
        if wanted:
            yield body[place:end]
        place = end


def _definition(body: memoryview, place: int) -> tuple[int, int, int]:
    """End of a definition, the number of its message, and how long such a message is."""
    if place + 6 > len(body):
        return len(body) + 1, 0, 0
    (number,) = struct.unpack_from(">H" if body[place + 2] else "<H", body, place + 3)
    count, fields = body[place + 5], place + 6
    end = fields + 3 * count
    length = sum(body[fields + 1 : end : 3])
    if body[place] & _DEVELOPER:
        if end >= len(body):
            return len(body) + 1, 0, 0
        own, end = end + 1, end + 1 + 3 * body[end]
        length += sum(body[own + 1 : end : 3])
    return end, number, length
