"""Saving from the screen: one tap is one change, said at once, and undone with one more tap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import streamlit as st

from legcare.errors import NotAllowed
from legcare.records import Record, new_id, now
from legcare.storage.logbook import Change, Logbook, Undone
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View, current_view, page_view

_LAST = "last-change"
_TAPS = "last-tap"
_CALLED = "legcare-tap-called"
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
    view = view or page_view()
    offer_undo(view, writable(view).keep(tuple(records), label=label))


def save_all(records: Iterable[Record], label: str, view: View | None = None) -> None:
    """Keep new records and replace known ones, all as one change, and offer its undo."""
    view = view or page_view()
    offer_undo(view, writable(view).save(tuple(records), label=label))


def edit(record: Record, base: Record, label: str, view: View | None = None) -> None:
    """Replace a record as one change and offer its undo; ``base`` is what the edit began from."""
    view = view or page_view()
    offer_undo(view, writable(view).edit(record, base=base, label=label))


def remove(ids: Iterable[UUID], label: str, view: View | None = None) -> None:
    """Delete records as one change and offer its undo."""
    view = view or page_view()
    offer_undo(view, writable(view).remove(tuple(ids), label=label))


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
