"""The roster on a coach's screen.

Two lines for each person, those who need a look first, found by name.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from legcare.analysis.estimate import Rate
from legcare.charts import sentences as say
from legcare.records import written
from legcare.sharing.roster import RosterLine
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import tap
from legcare.ui.shell.visitor import open_share

SEARCHED = 8  # from so many people on, a name is found faster by typing it


def roster(lines: Sequence[RosterLine]) -> None:
    """Everybody who shared a log with the signed-in visitor."""
    if len(lines) >= SEARCHED:
        wanted = (
            st.text_input("Find a person", key="roster-find", icon=":material/search:")
            .strip()
            .casefold()
        )
        lines = [line for line in lines if wanted in line.grant.name.casefold()]
        if not lines:
            st.markdown("Nobody of that name has shared a log with you.")
    needing, others = ([line for line in lines if bool(line.why) is need] for need in (True, False))
    _group("Needs a look", needing)
    _group("Everybody else" if needing else "Nobody needs a look now", others)


def _group(title: str, lines: Sequence[RosterLine]) -> None:
    if not lines:
        return
    st.header(f"{title} ({len(lines)})", anchor=False)
    for line in lines:
        with st.container(border=True, key=f"roster-{line.grant.id}"):
            _person(line)


def _person(line: RosterLine) -> None:
    name = plain(line.grant.name) or "Without a name"
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        st.markdown(f"**{name}**")
        for reason in line.why:
            st.markdown(f":material/priority_high: {reason}")
        st.markdown(f"{rates(line)} {news(line)}")
    with right:
        tap(
            f"Open {name}",
            open_share,
            args=(line.grant.id,),
            key=f"open-{line.grant.id}",
            width="stretch",
        )


def rates(line: RosterLine) -> str:
    """Cramps a week now and before, each with its interval and its tracked days."""
    return (
        f"Cramps a week in the last 4 weeks: {_rate(line.now)}; in the 4 weeks before:"
        f" {_rate(line.before)}."
    )


def news(line: RosterLine) -> str:
    """When something was entered last, and how much is new."""
    last = say.day_words(line.last_entry) if line.last_entry else "none in eight weeks"
    new = "1 new entry" if line.new == 1 else f"{written.whole(line.new)} new entries"
    return f"Last entry: {last}. {new} since your last visit."


def _rate(rate: Rate) -> str:
    days = say.counted(rate.n_days, "tracked day")
    if not rate.shown:
        return f"not known ({days})"
    return (
        f"**{say.number(rate.value)}** ({say.number(rate.low)} to {say.number(rate.high)}, {days})"
    )
