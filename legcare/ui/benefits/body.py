"""The body map with its month, its click and its keyboard way.

Choosing a place filters the cramps shown below it.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from legcare.analysis.benefits.places import PLACES, place_bouts, place_table, placed, unplaced
from legcare.charts.body_map import body_map
from legcare.ui.parts.card import Picking, chart_card
from legcare.ui.parts.tables import columns
from legcare.ui.shell.session import View

EVERY_MONTH, EVERY_PLACE = "All months", "All places"
MAP, PLACE = "body-map", "body-place"
NAMES = {f"{side.capitalize()} {muscle}": (muscle, side) for muscle, side in PLACES}


def body_card(view: View) -> None:
    """Month slider, map, the same as a table, and the cramps of the chosen place."""
    cramps, tender = view.cramps, view.tender
    months = [EVERY_MONTH, *sorted(cramps["at"].dt.strftime("%Y-%m").unique())]
    with st.container(key="body"):
        month = (
            st.select_slider("Month", months, key="body-month") if len(months) > 2 else EVERY_MONTH
        )
        if month != EVERY_MONTH:
            cramps, tender = (
                frame[frame["at"].dt.strftime("%Y-%m") == month] for frame in (cramps, tender)
            )
        _take_click()
        name = st.selectbox(
            "Place",
            [EVERY_PLACE, *NAMES],
            key=PLACE,
            help="The same as clicking a region of the map.",
        )
        found = place_bouts(cramps)
        chart = body_map(
            place_table(cramps, tender),
            bouts=found["bout"].nunique(),
            unplaced=unplaced(cramps),
            chosen=NAMES.get(name),
        )
        chart_card(chart, picking=Picking(MAP))
        if name in NAMES:
            _cramps_there(placed(cramps), name)


def _take_click() -> None:
    """A region clicked on the map becomes the chosen place.

    A later choice in the list wins again.
    """
    state = st.session_state.get(MAP)
    points = state["selection"]["points"] if state else []
    clicked = (
        tuple(points[0]["customdata"][1:3])
        if points and len(points[0].get("customdata", ())) >= 3
        else None
    )
    if clicked and clicked != st.session_state.get("body-clicked"):
        st.session_state[PLACE] = f"{str(clicked[1]).capitalize()} {clicked[0]}"
    st.session_state["body-clicked"] = clicked


def _cramps_there(cramps: pd.DataFrame, name: str) -> None:
    muscle, side = NAMES[name]
    there = cramps[(cramps["muscle"] == muscle) & (cramps["side"] == side)]
    st.markdown(f"**{name}**: {len(there)} cramps.")
    if len(there):
        shown = there[["at", "severity", "minutes", "context"]].sort_values("at", ascending=False)
        st.dataframe(
            shown,
            column_config=columns(shown),
            hide_index=True,
            key="body-cramps",
            alt=f"The cramps in the {name.lower()}, latest first",
        )
