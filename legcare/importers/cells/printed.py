"""Numbers as files write them.

Decimal points or commas, thousands, and the many ways to say nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

NOTHING = frozenset({"", "-", "--", "none", "null", "nan", "n/a", "no_data", "unknown"})


def number(text: object, *, comma: bool = False) -> float | None:
    """The number a cell holds; None for an empty cell. Raises ``ValueError`` for anything else.

    ``comma`` says that the file writes decimals with a comma; decide it per file with
    ``decimal_comma``.
    """
    said = str(text if text is not None else "").strip().replace("\u00a0", "").replace("\u202f", "")
    if said.casefold() in NOTHING:
        return None
    said = said.replace(".", "").replace(",", ".") if comma else said.replace(",", "")
    if not re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+", said):
        raise ValueError(f"{str(text)[:60]!r} is no number")
    value = float(said)
    if not math.isfinite(value):
        raise ValueError(f"{str(text)[:60]!r} is no number")
    return value


def decimal_comma(cells: Iterable[str]) -> bool:
    """Whether a file writes decimals with a comma.

    Some cell says ``6,74`` and none says ``6.74``.
    """
    comma = False
    for cell in cells:
        if re.fullmatch(r"\s*-?\d+\.\d+\s*", cell):
            return False
        comma = comma or bool(re.fullmatch(r"\s*-?\d+,(\d{1,2}|\d{4,})\s*", cell))
    return comma
