"""Times of day as people write them: ``3:10 am``, ``24:00``, ``~3:30``, ``nachts``, ``2-3 am``."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from legcare.importers.cells.cell import Cell, missing, tidy
from legcare.records import Clock

NO_CLOCK = "This is no time of day that can be read. Write it as 03:10 or 3:10 am."
LONGEST = 60
LARGEST = 1e15


class Clocked(NamedTuple):
    """A time of day, how well it is known, and the day after the written one that it falls on.

    ``end`` is the other end of an interval such as ``2:05 - 2:08``; ``remark`` says what a rough
    time was taken for.
    """

    at: time
    known: Clock = Clock.EXACT
    days: int = 0
    end: time | None = None
    remark: str = ""


# Where in its day an event stands whose clock nobody read: inside that part, and for a time that
# is unknown at noon, which lies in the legcare day of its date.
ANCHORS = {
    Clock.NIGHT: time(3),
    Clock.MORNING: time(9),
    Clock.AFTERNOON: time(15),
    Clock.EVENING: time(20),
    Clock.UNKNOWN: time(12),
}
_PARTS = {
    Clock.NIGHT: (
        "night;at night;in the night;during the night;overnight;last night;nachts;nacht;in der "
        "nacht;nuit;la nuit;dans la nuit;noche;de noche;por la noche;en la noche;asleep;middle of "
        "the night;mitten in der nacht;madrugada;de madrugada;early hours"
    ),
    Clock.MORNING: (
        "morning;in the morning;early morning;am;a m;a.m.;a.m;morgens;am morgen;morgen;früh;"
        "frühmorgens;vormittag;vormittags;matin;le matin;mañana;por la mañana;on waking;waking up"
    ),
    Clock.AFTERNOON: (
        "afternoon;in the afternoon;pm;p m;p.m.;p.m;nachmittag;nachmittags;am nachmittag;après-midi"
        ";l'après-midi;tarde;por la tarde;mittags;lunchtime"
    ),
    Clock.EVENING: (
        "evening;in the evening;abends;abend;am abend;soir;le soir;bedtime;before bed;vor dem "
        "schlafen;tonight"
    ),
    Clock.UNKNOWN: "all day;anytime;any time;unknown;unbekannt;inconnu;varies;ganztags",
}
PARTS = {word: part for part, words in _PARTS.items() for word in words.split(";")}
_FIXED = {
    "midnight": time(0),
    "mitternacht": time(0),
    "minuit": time(0),
    "medianoche": time(0),
    "noon": time(12),
    "midday": time(12),
    "mittag": time(12),
    "midi": time(12),
    "mediodía": time(12),
    "mediodia": time(12),
}
_ROUGH = re.compile(
    r"^(?:~|≈|about |around |circa |approx\.? ?|approximately |roughly |ca\.? ?|gegen |etwa "
    r"|ungefähr |so um |vers |environ |hacia |sobre |c\. ?)+"
)
_ISH = re.compile(r"(?:[ -]?ish| oder so| or so| ungefähr| ca\.?|\?)$")
_AT = re.compile(r"^(?:at|um|à|a las?|@) ")
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h ](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)? ?(?:h|uhr|hrs?|o'clock)? ?"
    r"([ap]?)\.? ?m?\.?"
)
_WORDED = re.compile(r"(\d{1,2}) ?(?:uhr|h) ?(\d{1,2})")
_HALF = re.compile(
    r"^(.*?\d.*?) (?:in the |at |in der |am |du |de la |por la )?"
    r"(night|nachts?|morning|morgens?|früh|matin|mañana|afternoon|nachmittags?|evening|abends?"
    r"|soir|noche|tarde|madrugada)$"
)
_LATE = ("afternoon", "nachmittag", "evening", "abend", "soir", "tarde")
_APART = re.compile(r" ?(?:-|–|—|→| to | bis | à | und | and ) ?")
_SEVERAL = re.compile(r"\s*(?:[,;/&|+\n]|\band\b|\bund\b|\bet\b|\by\b)\s*")


@lru_cache(maxsize=4096)
def clock_in(text: str) -> Clocked | str:
    """A time of day with how well it is known; a sentence where it is none."""
    said = tidy(text)[: LONGEST + 1].casefold()
    if not said or len(said) > LONGEST:
        return NO_CLOCK
    said = _AT.sub("", said)
    plain = _ISH.sub("", _ROUGH.sub("", said)).strip()
    if part := PARTS.get(plain.strip(" .")) or PARTS.get(plain):
        return Clocked(ANCHORS[part], part)
    known = Clock.EXACT if plain == said else Clock.ABOUT
    if fixed := _FIXED.get(plain):
        return Clocked(fixed, known)
    found = _single(plain)
    if isinstance(found, str) and (ends := _interval(plain)) is not None:
        return ends
    return found if isinstance(found, str) else found._replace(known=known)


def clocks_in(cell: Cell) -> tuple[Clocked, ...]:
    """Every time of a cell such as ``2:10, 4:30``; fewer than two where it holds only one."""
    if not isinstance(cell, str) or not 6 < len(cell) <= 4 * LONGEST:
        return ()
    parts = [part for part in _SEVERAL.split(cell) if part.strip()]
    found = [clock_in(part) for part in parts]
    whole = tuple(one for one in found if isinstance(one, Clocked))
    return whole if len(whole) == len(parts) > 1 else ()


def clock_of(cell: Cell) -> Clocked | str | None:
    """A cell of a column of times; None where it is empty."""
    if missing(cell):
        return None
    if isinstance(cell, datetime):
        return Clocked(cell.time())
    if isinstance(cell, time):
        return Clocked(cell)
    if isinstance(cell, timedelta):
        if not timedelta() <= cell <= timedelta(days=1):
            return "There is no such time."
        return Clocked((datetime.min + cell % timedelta(days=1)).time(), days=cell.days)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if 0 <= cell < 1 and cell != 0:
            return Clocked((datetime.min + timedelta(seconds=round(cell * 86400))).time())
        return clock_in(str(int(cell)) if 0 <= cell < LARGEST else "")
    return clock_in(str(cell))


def _single(said: str) -> Clocked | str:
    """One time, perhaps with a word for the half of the day behind it."""
    late = None
    if half := _HALF.match(said):
        said, late = half[1], half[2]
    if len(said) in (3, 4) and said.isdecimal():
        said = f"{said[:-2]}:{said[-2:]}"
    found = _WORDED.fullmatch(said) or _CLOCK.fullmatch(said)
    if not found:
        return NO_CLOCK
    groups = [part or "0" for part in (*found.groups(), None, None)]
    hour, minute, second = (int(part) for part in groups[:3])
    sign = groups[3].replace("0", "")
    if sign and not 1 <= hour <= 12:
        return "A time with am or pm has an hour from 1 to 12. Write it as 03:10."
    hour = _of_half(hour, sign, late)
    if (hour, minute, second) == (24, 0, 0):
        return Clocked(time(0), days=1)
    try:
        return Clocked(time(hour, minute, second))
    except ValueError:
        return "There is no such time of day. Write it as 03:10."


def _of_half(hour: int, sign: str, late: str | None) -> int:
    if sign:
        return hour % 12 + (12 if sign == "p" else 0)
    if late is None or hour > 12:
        return hour
    if late.startswith(("night", "nacht", "noche")):
        return hour + 12 if 7 <= hour < 12 else hour % 12
    return hour % 12 + (12 if late.startswith(_LATE) else 0)


def _interval(said: str) -> Clocked | None:
    """Two times: begin and end where both say minutes, else the middle of a rough guess."""
    parts = _APART.split(said.removeprefix("between ").removeprefix("zwischen "))
    if len(parts) != 2:
        return None
    first, last = (_single(part) for part in parts)
    if isinstance(last, str) or isinstance(first, str):
        return None
    if parts[1].rstrip("m. ")[-1:] in ("a", "p") and parts[0].rstrip("m. ")[-1:] not in ("a", "p"):
        with_half = _single(f"{parts[0]} {parts[1].rstrip('m. ')[-1:]}m")
        if not isinstance(with_half, str):
            before = time(with_half.at.hour, with_half.at.minute)
            first = with_half if before <= last.at else first
    if ":" in parts[0] and ":" in parts[1]:
        return Clocked(first.at, days=first.days, end=last.at)
    begin, end = (timedelta(hours=one.at.hour, minutes=one.at.minute) for one in (first, last))
    length = (end - begin) % timedelta(days=1)
    if length > timedelta(hours=6):
        return None
    middle = datetime.min + begin + length / 2
    over = (datetime.min + begin).day != middle.day
    remark = f"{said} is between two times: the middle is kept, as about {middle:%H:%M}."
    return Clocked(middle.time(), Clock.ABOUT, int(over), remark=remark)
