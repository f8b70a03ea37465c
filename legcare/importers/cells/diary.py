"""Which of a diary's own words mean a leg cramp or a massage.

Abdominal and menstrual cramps never do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from legcare.importers.cells.cell import plain_words
from legcare.importers.cells.words import choices, names_sport, within
from legcare.records import Method

Kind = Literal["cramp", "massage"]
Event = Literal["cramp", "massage", "workout"]
LEFT_OUT = "leave out"

_LEG = (
    r"(leg|calf|calves|foot|feet|toe|toes|thigh|shin|ham\s?string|hamstrings"
    r"|quad|quads|quadriceps|sole|arch)"
)
_CRAMP = re.compile(
    rf"\b{_LEG}s?\s*cramp|cramps?(ing|ed)?\s+(in|of)\s+(the |my |a )?(left |right |both )?{_LEG}\b"
    r"|charl(ey|ie)s?\s*horse"
    r"|(waden|bein|fu(ß|ss)|zehen|oberschenkel)\s*kr(ä|ae|a)mpf|crampes?\s+(au|aux|du|de la|à"
    r" la)\s+(mollet|jambe|pied)"
    r"|calambres?\s+(en|de)\s+(la |las |el |los )?(pierna|pantorrilla|pie|gemelo)"
)
_ANY_CRAMP = re.compile(r"cramp|kr(ä|ae|a)mpf|calambre|charl(ey|ie)")
_ELSEWHERE = re.compile(
    r"abdom|menstr|period|stomach|belly|uter|tummy|\bgut\b|pelvi|ovar|bowel"
    r"|\bhands?\b|finger|writer|\bback\b|\bneck\b"
    r"|\barms?\b|bauch|unterleib|regel|ventre|règle|vientre|estómago|estomac"
)
_MASSAGE = re.compile(
    r"massag|masaje|massagi|foam\s*roll|faszienroll|schaumroll|massier|\bblackroll|trigger\s?point"
)
_ROLLED = re.compile(r"\broll(er|ing|ed|e|en)?\b(?! coaster)|gerollt|theragun|\bkine\b")
_NO_LEG = re.compile(
    r"\b(head|face|facial|scalp|neck|shoulders?|back|hands?|arms?|breast|gum|chair|heart|cardiac)\b"
)


@lru_cache(maxsize=4096)  # a diary says the same few words thousands of times
def plain(name: str) -> str:
    """A name as it is compared: lower case, ``legCramp``, ``leg_cramp`` and ``#legcramp`` alike."""
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().split())


def kind_of(name: str, own: Mapping[str, str]) -> Kind | None:
    """Cramp, massage or neither.

    ``own`` (the person's words) wins over what is built in; ``LEFT_OUT`` is neither.
    """
    said = plain(name)
    for word, kind in own.items():
        if kind in ("cramp", "massage", LEFT_OUT) and plain(word) == said:
            return None if kind == LEFT_OUT else "cramp" if kind == "cramp" else "massage"
    return _built_in(said)


@lru_cache(maxsize=4096)
def _built_in(said: str) -> Kind | None:
    if _CRAMP.search(said) and not _ELSEWHERE.search(said):
        return "cramp"
    if _MASSAGE.search(said) and not _NO_LEG.search(said):
        return "massage"
    return None


def doubtful(name: str, own: Mapping[str, str]) -> bool:
    """Whether a name speaks of cramps or massage but was not taken.

    Then the person is to hear of it.
    """
    said = plain(name)
    if any(plain(word) == said for word in own):
        return False
    return kind_of(name, own) is None and bool(_ANY_CRAMP.search(said) or _MASSAGE.search(said))


def method_of(name: str) -> Method | None:
    """How a massage was given, where its name says so."""
    found = within(plain_words(plain(name)), choices()["method"])
    return Method(found) if found else None


def event_of(text: str) -> Event | None:
    """What a row of a leg diary is by one of its words: cramp, massage, workout or unknown.

    Wider than ``kind_of``: beside dates and legs, "cramp" alone means one in the leg.
    """
    said = plain(text[:200])
    if _built_in(said):
        return _built_in(said)
    if _ANY_CRAMP.search(said):
        return None if _ELSEWHERE.search(said) else "cramp"
    if _ROLLED.search(said) and not _NO_LEG.search(said):
        return "massage"
    return "workout" if len(said) <= 60 and names_sport(text) else None
