"""A cell as it stands in a file, and how names and words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | datetime | date | time | timedelta | None
MISSING = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "?",
        "na",
        "n/a",
        "#n/a",
        "nan",
        "null",
        "none given",
        "unknown value",
        "no_data",
        "skip",
        ".",
        "k.a.",
        "k. a.",
    )
)
SAMPLE = 400
_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WORD = re.compile(r"[^\w%/ ]+")


# Signs that nobody sees, and look-alikes of the colon.
_UNSEEN = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF), None
)
_ALIKE = {0x2236: ":", 0xFF1A: ":", 0xA789: ":", 0x2044: "/"}
_TIDY = {**_UNSEEN, **_ALIKE}


@dataclass(frozen=True)
class Bad:
    """A cell that cannot be kept, with the reason and the remedy."""

    reason: str


@dataclass(frozen=True)
class Rough:
    """A value that was written as a range or a guess, and what was made of it."""

    value: object
    remark: str


def tidy(text: str) -> str:
    """A text without unseen signs, its blanks as single spaces."""
    return " ".join(text.translate(_TIDY).split())


def letter(column: int) -> str:
    """The letters above a spreadsheet's column: A, B ... Z, AA."""
    column, rest = divmod(column, 26)
    return (letter(column - 1) if column else "") + chr(65 + rest)


def missing(cell: Cell) -> bool:
    """Whether a cell says nothing.

    Empty, a dash, or one of the words that programs write for "no value".
    """
    if cell is None:
        return True
    return isinstance(cell, str) and (not cell or cell.strip().casefold() in MISSING)


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """Some cells from all over a column that say something."""
    step = max(1, len(cells) // (2 * SAMPLE))
    return [cell for cell in cells[::step] if not missing(cell)][:SAMPLE]


def plain_words(text: str) -> str:
    """Lower case, no accents, no brackets, single spaces: how names and words are compared."""
    text = _BRACKET.sub(" ", text.replace("_", " ").replace(".", " ").replace("-", " "))
    text = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_WORD.sub(" ", text).split())


def bracketed(name: str) -> str:
    """What stands in brackets in a name, lower case: its unit or scale."""
    found = _BRACKET.findall(name)
    return found[-1][1:-1].strip().casefold() if found else ""
