"""Several sources for one thing: who says what, which of them counts, and the person's choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from legcare.days import DAY, reading_table, source_overlaps
from legcare.importers import Import
from legcare.importers.counted import counted
from legcare.records import Factor, Log, Preferences, Reading, written
from legcare.ui.parts.tables import columns, shown
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import writable
from legcare.ui.shell.session import View, current_view

AUTOMATIC = ""
MOST_SHOWN = 1000
RULE = "what you entered by hand, else the source with the most days"


def overlap_frame(log: Log, factor: str) -> pd.DataFrame:
    """Who reports what where several sources report a factor.

    And which value the log counts for the day.

    Columns: ``Date`` (ISO), ``Source``, ``Value``, ``Counts for the day``; one row per reading,
    newest day first.
    """
    readings = [reading for reading in log.readings if reading.factor == factor]
    told: dict[object, set[str]] = {}
    for reading in readings:
        told.setdefault(reading.day, set()).add(reading.source)
    counting = reading_table(Log(tuple(readings), log.own_factors, log.preferred))
    values = {
        day.date(): value for day, value in zip(counting[DAY], counting["value"], strict=True)
    }
    both = sorted(
        (r for r in readings if len(told[r.day]) > 1), key=lambda r: (-r.day.toordinal(), r.source)
    )
    return pd.DataFrame(
        {
            "Date": [reading.day.isoformat() for reading in both],
            "Source": [reading.source for reading in both],
            "Value": [reading.value for reading in both],
            "Counts for the day": [values[reading.day] for reading in both],
        }
    )


def show_overlaps(found: Import, view: View) -> None:
    """For each factor of an upload that several sources tell on the same day.

    Who says what, and what will count.
    """
    for factor, frame in view.once(("overlaps", id(found)), lambda: _frames(found, view)).items():
        title = plain(_title(factor, view.whole.factors))
        with st.expander(f"{title}: several sources on {counted(frame['Date'].nunique(), 'day')}"):
            st.caption(
                f"One source counts per day, never the sum: {RULE}. Settings lets you choose, later"
                " too."
            )
            _table(frame)


def preferred_sources(view: View) -> None:
    """Let the person choose which source of a factor counts where several overlap."""
    overlaps = view.once("source-overlaps", lambda: source_overlaps(view.whole.readings))
    if not overlaps:
        return
    st.header("Several sources for one thing", anchor=False)
    st.caption(
        f"On days that several sources tell, one counts, never the sum: {RULE}, unless you choose"
        " here."
    )
    for factor, sources in overlaps.items():
        _choice(factor, sources, view)


def chosen(preferences: Preferences, factor: str, source: str) -> Preferences:
    """The preferences with one preferred source for a factor; none of them for ``AUTOMATIC``."""
    others = {key: names for key, names in preferences.preferred_sources.items() if key != factor}
    picked = {factor: (source,)} if source != AUTOMATIC else {}
    return preferences.model_copy(update={"preferred_sources": {**others, **picked}})


def _choice(factor: str, sources: Iterable[str], view: View) -> None:
    now = view.preferences.preferred_sources.get(factor, ())
    options = [AUTOMATIC, *sources]
    first = next((name for name in now if name in options), AUTOMATIC)
    key = f"source-{factor}"
    st.selectbox(
        _title(factor, view.whole.factors),
        options,
        index=options.index(first),
        key=key,
        format_func=lambda name: name or "Automatic",
        on_change=_keep,
        args=(factor, key),
    )
    with st.expander("Who says what"):
        _table(view.once(("overlap", factor), lambda: overlap_frame(view.whole, factor)))


def _keep(factor: str, key: str) -> None:
    view = current_view()
    choice = str(st.session_state[key] or AUTOMATIC)
    writable(view).set_preferences(chosen(view.preferences, factor, choice))
    st.toast("Settings saved")


def _frames(found: Import, view: View) -> dict[str, pd.DataFrame]:
    fresh = [
        record
        for record in found.records
        if isinstance(record, Reading) and record.id not in found.duplicates
    ]
    factors = {reading.factor for reading in fresh}
    held = [reading for reading in view.whole.readings if reading.factor in factors]
    log = Log((*held, *fresh), (*view.whole.own_factors, *found.own_factors), view.whole.preferred)
    return {factor: overlap_frame(log, factor) for factor in source_overlaps(log.readings)}


def _title(factor: str, factors: Mapping[str, Factor]) -> str:
    return factors[factor].label if factor in factors else factor


def _table(frame: pd.DataFrame) -> None:
    st.dataframe(
        shown(frame.head(MOST_SHOWN)),
        column_config=columns(frame),
        hide_index=True,
        width="stretch",
    )
    if len(frame) > MOST_SHOWN:
        st.caption(f"The newest {written.whole(MOST_SHOWN)} of {written.whole(len(frame))} rows.")
