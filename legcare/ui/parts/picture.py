"""A small picture on a page: no chart library, the colours of the page, words on hover."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from legcare.charts.svg import Drawing

NAME, HTML = "legcare.picture", '<div class="picture" role="img"></div>'


def show_picture(drawing: Drawing, label: str, *, key: str) -> None:
    """Draw the panels; ``label`` says the same to a screen reader."""
    # Registered at each drawing: a component belongs to the running server, and knowing it already
    # costs nothing.
    picture = st.components.v2.component(NAME, html=HTML, css=_text("css"), js=_text("js"))
    picture(
        key=key,
        width="content",
        data={"panels": [str(panel) for panel in drawing.panels], "label": label},
    )


@cache
def _text(ending: str) -> str:
    return Path(__file__).with_suffix(f".{ending}").read_text(encoding="utf-8")
