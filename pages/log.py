"""Every record: the calendar of days, the table, edit, delete and undo."""

from __future__ import annotations

import streamlit as st

from legcare.records import Record, TrackedSpan
from legcare.ui.forms import keep_edit, record_form
from legcare.ui.log.days import settle_days
from legcare.ui.log.many import delete_source, mend_many
from legcare.ui.log.recent import recent_changes
from legcare.ui.parts.records import KINDS, WHEN, record_frame
from legcare.ui.parts.tables import columns, shown
from legcare.ui.shell.menu import link
from legcare.ui.shell.page import begin
from legcare.ui.shell.saving import remove, save
from legcare.ui.shell.session import View


def table(view: View) -> list[Record]:
    """The table of one kind of record; gives the picked ones."""
    kind = st.segmented_control(
        "Kind",
        list(KINDS),
        default="cramp",
        required=True,
        format_func=KINDS.__getitem__,
        key="kind",
        bind="query-params",
    )
    records = [r for r in view.log.records if r.type == kind]
    if not records:
        empty_kind(view, KINDS[kind].lower())
        return []
    frame, records = record_frame(records, view.formats, view.whole.factors)
    picked = st.dataframe(
        shown(frame),
        column_config=columns(frame, moments=(WHEN,)),
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="multi-row",
        key=f"table-{kind}",
        alt=f"{len(records)} {KINDS[kind].lower()}, newest first",
    )
    st.markdown("Pick a row to change or delete it.")
    return [records[row] for row in picked["selection"]["rows"] if row < len(records)]


def empty_kind(view: View, name: str) -> None:
    """Say what will stand here, and the ways to get there."""
    with st.container(border=True, key="empty-kind"):
        st.markdown(
            f"There are no {name} in the chosen period. Each one will be a row here, to be changed"
            " or deleted."
        )
        with st.container(horizontal=True):
            link(view, "today", "Log something")
            link(view, "upload", "Upload a file")


def change(view: View, picked: list[Record]) -> None:
    """Edit one record or delete the picked ones."""
    if not picked:
        return
    if len(picked) == 1:
        edited = record_form(view, picked[0], key=f"log-{picked[0].id}", button="Save changes")
        if edited is not None and keep_edit(edited, f"{KINDS[edited.new.type]}: one entry changed"):
            st.rerun()
    mend_many(view, picked)
    count = "this entry" if len(picked) == 1 else f"these {len(picked)} entries"
    if st.button(f"Delete {count}", icon=":material/delete:", key="delete"):
        remove([record.id for record in picked], f"{len(picked)} deleted")
        st.rerun()


view = begin(
    "log",
    "Every day and every entry. Days you did not log stay unknown; they never count as zero.",
    writes=True,
    needs="",
)
spans = settle_days(view)
if spans:
    save(
        [TrackedSpan(first_day=first, last_day=last) for first, last in spans],
        "Days settled as logged",
    )
    st.rerun()
st.header("Entries", anchor=False)
change(view, table(view))
delete_source(view)
recent_changes(view)
