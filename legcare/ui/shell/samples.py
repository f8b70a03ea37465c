"""Invented people to explore: opened, kept over a reload, guessed at, and left again."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import MassageAnswer
from legcare.records import DAY_START, Preferences
from legcare.samples import SamplePerson, load_until, people
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell import moment
from legcare.ui.shell.visitor import EXPLORING, explore, stop_exploring

SAMPLE, GUESS = "sample", "sample-guess"
GUESSES = ("It helps", "It does nothing", "The log cannot tell")


def open_sample(key: str) -> None:
    """Look at one of the invented people, whose last day was yesterday.

    Nothing of it touches the visitor's own log.
    """
    yesterday = moment.today(moment.zone(Preferences()), DAY_START) - timedelta(days=1)
    store = Database.open("sqlite://")
    logbook = Logbook(store, store.person("explore", "visitor"))
    logbook.keep(load_until(key, yesterday).records, label=f"Sample: {key}")
    explore(store)
    st.session_state[SAMPLE] = key
    st.session_state.pop(GUESS, None)


def leave_sample() -> None:
    """Back to the person's own log."""
    stop_exploring()
    st.session_state.pop(SAMPLE, None)
    st.query_params.pop(SAMPLE, None)


def resume_sample() -> None:
    """After a reload, or in a second tab: the sample that the address names."""
    key = st.query_params.get(SAMPLE)
    if EXPLORING not in st.session_state and key in {person.key for person in people()}:
        open_sample(str(key))


def sample_choice() -> None:
    """Whose invented log is open, in the address too, so that a reload keeps it."""
    names = {person.key: person.name for person in people()}
    st.selectbox(
        "Invented person",
        list(names),
        format_func=names.__getitem__,
        key=SAMPLE,
        bind="query-params",
        label_visibility="collapsed",
        on_change=lambda: open_sample(st.session_state[SAMPLE]),
    )


def open_person() -> SamplePerson | None:
    """The invented person whose log is open; None while nobody's is."""
    key = st.session_state.get(SAMPLE) if EXPLORING in st.session_state else None
    return next((person for person in people() if person.key == key), None)


def guess_and_truth(person: SamplePerson, answer: MassageAnswer) -> None:
    """Their story, a guess, and then what is true and whether the log found it."""
    with st.container(border=True, key="sample-story"):
        st.markdown(f":material/face: **{person.name}.** {person.about}")
        guess = st.pills("Does massage help this person? Guess first.", GUESSES, key=GUESS)
        if guess is None:
            return
        st.markdown(f"**The truth that was put in:** {person.massage}")
        st.markdown(f"**The log:** {_judged(person, answer)}")


def _judged(person: SamplePerson, answer: MassageAnswer) -> str:
    acts = any(e.rate_ratio != 1 for e in person.truth if e.factor == "massages")
    clear = answer.verdict in (Verdict.LOWER, Verdict.HIGHER)
    if clear:
        return "found it." if acts else "a false find: nothing is there."
    return "missed it so far: too few cramps to be sure." if acts else "rightly claims nothing."
