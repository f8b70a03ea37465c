"""What was changed lately, each with its undo: an import can be taken back whole, later too."""

from __future__ import annotations

import streamlit as st

from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import tap, undo, writable
from legcare.ui.shell.session import View


def recent_changes(view: View, *, kind: str = "", limit: int = 20) -> None:
    """List the latest changes (of one kind), newest first, with an undo each."""
    changes = [c for c in writable(view).changes(200) if not kind or c.kind == kind][:limit]
    if not changes:
        return
    with st.expander(f"Recent changes ({len(changes)})", icon=":material/history:"):
        for change in changes:
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"change-{change.id}"
            ):
                when = change.at.astimezone(view.zone)
                st.markdown(f"{view.formats.moment(when)} · {plain(change.label)} · {change.count}")
                if change.undone:
                    st.markdown("undone")
                else:
                    tap("Undo", undo, args=(change.id,), key=f"undo-late-{change.id}")
