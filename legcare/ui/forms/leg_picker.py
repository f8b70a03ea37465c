"""The picture of the legs to point at.

Works by finger, mouse and keyboard, and loads no chart library.

A chart is not used here. On a touch screen the chart library tells which point was tapped *before*
the last one, and its script weighs more than the rest of the page: both are too much for somebody
with a cramp at night.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

import streamlit as st

from legcare.charts.leg_drawing import Where, leg_drawing
from legcare.records import Muscle, Place, Side

NAME, HTML = "legcare.legs", '<div class="leg-picker"></div>'


def leg_picker(
    chosen: Collection[Where],
    sore: Collection[Where],
    pointed: Callable[[Place], None],
    *,
    words: tuple[str, str],
) -> None:
    """Draw both legs.

    ``pointed`` is called with the place that was pointed at, before the page runs again.

    ``words`` say aloud what a chosen and what a sore place is.
    """
    state = st.session_state

    def told() -> None:
        place = state[NAME].get("pointed")
        if place:
            muscle, side = place.split()
            pointed(Place(muscle=Muscle(muscle), side=Side(side)))

    # Registered at each drawing: a component belongs to the running server, and knowing it already
    # costs nothing. Not isolated: a dialog's Tab key steps over whatever stands in a shadow root.
    legs = st.components.v2.component(
        NAME, html=HTML, css=_text("css"), js=_text("js"), isolate_styles=False
    )
    data = {
        **leg_drawing(chosen, sore),
        "label": "Both legs, front and back",
        "words": dict(zip(("chosen", "sore"), words, strict=True)),
    }
    legs(key=NAME, data=data, on_pointed_change=told)


@cache
def _text(ending: str) -> str:
    return Path(__file__).with_suffix(f".{ending}").read_text(encoding="utf-8")
