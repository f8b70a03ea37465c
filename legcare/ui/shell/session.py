"""What a page looks at.

The visitor's log in the chosen period, with its tables, read once per change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from pydantic import JsonValue

from legcare import days as tables
from legcare.errors import Unreachable
from legcare.records import (
    Formats,
    Log,
    Mark,
    Preferences,
    Reading,
    Record,
    TrackedSpan,
    legcare_day,
    written,
)
from legcare.storage.logbook import Logbook
from legcare.ui.shell import moment
from legcare.ui.shell.formats import formats
from legcare.ui.shell.visitor import Mode, Visitor, visitor

Answer = TypeVar("Answer")

PERIODS: dict[str, int | None] = {
    "Everything": None,
    "Last 12 months": 365,
    "Last 6 months": 182,
    "Last 90 days": 90,
    "Last 28 days": 28,
}
PERIOD_KEY = "period"
_VIEWS = "legcare-views"
_THIS_RUN = "legcare-view-of-this-run"
_UNREACHED = "legcare-unreached"
LATELY, WEEKS = timedelta(days=3), timedelta(weeks=9)


@dataclass(frozen=True)
class View:
    """Everything that a page needs to know.

    Never changed, made anew when the log or the period changes.

    ``whole`` is all the visitor may see, ``log`` the part in the chosen period. ``read`` gets it
    when a page first asks for it, so that a cramp at night is saved without reading ten years.
    ``logbook`` is None for a coach.
    """

    visitor: Visitor
    read: Callable[[], Log]
    period: str
    today: date
    answers: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def preferences(self) -> Preferences:
        """How the person wants the log read and shown."""
        return self.visitor.state.preferences

    def document(self, key: str) -> JsonValue:
        """What was remembered under this key; None where nothing was, and for a coach."""
        return self.visitor.state.document(key)

    def documents(self, prefix: str) -> dict[str, JsonValue]:
        """Everything remembered whose key begins with ``prefix``; nothing for a coach."""
        return self.visitor.state.documents(prefix)

    @cached_property
    def whole(self) -> Log:
        """All that the visitor may see."""
        return self.read()

    @cached_property
    def lately(self) -> Log:
        """The last days of the log, whatever period is chosen."""
        first, weeks = self.today - LATELY, self.last_weeks
        records = (
            record
            for record in weeks.records
            if isinstance(record, TrackedSpan | Mark)
            or (record.day if isinstance(record, Reading) else record.at.date()) >= first
        )
        return Log(tuple(records), weeks.own_factors, weeks.preferred)

    @cached_property
    def last_weeks(self) -> Log:
        """The last nine weeks of the log, whatever period is chosen.

        Today asks for no more, so it reads no more.
        """
        if self.logbook is None:
            return self.whole
        return self.logbook.log(since=self.today - WEEKS)

    @property
    def logbook(self) -> Logbook | None:
        """Where to write; None for a visitor who may only read."""
        return self.visitor.logbook

    @property
    def zone(self) -> ZoneInfo:
        """The person's time zone."""
        return moment.zone(self.preferences)

    @property
    def now(self) -> datetime:
        """This moment on the person's clock."""
        return moment.now(self.zone)

    @property
    def formats(self) -> Formats:
        """How times, dates and units are written for whoever is looking."""
        return formats(self.preferences)

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """First and last legcare day of the chosen period; None for everything."""
        length = PERIODS.get(self.period)
        return None if length is None else (self.today - timedelta(days=length - 1), self.today)

    @cached_property
    def log(self) -> Log:
        """The part of the log that lies in the chosen period."""
        return self.whole if self.span is None else within(self.whole, *self.span, self.preferences)

    @cached_property
    def days(self) -> tables.Days:
        """The day table of the chosen period, up to yesterday."""
        return tables.day_table(self.log, day_start=self.preferences.day_start, today=self.today)

    @cached_property
    def shown_days(self) -> tables.Days:
        """The same with today in it: to show days and warn of them, not to compare them."""
        return tables.day_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def whole_days(self) -> tables.Days:
        """The day table of the whole log, whatever period is chosen, with today in it."""
        if self.span is None:
            return self.shown_days
        return tables.day_table(self.whole, day_start=self.preferences.day_start)

    @cached_property
    def cramps(self) -> pd.DataFrame:
        """One row per cramp of the chosen period."""
        return tables.cramp_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def whole_cramps(self) -> pd.DataFrame:
        """One row per cramp of the whole log, whatever period is chosen."""
        return tables.cramp_table(self.whole, day_start=self.preferences.day_start)

    @cached_property
    def massages(self) -> pd.DataFrame:
        """One row per massage of the chosen period."""
        return tables.massage_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def tender(self) -> pd.DataFrame:
        """One row per tender place of the chosen period."""
        return tables.tender_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def workouts(self) -> pd.DataFrame:
        """One row per workout of the chosen period."""
        return tables.workout_table(self.log, day_start=self.preferences.day_start)

    def once(self, name: object, work: Callable[[], Answer]) -> Answer:
        """The answer of ``work``, computed once for this view.

        Pages run again at every touch, numbers need not.
        """
        if name not in self.answers:
            self.answers[name] = work()
        return self.answers[name]  # type: ignore[return-value]


