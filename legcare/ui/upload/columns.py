"""What each column is: the proposal with its reason, and a box to say otherwise."""

from __future__ import annotations

import streamlit as st

from legcare.importers.cells.cell import sample
from legcare.importers.counted import counted
from legcare.importers.tables import (
    Doubt,
    Kind,
    Table,
    TableMapping,
    Use,
    fields_of,
    label_of,
    scaled,
    unclear,
)
from legcare.records import Factor
from legcare.ui.parts.text import plain
from legcare.ui.upload.parts import Part

Factors = tuple[Factor, ...]


def settle_columns(part: Part, factors: Factors) -> None:
    """Let the person check what each column of a table is taken for."""
    table, mapping = part.table, part.mapping
    if table is None or mapping is None:
        return
    left = [use for use in mapping.uses if not use.field]
    if left:
        names = ", ".join(plain(table.title(use.column)) for use in left[:12])
        st.markdown(f"Not kept: {names}{' ...' if len(left) > 12 else ''}.")
    kept = len(mapping.uses) - len(left)
    with st.expander(f"{kept} of {counted(len(mapping.uses), 'column')} kept: change one"):
        for use in mapping.uses[:100]:
            _column(part, table, use, factors)


def examples(table: Table, column: int) -> str:
    """Some different cells of a column, as they were written."""
    cells = dict.fromkeys(str(cell)[:24] for cell in sample(table.columns[column]))
    return ", ".join(list(cells)[:3])


def _column(part: Part, table: Table, use: Use, factors: Factors) -> None:
    shown, box = st.columns([2, 3], vertical_alignment="top")
    with shown:
        cells = plain(examples(table, use.column))
        st.markdown(f"**{plain(table.title(use.column))}**  \n:small[{cells}]")
    with box:
        choose_column(part, table, use, factors)
        if use.why:
            st.caption(plain(use.why[:1].upper() + use.why[1:] + "."))


def choose_column(part: Part, table: Table, use: Use, factors: Factors, *, asked: str = "") -> None:
    """The box that says what a column is; ``asked`` is its label where it stands alone."""
    if part.mapping is None:
        return
    options = _options(part.mapping, factors)
    names = {factor.key: factor.title for factor in factors}
    place = "asked" if asked else "column"
    key = f"upload-{part.key}-{part.mapping.kind}-{place}-{use.column}"

    def chosen() -> None:
        field = st.session_state.get(key)
        if part.mapping is not None and field is not None:
            why = "you chose it" if field else "you left it out"
            new = Use(column=use.column, field=field, why=why)
            uses = part.mapping.uses
            new = scaled(new, table, factors, kind=part.mapping.kind, uses=uses)
            part.mapping = _with(part.mapping, new, factors)

    st.selectbox(
        asked or f"What is the column {plain(table.title(use.column))}?",
        options,
        index=None if asked else options.index(use.field) if use.field in options else 0,
        key=key,
        on_change=chosen,
        format_func=lambda field: label_of(field, names),
        label_visibility="visible" if asked else "collapsed",
        placeholder="Nobody knows these words; choose",
    )


def _with(mapping: TableMapping, use: Use, factors: Factors) -> TableMapping:
    """The mapping with another use of a column, and what is open then."""
    changed = mapping.with_use(use)
    if use.field == "what" and changed.kind is not Kind.EVENTS:
        changed = changed.model_copy(update={"kind": Kind.EVENTS, "why": "a column says it"})
    doubts = changed.undecided - {Doubt.UNIT, Doubt.COLUMN}
    if any(unclear(one, factors) for one in changed.uses):
        doubts |= {Doubt.UNIT}
    if any(one.open for one in changed.uses):
        doubts |= {Doubt.COLUMN}
    return changed.model_copy(update={"undecided": frozenset(doubts)})


def _options(mapping: TableMapping, factors: Factors) -> list[str]:
    kept = fields_of(mapping.kind)
    what = ["what"] if mapping.kind is Kind.CRAMPS else []
    measured = [f"factor:{factor.key}" for factor in factors] if mapping.kind is Kind.DAYS else []
    return ["", *what, *kept, *measured]
