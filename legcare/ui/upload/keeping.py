"""Keeping everything at once, and taking an import back, later too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import streamlit as st

from legcare.importers.counted import counted, kinds_counted
from legcare.importers.tables import TableMapping, fingerprint
from legcare.records import Factor, Preferences, Record, TrackedSpan, written
from legcare.storage.logbook import ImportSettings
from legcare.ui.parts.text import plain
from legcare.ui.shell.menu import link
from legcare.ui.shell.saving import offer_undo, undo, writable
from legcare.ui.shell.session import View, current_view
from legcare.ui.upload.outcome import Outcome
from legcare.ui.upload.parts import CELL_WORDS, GENERATION, PARTS, REMEMBERED, WORDS
from legcare.ui.upload.stretches import tracked_stretches

IMPORT = "import"


@dataclass(frozen=True)
class Plan:
    """What the button will keep.

    Records once each, own factors they need, mappings and words for the next time.
    """

    records: tuple[Record, ...]
    label: str
    own_factors: tuple[Factor, ...]
    mappings: tuple[tuple[str, TableMapping], ...]
    preferences: Preferences | None = None
    words: tuple[tuple[str, str], ...] = ()


def plan_of(outcomes: Sequence[Outcome], spans: Sequence[TrackedSpan] = ()) -> Plan:
    """Everything of all parts, each record once."""
    records: dict[UUID, Record] = {
        record.id: record for outcome in outcomes for record in outcome.records
    }
    records |= {span.id: span for span in spans}
    counts = Counter(str(record.type) for record in records.values())
    said = kinds_counted(counts)
    names = ", ".join(dict.fromkeys(outcome.part.file for outcome in outcomes))
    factors = {factor.key: factor for outcome in outcomes for factor in outcome.found.own_factors}
    mappings = tuple(
        (f"{REMEMBERED}{fingerprint(part.table)}", part.mapping)
        for part in (outcome.part for outcome in outcomes)
        if part.table is not None and part.mapping is not None
    )
    words = {word: kind for outcome in outcomes for word, kind in outcome.part.words.items()}
    return Plan(
        tuple(records.values()),
        f"Imported {said} from {names}"[:180],
        tuple(factors.values()),
        mappings,
        words=tuple(words.items()),
    )


def settings_of(outcomes: Sequence[Outcome]) -> Preferences | None:
    """The settings of an exported log, where one was uploaded and the person wants them."""
    for part in (outcome.part for outcome in outcomes):
        if part.preferences is not None and st.checkbox(
            "Take over the settings in it as well (day start, units, check-in)",
            key=f"upload-{part.key}-settings",
        ):
            return part.preferences
    return None


def keep(plan: Plan) -> None:
    """Keep everything as one change; the next file with the same columns is read the same way."""
    view = current_view()
    settings = ImportSettings(
        plan.own_factors,
        plan.preferences,
        {key: mapping.model_dump(mode="json") for key, mapping in plan.mappings},
        _learned(plan),
    )
    change = writable(view).keep_import(plan.records, settings, label=plan.label, kind=IMPORT)
    offer_undo(view, change)
    st.session_state.pop(PARTS, None)
    st.session_state[GENERATION] = st.session_state.get(GENERATION, 0) + 1


def _learned(plan: Plan) -> dict[str, dict[str, str]]:
    """Words to remember: those of diaries, and those of cells that a person set right."""
    cells = {word: what for _, mapping in plan.mappings for word, what in mapping.words.items()}
    known = {WORDS: dict(plan.words), CELL_WORDS: cells}
    return {name: words for name, words in known.items() if words}


def keep_button(outcomes: Sequence[Outcome], waiting: int, view: View) -> None:
    """The one button that keeps it all, or what is still to be answered."""
    spans, answered = tracked_stretches(outcomes, view)
    plan = replace(plan_of(outcomes, spans), preferences=settings_of(outcomes))
    unanswered = waiting > 0 or not answered
    if unanswered:
        st.info(
            "Answer what stands open here, then everything can be kept.", icon=":material/help:"
        )
    elif not plan.records and plan.preferences is None:
        st.info("There is nothing new to keep.")
        return
    st.button(
        f"Keep {'all ' if len(plan.records) != 1 else ''}{counted(len(plan.records), 'record')}",
        type="primary",
        icon=":material/save:",
        key="upload-keep",
        disabled=unanswered,
        on_click=keep,
        args=(plan,),
    )


def former_imports(view: View) -> None:
    """Every import of this log, newest first, each with its undo."""
    done = [
        change for change in writable(view).changes(500) if change.kind == IMPORT and change.count
    ]
    if not done:
        return
    with st.container(horizontal=True):
        link(view, "frequency", "See how often")
        link(view, "log", "See every record")
    st.header("Former imports", anchor=False)
    for change in done[:50]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            when = change.at.astimezone(view.zone)
            st.markdown(
                f"{plain(change.label)} ({written.whole(change.count)} new, {written.moment(when)})"
            )
            if change.undone:
                st.caption("Undone")
            else:
                st.button(
                    "Undo this import",
                    key=f"undo-import-{change.id}",
                    on_click=undo,
                    args=(change.id,),
                )
