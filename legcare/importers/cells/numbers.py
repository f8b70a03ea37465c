"""Numbers as they stand in files: decimal sign per file, units, durations, scales."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from legcare.importers.cells.cell import Cell, Rough, tidy
from legcare.importers.cells.units import conversion, unit_named

LONGEST = 60
_COMMA = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})")
_POINT = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})")
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_NUMBER = re.compile(
    r"([-+−]?) ?(\d[\d.,'’ ]*|[.,]\d+)(?:(?:/| ?out of ?| ?of ?| ?von ?| ?sur ?| ?de ?)"
    r" ?(\d{1,4})(?!\d)|(.*))$"
)
_SPANS = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(hours?|hrs?|std|stunden?|h|minutes?|minuten|mins?|m|seconds?|secs?|sek|s)"
    r"(?![a-z])"
)
_COLONS = re.compile(r"(\d{1,5}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_SHORT = re.compile(r"(\d+) ?([hm])(?:in)? ?(\d{1,2})")
_ISO = re.compile(r"p(?:(\d+)d)?t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_ROUGH = re.compile(
    r"^(?:~|≈|<|>|≤|≥|ca\. ?|ca |c\. ?|circa |about |around |approx\.? |approximately |etwa "
    r"|ungefähr |rund |under |over |unter |über |less than |more than |up to "
    r"|bis zu |environ |unos )+ ?"
)
_RANGE = re.compile(r"^([\d.,:]+ ?[a-zµ]*\.?) ?(?:-|–|—| to | bis | à | a ) ?([\d.,:]+)( ?[^\d]*)$")
_FULL, _EMPTY = "★⭐●■", "☆○□✩"
_NONE = frozenset(("none", "keine", "nada", "unknown", "unbekannt"))
SHORT = "m:s"  # a cramp lasts minutes, so 2:30 is two and a half of them and not of hours
SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_BLANKS = dict.fromkeys(map(ord, " '’"), None)
NOTHING = frozenset({"", "-", "--", "none", "null", "nan", "n/a", "no_data", "unknown"})


@dataclass(frozen=True)
class Scale:
    """File value x ``per`` + ``plus`` is the stored value.

    ``unit`` is the file's, ``target`` the stored one.
    """

    per: float = 1.0
    plus: float = 0.0
    unit: str = ""
    target: str = ""


def decimal_sign(cells: Iterable[Cell]) -> tuple[str | None, str]:
    """The decimal sign of a whole file and why.

    None where only numbers like 1,250 could tell and do not.
    """
    comma = point = three = 0
    for cell in cells:
        said = tidy(cell[:LONGEST]) if isinstance(cell, str) else ""
        if not (found := _NUMBER.match(said)):
            continue
        digits = found[2].strip().rstrip(".,")
        comma += bool(_COMMA.fullmatch(digits))
        point += bool(_POINT.fullmatch(digits))
        three += bool(_THREE.fullmatch(digits))
    if comma > point:
        return ",", "numbers such as 6,5 stand in the file, so the comma is the decimal sign"
    if point:
        return ".", "numbers such as 6.5 stand in the file, so the point is the decimal sign"
    if three:
        return (
            None,
            (
                "numbers such as 1,250 could be one and a quarter or one thousand two hundred and"
                " fifty"
            ),
        )
    return ".", "no number of the file has decimals"


def number_in(cell: Cell, decimal: str, scale: Scale) -> float | Rough | str | None:
    """A cell as a number in the stored unit.

    ``Rough`` for a range or a guess, None where it says nothing, a sentence where it cannot be
    read.
    """
    if isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, (int, float)):
        return _finite(cell, scale)
    if isinstance(cell, (time, timedelta, datetime)):
        whole = _seconds(cell)
        short = scale.unit == SHORT and whole >= 3600 and whole % 60 == 0
        return _duration(whole / 60 if short else whole, scale)
    text = tidy(str(cell)[: 4 * LONGEST]).casefold()
    if text in _NONE:
        return None
    if len(text) > LONGEST:
        return "This is no number. Write digits only, with the unit in the column's name."
    exact = _ROUGH.sub("", text).rstrip("?")
    for sign, decimals in _FRACTIONS.items():
        exact = re.sub(rf"(\d) ?{sign}", rf"\g<1>{decimals}", exact).replace(sign, f"0{decimals}")
    if stars := _stars(text, scale):
        return stars
    if between := _RANGE.match(exact):
        return _middle(between, text, decimal, scale)
    value = _number(exact, decimal, scale)
    if isinstance(value, float) and exact != text and not any(s in text for s in _FRACTIONS):
        return Rough(value, f"{text} is no exact value: {value:g} is kept.")
    return value


def _number(text: str, decimal: str, scale: Scale) -> float | str | None:
    if scale.target in ("min", "h") and (seconds := _spelled(text, scale)) is not None:
        return _duration(seconds, scale)
    found = _NUMBER.match(text)
    if not found:
        return "This is no number. Write digits only, with the unit in the column's name."
    value = _digits(found[2], decimal)
    if value is None:
        return "It is not clear what number this is. Write it without thousands signs."
    value = -value if found[1] in ("-", "−") else value
    if found[3]:
        return value / float(found[3]) * 10 if scale.target == "0-10" and float(found[3]) else value
    return _in_unit(value, found[4] or "", scale)


def _stars(text: str, scale: Scale) -> float | Rough | None:
    """Stars as a rating: as many of as many, or of five."""
    full, empty = (sum(text.count(sign) for sign in signs) for signs in (_FULL, _EMPTY))
    if not full + empty or full + empty != len(text) or scale.target != "0-10":
        return None
    return full * 10 / (full + empty) if empty else Rough(full * 2.0, "Stars are counted of five.")


def _middle(
    found: re.Match[str], text: str, decimal: str, scale: Scale
) -> Rough | float | str | None:
    """The middle of ``2-3 min``; both ends in the unit that stands behind the second."""
    ends = [_number(end.strip() + found[3], decimal, scale) for end in (found[1], found[2])]
    if not found[3].strip():
        ends = [_number(end.strip(), decimal, scale) for end in (found[1], found[2])]
    elif found[1][-1:].isalpha() or found[1].rstrip().endswith("."):
        ends[0] = _number(found[1].strip(), decimal, scale)
    low, high = ends
    if isinstance(low, float) and isinstance(high, float) and low < high:
        return Rough(
            (low + high) / 2, f"{text} is a range: its middle {(low + high) / 2:g} is kept."
        )
    bad = low if isinstance(low, str) else high
    return bad if isinstance(bad, str) else "It is not clear what number this is. Write one number."


def number(text: object, *, comma: bool = False) -> float | None:
    """The number a program's cell holds; None for an empty cell.

    Raises ``ValueError`` for anything else. ``comma`` says that the file writes decimals with a
    comma; decide it per file with ``decimal_comma``.
    """
    said = tidy(str(text if text is not None else "")[: 4 * LONGEST])
    if said.casefold() in NOTHING:
        return None
    try:
        if not comma and "_" not in said and math.isfinite(plain := float(said)):
            return plain
    except ValueError:
        pass
    found = _NUMBER.match(said)
    value = _digits(found[2], "," if comma else ".") if found and not found[4] else None
    if value is None or found is None or found[3]:
        raise ValueError(f"{str(text)[:60]!r} is no number")
    return -value if found[1] in ("-", "−") else value


def decimal_comma(cells: Iterable[str]) -> bool:
    """Whether a program's file writes decimals with a comma."""
    return decimal_sign(cells)[0] == ","


