"""The words of a sheet: set right once, and all cells that are alike follow."""

from __future__ import annotations

import streamlit as st

from legcare.importers.counted import counted
from legcare.importers.tables import Doubt, Word, options_for, words_of
from legcare.importers.tables.doubts import words_left
from legcare.records import Factor
from legcare.ui.parts.text import plain
from legcare.ui.upload.parts import Part

MOST_ASKED = 24
UNKNOWN = "not understood"


def settle_cell_words(part: Part, factors: tuple[Factor, ...]) -> None:
    """What the words of a sheet mean; those that nobody knows stand open, the rest can be changed.

    The answers are remembered for the next file when this one is kept.
    """
    if part.table is None or part.mapping is None:
        return
    words = words_of(part.table, part.mapping, factors)
    asked = [word for word in words if word.field != "what" or word.meaning]
    unknown = [word for word in asked if not word.meaning]
    if unknown:
        st.markdown("**Words that are not understood.** Set one right, and all alike follow.")
        for word in unknown[:MOST_ASKED]:
            ask_word(part, word, factors)
    known = [word for word in asked if word.meaning]
    if known:
        with st.expander(f"{counted(len(known), 'word')} understood: {_shown(known)}"):
            for word in known[:MOST_ASKED]:
                ask_word(part, word, factors)


def _shown(words: list[Word]) -> str:
    said = [f"“{plain(word.text[:20])}” as {_label(word)}" for word in words[:6]]
    return ", ".join(said) + (" ..." if len(words) > len(said) else "")


def _label(word: Word) -> str:
    return plain(word.meaning.removeprefix("factor:").replace("_", " "))


def ask_word(part: Part, word: Word, factors: tuple[Factor, ...]) -> None:
    """What one word means: a choice where its field has words of its own, else the value itself."""
    key = f"upload-{part.key}-cell-{word.key}"
    options = options_for(word.field, factors)
    label = f"“{plain(word.text)}” in {plain(word.column)} ({counted(word.count, 'time')})"

    def chosen() -> None:
        answer = st.session_state.get(key)
        if part.mapping is not None and answer is not None:
            _answer(part, word.key, str(answer).strip())

    if not options:
        st.text_input(
            f"{label}: write it as", key=key, on_change=chosen, placeholder=word.meaning or UNKNOWN
        )
        return
    values = list(options)
    st.selectbox(
        f"{label}: what is it?",
        values,
        index=values.index(word.meaning) if word.meaning in values else None,
        format_func=options.__getitem__,
        placeholder=word.meaning or "Choose; else it is not kept",
        key=key,
        on_change=chosen,
    )


def _answer(part: Part, key: str, answer: str) -> None:
    mapping = part.mapping
    if mapping is None or part.table is None:
        return
    words = {**mapping.words, key: answer}
    changed = mapping.model_copy(update={"words": words})
    if not words_left(part.table, changed):
        changed = changed.answered(Doubt.WORDS)
    part.mapping = changed
