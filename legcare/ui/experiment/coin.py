"""Single sessions decided by a coin: rate, flip, do, rate again."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from legcare.analysis.estimate import Estimate
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.sessions import begun, finished, new_trial, session_effect
from legcare.records import written
from legcare.records.experiment import Arm, CoinSession, CoinTrial
from legcare.ui.experiment.store import keep, trials
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View


def coin_sessions(view: View) -> None:
    """The coin-flip trial of this person, or the way to begin one."""
    st.markdown(
        "For what changes within minutes (tension, heaviness), flip a coin each time: first rate,"
        " then the coin says massage or rest, then rate again. Without the coin, tension that would"
        " have eased anyway looks like an effect."
    )
    mine = trials(view)
    if not mine:
        _begin()
        return
    trial = mine[0]
    st.markdown(
        f"**A: {plain(trial.a)}** against **B: {plain(trial.b)}**; rating: {plain(trial.rating)}, 0"
        " to 10."
    )
    if trial.open is None:
        _flip(view, trial)
    else:
        _after(trial, trial.open)
    _effect(trial)


def _begin() -> None:
    a = st.text_input("A", value="10 minutes of massage", max_chars=200, key="coin-a")
    b = st.text_input("B", value="10 minutes of rest", max_chars=200, key="coin-b")
    rating = st.text_input(
        "What you rate from 0 to 10", value="Tension", max_chars=200, key="coin-rating"
    )
    if st.button("Begin", key="coin-begin"):
        try:
            keep(new_trial(a.strip(), b.strip(), rating.strip()))
        except ValidationError:
            st.error("A, B and the rating each need a few words of your own.")
            return
        st.rerun()


def _flip(view: View, trial: CoinTrial) -> None:
    before = st.slider(
        f"{plain(trial.rating)} now", 0, 10, value=5, key=f"coin-before-{len(trial.sessions)}"
    )
    if st.button("Flip the coin", icon=":material/casino:", type="primary", key="coin-flip"):
        keep(begun(trial, float(before), view.now))
        st.rerun()


def _after(trial: CoinTrial, session: CoinSession) -> None:
    words = trial.a if session.arm is Arm.A else trial.b
    st.info(f"The coin says **{session.arm}: {plain(words)}**. Do it, then rate again.")
    after = st.slider(
        f"{plain(trial.rating)} afterwards", 0, 10, value=5, key=f"coin-after-{session.number}"
    )
    if st.button("Save this rating", type="primary", key="coin-save"):
        keep(finished(trial, float(after)))
        st.rerun()


def _effect(trial: CoinTrial) -> None:
    try:
        found = session_effect(trial)
    except BrokenSeal as broken:
        st.error(str(broken), icon=":material/lock_open:")
        return
    st.markdown(_sentence(found))
    for caveat in found.caveats:
        st.markdown(f":material/info: {caveat}")


def _sentence(found: Estimate) -> str:
    if not found.shown:
        return f"{found.refusal} Still needed: {plain(found.still_needed)}."
    value, low, high = (written.signed(number) for number in (found.value, found.low, found.high))
    return (
        f"In your data so far, the rating after A is {value} points from that after B at the same"
        f" rating before (95 % interval {low} to {high}; {found.n_events} sessions on"
        f" {found.n_days} days): {found.verdict}."
    )
