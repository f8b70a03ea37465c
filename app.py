"""Builds the application: ``streamlit run app.py``. Everything on screen starts in ``legcare/ui/frame.py``."""

from pathlib import Path

import streamlit as st

from legcare.ui.server import explain, middleware, routes

app = st.App(
    Path(__file__).parent / "legcare" / "ui" / "frame.py",
    routes=routes(),
    middleware=middleware(),
    on_script_error=explain,
)
