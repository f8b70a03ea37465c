"""Many entries in one go: a whole source deleted, or one field of the picked entries mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st
from pydantic import ValidationError

from legcare.importers.counted import counted
from legcare.importers.tables import options_for
from legcare.records import Clock, Record
from legcare.ui.shell.saving import remove, save_all
from legcare.ui.shell.session import View

# The fields that a person may set alike for many entries, by kind of record.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "cramp": ("side", "muscle", "context", "clock", "note"),
    "massage": ("method", "reason", "oil", "clock", "note"),
    "workout": ("kind", "clock", "note"),
    "mark": ("note",),
}


def mend_many(view: View, picked: Sequence[Record]) -> None:
    """Set one field of all picked entries to the same value, as one change with its undo."""
    fields = FIELDS.get(picked[0].type, ()) if len(picked) > 1 else ()
    if not fields:
        return
    with st.form("mend-many", border=True):
        st.markdown(f"**Set one thing in all {len(picked)} entries**")
        field = st.selectbox("What", fields, format_func=_label)
        choices = _choices(field)
        if choices:
            value = st.selectbox("To", list(choices), format_func=choices.__getitem__)
        else:
            value = st.text_input("To")
        sent = st.form_submit_button("Set it in all of them", icon=":material/edit:")
    if sent:
        try:
            changed = [set_field(record, field, value) for record in picked]
        except ValidationError:
            st.error("This value does not fit the entries. Choose another.")
            return
        save_all(changed, f"{_label(field)} set in {counted(len(changed), 'entry', 'entries')}")
        st.rerun()


def _label(field: str) -> str:
    return {"clock": "How well the time is known"}.get(field, field.replace("_", " ").capitalize())


def _choices(field: str) -> dict[str, str]:
    if field == "clock":
        return {word.value: word.label for word in Clock}
    if field == "kind":
        return {kind: kind.capitalize() for kind in ("run", "ride", "walk", "swim", "strength")}
    return options_for(field)


def set_field(record: Record, field: str, value: object) -> Record:
    """The same entry with one field set. Raises ``ValidationError`` for what does not fit."""
    more = {"kind_text": ""} if field == "kind" else {}
    return type(record).model_validate({**record.model_dump(), **more, field: value})


def delete_source(view: View) -> None:
    """Delete everything that one file or program told, as one change with its undo."""
    sources = Counter(record.source for record in view.whole.records)
    sources.pop("entered", None)
    if not sources:
        return
    st.header("Everything of one source", anchor=False)
    with st.form("delete-source", border=True):
        source = st.selectbox(
            "Source",
            sorted(sources),
            index=None,
            placeholder="Choose a file or program",
            format_func=lambda name: f"{name} ({counted(sources[name], 'entry', 'entries')})",
        )
        sent = st.form_submit_button("Delete all of it", icon=":material/delete:")
    if sent and source is not None:
        ids = [record.id for record in view.whole.records if record.source == source]
        remove(ids, f"Everything of {source} deleted"[:180])
        st.rerun()
