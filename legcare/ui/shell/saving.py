"""Saving from the screen: one tap is one change, said at once, and undone with one more tap."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import streamlit as st

from legcare.errors import LegcareError, NotAllowed, Unreachable
from legcare.records import Record, new_id, now
from legcare.storage.logbook import Change, Logbook, Undone
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View, current_view, page_view

_LAST = "last-change"
_TAPS = "last-tap"
_CALLED = "legcare-tap-called"
_WAITING = "legcare-waiting"
TRY_AGAIN_S, PAUSE_S = 5, 2
Write = Callable[[View], Change]
DOUBLE_TAP = timedelta(seconds=5)
FRESH = timedelta(minutes=10)
ONE_SCREEN = 25  # entries that one form can save at most


@dataclass(frozen=True)
class Step:
    """A change of something that is no record, with its own way ``back``.

    Such as a day's mark in an experiment.
    """

    label: str
    back: Callable[[], Undone]
    id: UUID = field(default_factory=new_id)
    count: int = 1


@dataclass(frozen=True)
class Waiting:
    """What was tapped while the database could not be reached, and in whose log."""

    whose: str
    label: str
    work: Write
    tried_at: float = field(default_factory=time.monotonic)


def writable(view: View) -> Logbook:
    """The logbook of a visitor who may write; raises ``NotAllowed`` for one who may only read."""
    if view.logbook is None:
        raise NotAllowed(
            "This log was shared with you to read. Only the person it belongs to can change it."
        )
    return view.logbook


def save(records: Iterable[Record], label: str, view: View | None = None) -> None:
    """Keep records as one change and offer its undo.

    ``view`` is that of this run or tap, asked for where it is not given.
    """
    kept = tuple(records)
    _write(lambda view: writable(view).keep(kept, label=label), label, view)


def save_all(records: Iterable[Record], label: str, view: View | None = None) -> None:
    """Keep new records and replace known ones, all as one change, and offer its undo."""
    kept = tuple(records)
    _write(lambda view: writable(view).save(kept, label=label), label, view)


def edit(record: Record, base: Record, label: str, view: View | None = None) -> None:
    """Replace a record as one change and offer its undo; ``base`` is what the edit began from."""
    _write(lambda view: writable(view).edit(record, base=base, label=label), label, view)


def remove(ids: Iterable[UUID], label: str, view: View | None = None) -> None:
    """Delete records as one change and offer its undo."""
    gone = tuple(ids)
    _write(lambda view: writable(view).remove(gone, label=label), label, view)


def _write(work: Write, label: str, view: View | None) -> None:
    """Do what was tapped; where the database cannot be reached, keep it here to be sent again."""
    view = view or page_view()
    try:
        offer_undo(view, work(view))
    except Unreachable:
        st.session_state.setdefault(_WAITING, []).append(Waiting(view.visitor.key, label, work))


def send_again(view: View) -> bool:
    """Send what waits, in its order; a cramp that arrived after all is not a second one.

    Returns whether anything was sent.
    """
    waiting: list[Waiting] = st.session_state.get(_WAITING, [])
    count = len(waiting)
    while waiting and time.monotonic() - waiting[0].tried_at >= PAUSE_S:
        first = waiting[0]
        if first.whose == view.visitor.key:
            try:
                offer_undo(view, first.work(view))
            except Unreachable:
                waiting[0] = replace(first, tried_at=time.monotonic())
                return len(waiting) < count
            except LegcareError as refused:
                st.error(f"{plain(first.label)}: {refused}")
        del waiting[0]
    return len(waiting) < count


def waiting_bar(reason: str) -> None:
    """Say that the log cannot be reached, what waits, and try again every few seconds."""
    waiting: list[Waiting] = st.session_state.get(_WAITING, [])
    if not reason and not waiting:
        return
    with st.container(border=True, key="waiting-bar"):
        st.markdown(
            f":material/cloud_off: {reason} Your page stays as it was; what you enter is kept on"
            " this page and sent as soon as the log can be reached. Leave the page open."
        )
        for one in waiting:
            st.markdown(f"- waits: {plain(one.label)}")
        st.button("Try again", key="try-again", icon=":material/refresh:")
    _try_again(time.monotonic())


@st.fragment(run_every=TRY_AGAIN_S)
def _try_again(drawn: float) -> None:
    if time.monotonic() - drawn >= TRY_AGAIN_S / 2:
        st.rerun()


def tapped_twice(button: str, at: datetime) -> bool:
    """Whether the same button was already tapped a moment ago: a double tap is one cramp."""
    taps: dict[str, datetime] = st.session_state.setdefault(_TAPS, {})
    before = taps.get(button)
    if before is not None and timedelta(0) <= at - before < DOUBLE_TAP:
        return True
    taps[button] = at
    return False


def tap(
    label: str, work: Callable[..., None], *, key: str, args: tuple[object, ...] = (), **look: Any
) -> None:
    """A button whose tap counts even where the page came back on another server.

    Or on a restarted one.

    The page then stands on the screen as before, but the first tap begins a new session, and
    Streamlit calls the ``on_click`` only of buttons that this session has drawn already: the tap
    would be lost without a word.
    """

    def called(*given: object) -> None:
        st.session_state[_CALLED] = key
        work(*given)

    tapped = st.button(label, on_click=called, args=args, key=key, **look)
    if st.session_state.pop(_CALLED, None) != key and tapped:
        work(*args)
        st.rerun()


def undo(change: UUID) -> None:
    """Take a change back, whole."""
    view = current_view()
    _say(view, writable(view).undo(change))


def step_back(step: Step) -> None:
    """Take back a change of something that is no record."""
    _say(current_view(), step.back())


def _say(view: View, done: Undone) -> None:
    st.session_state[_LAST] = (view.visitor.key, None)
    left = (
        f" {done.left_alone} that you changed since were left as they are."
        if done.left_alone
        else ""
    )
    st.toast(
        f"Undone: {done.restored} {'entry' if done.restored == 1 else 'entries'} put back.{left}"
    )


def undo_bar(view: View, *, reloaded: bool = False) -> None:
    """The line after a save: what was kept, with its undo.

    With ``reloaded`` also after a reload.
    """
    whose, change = st.session_state.get(_LAST, ("", None))
    if whose != view.visitor.key:
        change = None
        if reloaded:
            change = _just_now(view)
            st.session_state[_LAST] = (view.visitor.key, change)
    if change is None:
        return
    work, given = (step_back, change) if isinstance(change, Step) else (undo, change.id)
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="undo-bar"):
        st.markdown(f":material/check_circle: {plain(change.label)}")
        tap("Undo", work, icon=":material/undo:", args=(given,), key=f"undo-{change.id}")


def _just_now(view: View) -> Change | None:
    """What a person has just entered, for a session that begins with it on the screen.

    An import is no such thing.
    """
    latest = view.logbook.changes(1) if view.logbook is not None else ()
    entered = [change for change in latest if not change.undone and 0 < change.count <= ONE_SCREEN]
    return next((change for change in entered if now() - change.at < FRESH), None)


def offer_undo(view: View, change: Change | Step) -> None:
    """Show the line with its undo for a change that touched something."""
    if change.count:
        st.session_state[_LAST] = (view.visitor.key, change)
