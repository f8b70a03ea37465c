"""A diary's own words: which of them mean a leg cramp or a massage is for the person to say."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from legcare.importers import Import
from legcare.importers.cells.diary import LEFT_OUT, doubtful, kind_of
from legcare.importers.cells.diary import plain as compared
from legcare.importers.counted import counted
from legcare.ui.parts.text import plain
from legcare.ui.upload.parts import PARTS, Part

MEANINGS = {"cramp": "A leg cramp", "massage": "A massage", LEFT_OUT: "Leave out"}
OTHERS = {
    "cramp": "Other entries that mean a leg cramp",
    "massage": "Other entries that mean a massage",
}


def settle_words(part: Part, found: Import) -> None:
    """Ask what a diary's entries mean.

    One question for each that speaks of cramps or massages, a choice of the rest.

    Proposed for words that are known, never for cramps elsewhere than in the legs; remembered when
    all is kept.
    """
    words = _once_each(found.words)
    if not words:
        return
    asked = [word for word in words if _speaks(word, part.words)]
    rest = [word for word in words if word not in asked]
    with st.container(border=True):
        st.markdown(
            "**What do the entries of this diary mean?** Your answers are remembered when you keep"
            " the file."
        )
        for word in asked:
            _question(part, word, words[word])
        if rest:
            _others(part, rest, words)


def _once_each(words: Mapping[str, int]) -> dict[str, int]:
    """The words with their counts; spellings that count as one word are one."""
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for word, count in words.items():
        first = spelled.setdefault(compared(word), word)
        counts[first] = counts.get(first, 0) + count
    return counts


def _speaks(word: str, own: Mapping[str, str]) -> bool:
    return kind_of(word, {}) is not None or doubtful(word, {}) or compared(word) in own


def _answered(part: Part, word: str, kind: str) -> None:
    """One word means one thing in every diary that is in the uploader."""
    every: dict[str, list[Part]] = st.session_state.get(PARTS, {})
    diaries = [
        other for held in every.values() for other in held if other.held and other.held[1].words
    ]
    for diary in {id(one): one for one in (part, *diaries)}.values():
        diary.words = {**diary.words, compared(word): kind}


def _question(part: Part, word: str, count: int) -> None:
    key = f"upload-{part.key}-word-{compared(word)}"
    now = kind_of(word, part.words) or LEFT_OUT

    def chosen() -> None:
        _answered(part, word, str(st.session_state[key]))

    st.radio(
        f"“{plain(word)}” ({counted(count, 'time')})",
        list(MEANINGS),
        key=key,
        horizontal=True,
        index=list(MEANINGS).index(now),
        format_func=MEANINGS.__getitem__,
        on_change=chosen,
    )


def _others(part: Part, words: list[str], counts: Mapping[str, int]) -> None:
    with st.expander(f"{counted(len(words), 'other entry', 'other entries')} left out"):
        for kind, question in OTHERS.items():
            key = f"upload-{part.key}-others-{kind}"
            st.multiselect(
                question,
                words,
                key=key,
                on_change=_add,
                args=(part, kind, key),
                format_func=lambda word: f"{word} ({counts[word]})",
            )


def _add(part: Part, kind: str, key: str) -> None:
    for word in st.session_state.pop(key, []):
        _answered(part, word, kind)
