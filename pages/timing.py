"""When.

The clock of the day, weekdays and months, how bad at which hour, and time since massage or
exercise.
"""

from __future__ import annotations

import streamlit as st

from legcare.analysis.timing import night_share
from legcare.charts import timing as charts
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.glossary import hint
from legcare.ui.shell.page import begin
from legcare.ui.shell.session import View

LEAD = "When your cramps come: by the clock on your wall, on the day they happened."
TABS = ["Clock", "Week and year", "How bad and when", "After massage or exercise"]


def by_the_clock(view: View) -> None:
    """The day as a clock, and night against day."""
    st.header("Clock", anchor=False, help=hint("bout", "95 % interval", "legcare day"))
    chart_card(view.once("clock", lambda: charts.clock_chart(view.cramps)))
    st.markdown(charts.night_sentence(night_share(view.cramps)))


def week_and_year(view: View) -> None:
    """Weekdays and months."""
    st.header("Week and year", anchor=False, help=hint("weekday", "95 % interval"))
    chart_card(view.once("weekday", lambda: charts.weekday_chart(view.days)))
    chart_card(view.once("season", lambda: charts.season_chart(view.days)))


def how_bad(view: View) -> None:
    """Length and severity by hour."""
    st.header("How bad and when", anchor=False, help=hint("95 % interval"))
    for column in ("minutes", "severity"):
        if view.cramps[column].notna().any():
            chart_card(charts.hourly_chart(view.cramps, column=column))
        else:
            st.info(
                f"No cramp has its {column} yet. Add it under Today or Log, and it stands here by"
                " hour of the day."
            )


def since_last(view: View) -> None:
    """Time since the last massage and workout, as a description."""
    st.header("After massage or exercise", anchor=False, help=hint("association"))
    for thing, events in (("massage", view.massages), ("workout", view.workouts)):
        if len(events):
            chart_card(charts.waits_chart(view.cramps, events, view.days, thing=thing))
        else:
            st.info(
                f"No {thing} is logged in this period. Log one, and the time from it to your cramps"
                " stands here."
            )


view = begin("timing", LEAD)
parts = (by_the_clock, week_and_year, how_bad, since_last)
for tab, draw in zip(
    st.tabs(TABS, on_change="rerun", key="timing-part", bind="query-params"), parts, strict=True
):
    with tab:
        if tab.open:
            draw(view)
