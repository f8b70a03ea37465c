"""The address under which others reach this server."""

from __future__ import annotations

import streamlit as st

from legcare.config import config


def here() -> str:
    """Scheme and host of links that are handed out: the setting, else as this browser came."""
    scheme, _, rest = str(st.context.url or "").partition("://")
    return config().address or (f"{scheme}://{rest.split('/')[0]}" if rest else "")
