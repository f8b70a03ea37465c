"""What the log itself gives reason to have looked at: said once, with a way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st
from pydantic import TypeAdapter

from legcare.analysis.safety import (
    LONG_MINUTES,
    Level,
    Notice,
    Replied,
    Reply,
    due,
    notices,
    safety_text,
)
from legcare.days import cramp_table, day_table
from legcare.records import Cramp, written
from legcare.ui.shell.formats import emergency_number
from legcare.ui.shell.menu import link
from legcare.ui.shell.saving import tap, writable
from legcare.ui.shell.session import View, current_view

REPLIES = "safety-replies"
LONG = "long:"
FRESH = timedelta(hours=48)
NAMES = {
    Reply.APPOINTMENT: "I have an appointment",
    Reply.ASKED: "I have asked already",
    Reply.LATER: "Remind me in 4 weeks",
}
STILL = "still"
_REPLIED: TypeAdapter[dict[str, Replied]] = TypeAdapter(dict[str, Replied])


def safety_notice(view: View) -> None:
    """The notice that is due, on the first screen; nothing where none is, or for a coach."""
    if view.logbook is None or long_cramp_question(view):
        return
    raised = due(met_of(view), replies_of(view), view.today)
    if raised:
        _raise(raised)


def long_cramp_question(view: View) -> bool:
    """Ask whether a cramp that lasted long is still there; whether there was one to ask about."""
    lasting = long_cramp(view, replies_of(view))
    if lasting is not None:
        _ask_about(lasting)
    return lasting is not None


def met_of(view: View) -> tuple[Notice, ...]:
    """Every rule that the last 28 days meet, whatever was replied."""
    return view.once("safety-notices", lambda: _met(view))


def _met(view: View) -> tuple[Notice, ...]:
    day_start = view.preferences.day_start
    days = day_table(view.last_weeks, day_start=day_start)
    return notices(days, cramp_table(view.last_weeks, day_start=day_start), today=view.today)


def replies_of(view: View) -> dict[str, Replied]:
    """What was replied to each rule."""
    held = view.document(REPLIES)
    return _REPLIED.validate_python(held) if isinstance(held, dict) else {}


def long_cramp(view: View, replies: dict[str, Replied]) -> Cramp | None:
    """The newest cramp of the last two days that lasted over 10 minutes and was not asked about."""
    lasting = [
        cramp
        for cramp in view.lately.cramps
        if (cramp.minutes or 0) > LONG_MINUTES
        and view.now - FRESH <= cramp.at <= view.now
        and f"{LONG}{cramp.id}" not in replies
    ]
    return lasting[-1] if lasting else None


def reply(rules: Sequence[tuple[str, float]], answer: Reply) -> None:
    """Keep what was said to some rules, with how much of it there is today."""
    view = current_view()
    said = {rule: Replied(answer, view.today, measure) for rule, measure in rules}
    held = _REPLIED.dump_python({**replies_of(view), **said}, mode="json")
    writable(view).remember(REPLIES, held)


def _raise(raised: Sequence[Notice]) -> None:
    first = raised[0]
    rules = [(notice.rule, float(notice.measure)) for notice in raised]
    with st.container(border=True, key="safety-notice"):
        st.markdown(f"**:material/health_and_safety: {first.line.level.heading}.**")
        st.markdown(" ".join(notice.sentence for notice in raised))
        st.markdown("Have it looked at in the next weeks. This is not a diagnosis.")
        with st.container(horizontal=True):
            for answer, name in NAMES.items():
                tap(name, reply, args=(rules, answer), key=f"safety-{answer}")


def _ask_about(cramp: Cramp) -> None:
    """A long cramp: what counts is whether it is still there, so that is asked."""
    rule = [(f"{LONG}{cramp.id}", float(cramp.minutes or 0))]
    with st.container(border=True, key="safety-long"):
        if st.session_state.get(STILL) == str(cramp.id):
            _get_help()
            tap("It is over now", reply, args=(rule, Reply.ASKED), key="safety-over-now")
            return
        minutes = written.brief(cramp.minutes or 0, 3)
        st.markdown(f"**Your cramp lasted {minutes} minutes. Is it still there?**")
        st.markdown("Did stretching ease it?")
        with st.container(horizontal=True):
            tap("It is over", reply, args=(rule, Reply.ASKED), key="safety-over")
            tap("It is still there", _still_there, args=(str(cramp.id),), key="safety-still")


def _still_there(cramp: str) -> None:
    st.session_state[STILL] = cramp


def _get_help() -> None:
    lines = {line.key: line for line in safety_text().red_flags}
    number = emergency_number()
    call = f" Breathless, chest pain or faint as well: call {number}." if number else ""
    st.error(
        f"{Level.SAME_DAY.heading}. {lines['long_cramp'].text} Do not rub a leg that is swollen,"
        f" hot or red.{call}",
        icon=":material/emergency:",
    )


def quiet_line(view: View) -> None:
    """On the Safety page: what the log meets, and what was said to it."""
    replies = replies_of(view)
    for notice in met_of(view):
        answer = replies.get(notice.rule)
        told = f" {NAMES[answer.reply]}, {written.day(answer.day)}." if answer else ""
        st.info(
            f"{notice.sentence} {notice.line.level.heading}.{told} This is not a diagnosis.",
            icon=":material/health_and_safety:",
        )
    if view.logbook is None:
        link(view, "overview")
