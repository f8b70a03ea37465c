"""What a file leaves open, asked with the person's own cells, beside the button that waits."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from legcare.importers.cells.dates import Order
from legcare.importers.cells.numbers import SHORT
from legcare.importers.cells.units import units_for
from legcare.importers.counted import counted
from legcare.importers.tables import (
    Doubt,
    Kind,
    Table,
    TableMapping,
    Use,
    in_unit,
    propose,
    unclear,
    words_of,
)
from legcare.importers.tables.doubts import later
from legcare.importers.tables.scales import target_of
from legcare.records import Factor, written
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View
from legcare.ui.upload.columns import choose_column, examples
from legcare.ui.upload.parts import CELL_WORDS, Part, remembered_words
from legcare.ui.upload.wording import ask_word

Factors = tuple[Factor, ...]
Ask = Callable[[Part, Table, TableMapping, View], None]


def open_questions(uploaded: list[Part], view: View) -> int:
    """Ask all that is still open; how many parts wait for an answer."""
    waiting = [part for part in uploaded if not part.bad and _is_open(part)]
    for part in waiting:
        with st.container(border=True):
            st.markdown(f"**Open in {plain(part.title)}**")
            if part.table is not None and part.mapping is not None:
                for doubt in sorted(part.mapping.undecided):
                    _ASK[doubt](part, part.table, part.mapping, view)
            else:
                _order_of_export(part)
    return len(waiting)


def _is_open(part: Part) -> bool:
    if part.undecided:
        return True
    return part.held is not None and "date order" in part.held[1].undecided and part.order is None


def choose_kind(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    """What the rows are, with the reason where it is known."""
    kinds = list(Kind)
    unsure = Doubt.KIND in mapping.undecided

    def chosen() -> None:
        kind = st.session_state.get(f"upload-{part.key}-kind")
        if kind is not None:
            part.mapping = propose(
                table,
                factors=tuple(view.whole.factors.values()),
                kind=kind,
                words=remembered_words(view, CELL_WORDS),
                today=view.today,
            )
            part.known = False

    st.selectbox(
        "What is a row?" if not unsure else f"What is a row? Its columns: {_names(table)}",
        kinds,
        index=None if unsure else kinds.index(mapping.kind),
        format_func=lambda kind: kind.label,
        placeholder="The file does not say; choose",
        key=f"upload-{part.key}-kind",
        on_change=chosen,
    )
    if not unsure and mapping.why:
        st.caption(f"Taken for this because {plain(mapping.why)}.")


def _names(table: Table) -> str:
    return plain(", ".join(table.title(k) for k in range(min(8, len(table.names)))))


def _answer(part: Part, key: str, doubt: Doubt, field: str) -> None:
    answer = st.session_state.get(key)
    if answer is not None and part.mapping is not None:
        part.mapping = part.mapping.answered(doubt, **{field: answer})


def _key(part: Part, name: object) -> str:
    kind = part.mapping.kind if part.mapping else ""
    return f"upload-{part.key}-{kind}-{name}"


def _order(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    key = _key(part, Doubt.ORDER)
    use = mapping.column_of("at") or mapping.column_of("date")
    cells = f" ({plain(examples(table, use.column))})" if use else ""
    st.radio(
        f"How are the dates{cells} written? The file does not settle it:"
        f" {plain(mapping.order_why)}.",
        list(Order),
        index=None,
        format_func=lambda order: order.label,
        key=key,
        on_change=_answer,
        args=(part, key, Doubt.ORDER, "order"),
    )


def _order_of_export(part: Part) -> None:
    key = f"upload-{part.key}-order"

    def chosen() -> None:
        part.order = st.session_state.get(key)

    st.radio(
        "How are the dates written? The file does not settle it.",
        list(Order),
        index=None,
        format_func=lambda order: order.label,
        key=key,
        on_change=chosen,
    )


def _decimal(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    key = _key(part, Doubt.DECIMAL)
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
        on_change=_answer,
        args=(part, key, Doubt.DECIMAL, "decimal"),
    )


def _units(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    factors = tuple(view.whole.factors.values())
    for use in mapping.uses:
        if unclear(use, factors):
            _unit(part, table, use, factors)


def _unit(part: Part, table: Table, use: Use, factors: Factors) -> None:
    target = target_of(use.field, factors)
    lengths = {SHORT: "minutes:seconds (22:10 is 22 minutes)", "h:m": "hours:minutes"}
    units = [*(lengths if target == "min" else ()), *units_for(target)]
    key = _key(part, f"unit-{use.column}-{use.field}")

    def chosen() -> None:
        unit = st.session_state.get(key)
        if unit and part.mapping is not None:
            plainly = use.model_copy(update={"unit": "", "why": "you chose the unit"})
            changed = part.mapping.with_use(in_unit(plainly, unit, factors))
            left = any(unclear(one, factors) for one in changed.uses)
            part.mapping = changed if left else changed.answered(Doubt.UNIT)

    name, cells = plain(table.title(use.column)), plain(examples(table, use.column))
    st.selectbox(
        f"In which unit is {name} written? ({cells})",
        units,
        index=None,
        key=key,
        on_change=chosen,
        placeholder="The file does not say; choose the unit",
        format_func=lambda unit: lengths.get(unit, unit),
    )


def _words(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    factors = tuple(view.whole.factors.values())
    for word in words_of(table, mapping, factors):
        if word.field == "what" and not word.meaning:
            ask_word(part, word, factors)


def _columns(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    for use in mapping.uses:
        if use.open:
            name, cells = plain(table.title(use.column)), plain(examples(table, use.column))
            label = f"What does the column {name} say? ({cells})"
            choose_column(part, table, use, tuple(view.whole.factors.values()), asked=label)


def _future(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    days = later(table, mapping, view.today)
    key = _key(part, Doubt.FUTURE)

    def chosen() -> None:
        if part.mapping is not None and (answer := st.session_state.get(key)):
            latest = view.today if answer == "leave" else None
            part.mapping = part.mapping.answered(Doubt.FUTURE, latest=latest)

    shown = ", ".join(written.day(day) for day in days[:3])
    st.radio(
        f"{counted(len(days), 'date')} in the future: {shown}. Are they right?",
        ["leave", "keep"],
        index=None,
        format_func={"leave": "No, leave those rows out", "keep": "Yes, keep them"}.__getitem__,
        key=key,
        on_change=chosen,
    )


def _nothing(part: Part, table: Table, mapping: TableMapping, view: View) -> None:
    """Nobody asks for the time any more; a mapping of an earlier version may still name it."""


_ASK: dict[Doubt, Ask] = {
    Doubt.KIND: choose_kind,
    Doubt.ORDER: _order,
    Doubt.DECIMAL: _decimal,
    Doubt.UNIT: _units,
    Doubt.WORDS: _words,
    Doubt.COLUMN: _columns,
    Doubt.FUTURE: _future,
    Doubt.TIME: _nothing,
}
