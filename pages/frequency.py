"""How often.

Cramps a week with interval, where and how bad, before and after a date, and what unlogged days
leave.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from legcare.analysis.missing import missing_days
from legcare.charts import frequency as charts
from legcare.charts.calendar import calendar_chart
from legcare.ui.benefits.answer import forecast_line
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.glossary import hint
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View

LEAD = "How often you have cramps, counted over the days on which you were logging."
TABS = ["Over time", "Where and how bad", "Before and after", "Unlogged days"]


def over_time(view: View) -> None:
    """The rolling rate, the calendar and the months."""
    st.header("Over time", anchor=False, help=hint("rate", "95 % interval", "tracked day", "trend"))
    chart_card(view.once("weekly", lambda: charts.weekly_chart(view.days)))
    chart_card(
        view.once(
            "calendar",
            lambda: calendar_chart(view.log, view.shown_days, day_start=view.preferences.day_start),
        )
    )
    chart_card(view.once("trend", lambda: charts.trend_chart(view.days, view.today)))


def where_and_how_bad(view: View) -> None:
    """Rates by severity and by place."""
    st.header("Where and how bad", anchor=False, help=hint("rate", "95 % interval"))
    chart_card(view.once("severity", lambda: charts.severity_chart(view.days, view.cramps)))
    chart_card(view.once("place", lambda: charts.place_chart(view.days, view.cramps)))


def before_and_after(view: View) -> None:
    """A date that the person picks, and the warning about what doing nothing looks like."""
    st.header("Before and after", anchor=False, help=hint("before and after", "times as many"))
    days = view.days.index
    if len(days) < 3:
        st.info(
            "Two weeks of tracked days are the least that can be set against each other; your log"
            " is younger."
        )
        return
    first, last = days[0].date(), days[-1].date()
    picked = st.date_input(
        "The day something new began",
        value=first + (last - first) / 2,
        min_value=first,
        max_value=last,
        format=view.formats.date_input,
        key="change-on",
        bind="query-params",
        help=(
            "Pick the day before you look at the picture: for example when you began to massage"
            " every evening."
        ),
    )
    if isinstance(picked, date):
        chart_card(charts.change_chart(view.days, picked))


def unlogged_days(view: View) -> None:
    """What the days without a log leave open, beside what counting them as zero would say."""
    st.header("Unlogged days", anchor=False, help=hint("missing days", "tracked day"))
    found = view.once("missing", lambda: missing_days(view.days))
    if not found.logged.shown:
        st.info(f"{found.logged.refusal} Still needed: {found.logged.still_needed}.")
        return
    chart_card(charts.unlogged_chart(found))


view = begin("frequency", LEAD)
forecast_line(view)
parts = (over_time, where_and_how_bad, before_and_after, unlogged_days)
for tab, draw in zip(
    st.tabs(TABS, on_change="rerun", key="frequency-part", bind="query-params"), parts, strict=True
):
    with tab:
        if tab.open:
            draw(view)
