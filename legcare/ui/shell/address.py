"""The address under which others reach this server, and links that stay in their tab."""

from __future__ import annotations

import streamlit as st

from legcare.config import config


def here() -> str:
    """Scheme and host of links that are handed out: the setting, else as this browser came."""
    scheme, _, rest = str(st.context.url or "").partition("://")
    return config().address or (f"{scheme}://{rest.split('/')[0]}" if rest else "")


def link_in_this_tab(label: str, path: str) -> None:
    """A link to an own address that is no page: Streamlit's own would open another tab."""
    st.html(f'<a href="{path}">{label}</a>')
