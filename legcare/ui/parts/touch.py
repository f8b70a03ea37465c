"""Charts of which parts can be picked, on a touch screen.

A tap picks what it touches, and a finger scrolls past.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def tapped(key: str) -> DeltaGenerator:
    """A place for a chart of which parts are tapped.

    Without it a tap would pick what was tapped before.
    """
    place = st.container(key=f"tapped-{key}", gap=None)
    with place:
        st.components.v2.component("legcare.touch", js=_script())(key=f"touch-{key}")
    return place


@cache
def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
