"""What each column is: the proposal with its reason, and a box to say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

import streamlit as st

from legcare.importers.cells.cell import sample
from legcare.importers.cells.units import units_for
from legcare.importers.counted import counted
from legcare.importers.tables import (
    Doubt,
    Kind,
    Order,
    Table,
    TableMapping,
    Use,
    fields_of,
    in_unit,
    label_of,
    propose,
    scaled,
    unclear,
)
from legcare.importers.tables.scales import target_of
from legcare.records import Factor, written
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View
from legcare.ui.upload.parts import Part

Factors = tuple[Factor, ...]


def settle_columns(part: Part, view: View) -> None:
    """Let the person check a table's rows and columns, and answer what the file leaves open."""
    table, mapping = part.table, part.mapping
    if table is None or mapping is None:
        return
    factors = tuple(view.whole.factors.values())
    _kind(part, table, mapping, factors)
    _doubts(part, mapping)
    kept = [use for use in mapping.uses if use.field]
    left = [use for use in mapping.uses if not use.field]
    with st.expander(
        f"{len(kept)} of {counted(len(mapping.uses), 'column')} kept",
        expanded=part.undecided or not part.known,
    ):
        for use in kept:
            _column(part, table, use, factors)
    if left:
        with st.expander(f"{counted(len(left), 'column')} not kept"):
            for use in left[:100]:
                _column(part, table, use, factors)


def _key(part: Part, name: object) -> str:
    kind = part.mapping.kind if part.mapping else ""
    return f"upload-{part.key}-{kind}-{name}"


def _kind(part: Part, table: Table, mapping: TableMapping, factors: Factors) -> None:
    kinds = list(Kind)
    unsure = Doubt.KIND in mapping.undecided

    def chosen() -> None:
        kind = st.session_state.get(f"upload-{part.key}-kind")
        if kind is not None:
            part.mapping, part.known = propose(table, factors=factors, kind=kind), False

    st.selectbox(
        "What is a row?",
        kinds,
        index=None if unsure else kinds.index(mapping.kind),
        format_func=lambda kind: kind.label,
        placeholder="The file does not say; choose",
        key=f"upload-{part.key}-kind",
        on_change=chosen,
    )
    if not unsure and mapping.why:
        st.caption(f"Taken for this because {plain(mapping.why)}.")


def _doubts(part: Part, mapping: TableMapping) -> None:
    for doubt in (Doubt.ORDER, Doubt.DECIMAL, Doubt.TIME):
        if doubt in mapping.undecided:
            _ask(part, mapping, doubt)
    if Doubt.UNIT in mapping.undecided:
        st.warning("The file does not say in which unit a column is written: choose it below.")
    if Doubt.ORDER not in mapping.undecided and mapping.order_why:
        order = (
            f" ({mapping.order.label})"
            if "part" in mapping.order_why or "dots" in mapping.order_why
            else ""
        )
        st.caption(f"Dates{order}: {plain(mapping.order_why)}.")


def _ask(part: Part, mapping: TableMapping, doubt: Doubt) -> None:
    key = _key(part, doubt)

    def chosen() -> None:
        answer = st.session_state.get(key)
        if answer is not None and part.mapping is not None:
            field = {Doubt.ORDER: "order", Doubt.DECIMAL: "decimal", Doubt.TIME: "missing_time"}[
                doubt
            ]
            part.mapping = part.mapping.answered(doubt, **{field: answer})

    if doubt is Doubt.ORDER:
        st.radio(
            f"How are the dates written? The file does not settle it: {plain(mapping.order_why)}.",
            list(Order),
            index=None,
            format_func=lambda order: order.label,
            key=key,
            on_change=chosen,
        )
    elif doubt is Doubt.DECIMAL:
        shown = {
            ".": "1,250 is one thousand two hundred and fifty",
            ",": "1,250 is one and a quarter",
        }
        st.radio(
            f"What is the decimal sign? {plain(mapping.decimal_why)}.",
            list(shown),
            index=None,
            format_func=shown.__getitem__,
            key=key,
            on_change=chosen,
        )
    else:
        st.time_input(
            "Rows without a time of day: keep them at",
            value=None,
            step=1800,
            key=key,
            on_change=chosen,
            format=written.formats().time_input,
            help=(
                "A cramp needs a time. For nights, 03:00 is as good as any; charts by the clock"
                " will show these rows at that time."
            ),
        )
        st.button("Keep them at noon", key=f"{key}-noon", on_click=_noon, args=(part,))


def _noon(part: Part) -> None:
    if part.mapping is not None:
        part.mapping = part.mapping.answered(Doubt.TIME, missing_time=time(12, 0))


def _column(part: Part, table: Table, use: Use, factors: Factors) -> None:
    if part.mapping is None:
        return
    options = _options(part.mapping, factors)
    names = {factor.key: factor.title for factor in factors}
    key = _key(part, f"column-{use.column}")

    def chosen() -> None:
        field = st.session_state.get(key, "")
        if part.mapping is not None:
            new = scaled(
                Use(
                    column=use.column,
                    field=field,
                    why="you chose it" if field else "you left it out",
                ),
                table,
                factors,
            )
            part.mapping = _without_settled(part.mapping.with_use(new), factors)

    shown, box = st.columns([2, 3], vertical_alignment="top")
    with shown:
        cells = ", ".join(
            str(cell)[:24] for cell in list(dict.fromkeys(sample(table.columns[use.column])))[:3]
        )
        st.markdown(f"**{plain(table.title(use.column))}**  \n:small[{plain(cells)}]")
    with box:
        index = options.index(use.field) if use.field in options else 0
        st.selectbox(
            f"What is the column {plain(table.title(use.column))}?",
            options,
            index=index,
            key=key,
            on_change=chosen,
            format_func=lambda field: label_of(field, names),
            label_visibility="collapsed",
        )
        if use.why:
            st.caption(plain(use.why[:1].upper() + use.why[1:] + "."))
        if unclear(use, factors):
            _unit(part, use, factors)


def _options(mapping: TableMapping, factors: Factors) -> list[str]:
    kept = fields_of(mapping.kind)
    measured = [f"factor:{factor.key}" for factor in factors] if mapping.kind is Kind.DAYS else []
    return ["", *kept, *measured]


def _unit(part: Part, use: Use, factors: Factors) -> None:
    target = target_of(use.field, factors)
    units = units_for(target)
    key = _key(part, f"unit-{use.column}-{use.field}")

    def chosen() -> None:
        unit = st.session_state.get(key)
        if unit and part.mapping is not None:
            new = in_unit(
                use.model_copy(update={"unit": "", "why": "you chose the unit"}), unit, factors
            )
            part.mapping = _without_settled(part.mapping.with_use(new), factors)

    st.selectbox(
        "Its unit", units, index=None, key=key, on_change=chosen, placeholder="Choose the unit"
    )


def _without_settled(mapping: TableMapping, factors: Iterable[Factor]) -> TableMapping:
    unsaid = any(unclear(use, tuple(factors)) for use in mapping.uses)
    doubts = mapping.undecided | {Doubt.UNIT} if unsaid else mapping.undecided - {Doubt.UNIT}
    return mapping.model_copy(update={"undecided": doubts})
