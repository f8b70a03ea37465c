"""Which letters the bytes of a text are, where they are not those of UTF-8."""

from __future__ import annotations

import re

# Windows' western, Cyrillic, central European and Greek letters, and those of old Macintosh.
_OLD = ("cp1252", "mac_roman", "cp1251", "cp1250", "cp1253")
NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1250": "Windows-1250",
    "cp1253": "Windows-1253 (Greek)",
}
_WORD = re.compile(r"[^\W\d_]+")
_WESTERN = frozenset("äöüßéèêëàâîïôûùçñáíóúåæøãõœÄÖÜÉÈÀÇÑÅÆØÁÍÓÚ")
_CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůžőűáéíúýäöüŁŚŻŹČŘŠŽ")
_USUAL = {"cp1252": _WESTERN, "mac_roman": _WESTERN, "cp1250": _CENTRAL}
_SIGNS = frozenset("°€–—‘’“”„…·½²³±§«»©®•´`")
SEEN = 200_000


def old_encoding(data: bytes) -> str:
    """The encoding in which bytes that are no UTF-8 make the most sense; cp1252 where none does."""
    words = bytes(data[:SEEN])
    scores = {name: _score(words, name) for name in _OLD}
    best = max(_OLD, key=lambda name: scores[name])
    return best if scores[best] > scores["cp1252"] else "cp1252"


def _score(data: bytes, encoding: str) -> float:
    """Usual letters in usual places count for an encoding, signs and odd capitals against it."""
    text = data.decode(encoding, "replace")
    strange = [sign for sign in text if ord(sign) > 127]
    score = 0.0
    for sign in strange:
        if encoding in _USUAL:
            score += 1.0 if sign in _USUAL[encoding] else 0.3 if sign in _SIGNS else -1.0
        elif sign in _SIGNS:
            score += 0.3
        else:
            score += 0.5 if sign.isalpha() else -1.0
    for word in _WORD.findall(text):
        far = [sign for sign in word if ord(sign) > 127]
        if not far:
            continue
        if encoding in _USUAL:
            score -= 2.0 * (len(far) > 2 and len(far) > 0.6 * len(word))
        else:
            score += len(far) if len(far) == len(word) > 2 else -2.0 * len(far)
        inside = [sign for sign in word[1:] if ord(sign) > 127]
        score -= 2.0 * (not word.isupper() and any(sign.isupper() for sign in inside))
    return score