def hours(text: str) -> float | None:
    """A duration ``H:MM`` or ``H:MM:SS`` in hours; None where it is none."""
    found = _COLONS.fullmatch(tidy(text[:LONGEST]))
    if found is None:
        return None
    whole, minutes, seconds = (int(part or 0) for part in found.groups())
    return whole + minutes / 60 + seconds / 3600


def _in_unit(value: float, word: str, scale: Scale) -> float | str:
    word = word.strip(" .")
    if word == "%" and scale.target == "0-10":
        return value / 10
    if not scale.target and any(sign.isdigit() for sign in word):
        return "It is not clear what number this is. Write one number."
    if not word or word == "%" or not scale.target:
        return value * scale.per + scale.plus
    unit = unit_named(word, scale.target)
    how = conversion(unit, scale.target) if unit else None
    if how is not None:
        return value * how[0] + how[1]
    if unit or scale.target not in ("steps", "drinks", "units", "0-10") or not word.isalpha():
        return (
            f"The unit {word[:20]!r} cannot be turned into {scale.target}. Write the value in"
            f" {scale.target}."
        )
    return value * scale.per + scale.plus


def _digits(text: str, decimal: str) -> float | None:
    text = text.translate(_BLANKS).rstrip(".,")
    other = "," if decimal == "." else "."
    whole, _, rest = text.partition(decimal)
    groups = whole.split(other)
    if other in rest or decimal in rest or any(len(group) != 3 for group in groups[1:]):
        return None
    try:
        value = float("".join(groups) + "." + rest) if rest else float("".join(groups))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _finite(cell: float, scale: Scale) -> float | str | None:
    try:
        value = float(cell) * scale.per + scale.plus
    except OverflowError:
        return "This number is too large. Correct it."
    if math.isinf(value):
        return "This number is too large. Correct it."
    return None if math.isnan(value) else value


def _seconds(cell: time | timedelta | datetime) -> float:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell.hour * 3600 + cell.minute * 60 + cell.second


def _duration(seconds: float, scale: Scale) -> float:
    return seconds / (60 if scale.target == "min" else 3600)


def _spelled(text: str, scale: Scale) -> float | None:
    """Seconds of "4h 15m", "1m30", "PT2700S", "7:30" or "0:07:30".

    Two parts are minutes and seconds only where the unit says minutes.
    """
    if found := _COLONS.fullmatch(text):
        one, two, three = int(found[1]), int(found[2]), int(found[3] or 0)
        if found[3] is None and scale.unit in ("min", SHORT):
            return one * 60 + two
        return one * 3600 + two * 60 + three
    if short := _SHORT.fullmatch(text):
        return (int(short[1]) * 60 + int(short[3])) * (60.0 if short[2] == "h" else 1.0)
    if (iso := _ISO.fullmatch(text)) and text[-1:] not in "pt":
        days, whole, minutes, rest = (float(part or 0) for part in iso.groups())
        return days * 86400 + whole * 3600 + minutes * 60 + rest
    parts = _SPANS.findall(text)
    if not parts or _SPANS.sub("", text).strip(" ,.&und") != "":
        return None
    return sum(
        float(count.replace(",", ".")) * SECONDS[unit[0] if unit[:2] != "st" else "h"]
        for count, unit in parts
    )
