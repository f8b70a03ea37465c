"""Builds the application: ``streamlit run app.py``.

Everything on screen starts in ``legcare/ui/shell/frame.py``.
"""

import os
from pathlib import Path

# The matrices of a log are small: threads that wait for each other cost more than they bring.
# Before NumPy is loaded.
for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(library, "1")

import streamlit as st

from legcare.ui.phone.listener import phones
from legcare.ui.shell.server import explain, middleware, routes

app = st.App(
    Path(__file__).parent / "legcare" / "ui" / "shell" / "frame.py",
    routes=routes(),
    middleware=middleware(),
    lifespan=phones,
    on_script_error=explain,
)
