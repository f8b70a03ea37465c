"""When to get help, and when not to massage: the text that every page's footer leads to."""

from __future__ import annotations

import streamlit as st

from legcare.ui.safety.notices import quiet_line
from legcare.ui.safety.text import show_safety
from legcare.ui.shell.page import begin

view = begin("safety", needs="")
st.markdown(
    "This dashboard keeps a diary. It does not diagnose and does not replace a doctor, midwife or"
    " pharmacist."
)
quiet_line(view)
show_safety()