def current_view() -> View:
    """What the visitor of this session looks at now; who that is, is asked anew.

    From here on this run writes numbers and dates their way. A page is handed its view by the frame
    (``page_view``): this is for what runs before the frame or without it, such as a tap. While the
    database cannot be reached, it is what this session looked at last (see ``unreached``).
    """
    views: dict[str, View] = st.session_state.setdefault(_VIEWS, {})
    last = next(reversed(views.values()), None)
    try:
        who = visitor(None if last is None else last.visitor.state)
    except Unreachable as reason:
        if last is None or last.logbook is None:
            raise
        st.session_state[_UNREACHED] = str(reason)
        return last
    st.session_state.pop(_UNREACHED, None)
    period = str(st.session_state.get(PERIOD_KEY) or "Everything")
    preferences = who.state.preferences
    today = moment.today(moment.zone(preferences), preferences.day_start)
    chosen = formats(preferences)
    written.use(chosen)
    # The answers that a view keeps hold whole sentences: another way of writing is another view.
    log_mark = f"{who.key} {who.state.revision}"
    mark = f"{log_mark} {period} {today} {chosen}"
    view = views.pop(mark, None)
    if view is None:
        same_log = (old.read for key, old in views.items() if key.startswith(f"{log_mark} "))
        view = View(who, next(same_log, None) or cache(who.read), period, today)
    views[mark] = view
    for old in list(views)[:-2]:
        del views[old]
    return view


def unreached() -> str:
    """Why the view of this run is an old one; empty where the database could be asked."""
    return str(st.session_state.get(_UNREACHED, ""))


def hand_on(view: View) -> None:
    """Let the page of this run look at this view."""
    st.session_state[_THIS_RUN] = view


def page_view() -> View:
    """The view that the frame made for this run."""
    view: View | None = st.session_state.get(_THIS_RUN)
    return view or current_view()


def take_back() -> None:
    """End the run: who is looking is asked anew for whatever comes next."""
    st.session_state.pop(_THIS_RUN, None)


def within(log: Log, first: date, last: date, preferences: Preferences) -> Log:
    """The records whose legcare day lies from ``first`` to ``last``.

    Tracked spans are cut to it.
    """
    kept: list[Record] = []
    for record in log.records:
        if isinstance(record, Mark):
            if record.first_day <= last and (record.last_day or last) >= first:
                kept.append(record)
            continue
        if isinstance(record, TrackedSpan):
            begin, end = max(first, record.first_day), min(last, record.last_day)
            if begin <= end:
                kept.append(record.model_copy(update={"first_day": begin, "last_day": end}))
            continue
        day = (
            record.day
            if isinstance(record, Reading)
            else legcare_day(record.at, preferences.day_start)
        )
        if first <= day <= last:
            kept.append(record)
    return Log(tuple(kept), log.own_factors, log.preferred)


def exploring(view: View) -> bool:
    """Whether nothing that is entered now will be kept."""
    return view.visitor.mode is Mode.EXPLORE
