"""Reading a finished experiment.

Seal, answer, blocks, checks, what next, and everything to take away.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from legcare.analysis.experiment.combine import combined
from legcare.analysis.experiment.plan import BrokenSeal, check_seal
from legcare.analysis.experiment.result import Finding, Result, result
from legcare.analysis.experiment.schedule import is_over, progress
from legcare.analysis.experiment.words import finding_sentence, how_it_went
from legcare.charts.experiment import answer_chart, blocks_chart
from legcare.records import written
from legcare.records.experiment import Experiment
from legcare.reports.csv import to_csv
from legcare.reports.experiment import as_json, day_rows
from legcare.ui.experiment.planner import run_again
from legcare.ui.experiment.running import seal_line
from legcare.ui.experiment.store import current, days
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.download import download_button
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import tap
from legcare.ui.shell.session import View

NEXT = {
    Finding.HELPS: (
        "What next: keep doing A, and log on. If you want to know whether less of it would do, test"
        " that."
    ),
    Finding.NOT_ENOUGH_TO_MATTER: (
        "What next: for this outcome A is not worth its time to you. Do it if you enjoy it, "
        "or test something else."
    ),
    Finding.CANNOT_TELL: (
        "What next: run the same experiment again (the two are then read as one), give it longer,"
        " or choose an outcome that has a value every day."
    ),
}


def answer(view: View, experiment: Experiment) -> None:
    """The result of one finished experiment; a broken seal is said and nothing is shown."""
    plan = experiment.plan
    key = str(plan.id)
    st.markdown(
        f"**A: {plain(plan.a)}** against **B: {plain(plan.b)}**, from"
        f" {written.day(plan.first_day)}."
    )
    try:
        _seal(experiment)
        found = view.once(
            ("experiment", key), lambda: result(experiment, days(view), today=view.today)
        )
    except BrokenSeal as broken:
        st.error(str(broken), icon=":material/lock_open:")
        return
    if found.ended_early:
        st.info(f"This experiment was ended early. {plain(experiment.ended_why)}")
    if found.planned.shown:
        chart_card(answer_chart(found, plan), key=key)
    else:
        st.info(finding_sentence(found.planned, plan))
    st.markdown(how_it_went(found, progress(experiment, view.today), plan))
    _as_done(found)
    if len(found.blocks):
        chart_card(blocks_chart(found, plan), key=key)
    st.markdown(f"**{NEXT[found.planned.finding]}**")
    if found.planned.finding is Finding.CANNOT_TELL and current(view) is None:
        tap(
            "Run it again",
            run_again,
            key=f"again-{key}",
            args=(experiment,),
            icon=":material/replay:",
        )
    _take_away(view, experiment, found)


def _seal(experiment: Experiment) -> None:
    """The seal, and a field for the one that was written down.

    Raises ``BrokenSeal`` where they differ.
    """
    with st.expander("Seal", icon=":material/lock:"):
        kept = st.text_input(
            "Seal as you wrote it down (optional)", key=f"seal-{experiment.plan.id}"
        )
        seal_line(experiment)
    check_seal(experiment, written_down=kept)


def _as_done(found: Result) -> None:
    if not found.done.shown:
        st.caption(f"As done: no answer. {found.done.refusal}")
        return
    st.caption(
        "The answer as planned leads: lots decided it. As done stands beside it, but bad days may"
        " have decided what was done, so it can mislead."
    )


def _take_away(view: View, experiment: Experiment, found: Result) -> None:
    table, today, key = days(view), view.today, str(experiment.plan.id)
    with st.container(horizontal=True):
        download_button(
            "Days (CSV)",
            make=lambda: to_csv(day_rows(experiment, table, today=today)),
            mime="text/csv",
            file_name="legcare-experiment-days.csv",
            key=f"days-{key}",
        )
        download_button(
            "Plan, days and result (JSON)",
            make=lambda: as_json(experiment, table, today=today, result=found),
            file_name="legcare-experiment.json",
            mime="application/json",
            key=f"json-{key}",
        )


def together(view: View, experiments: Sequence[Experiment]) -> None:
    """Finished experiments on the same question, read as one; nothing where there is only one."""
    for same in alike([each for each in experiments if is_over(each, view.today)]):
        try:
            effects = [result(each, days(view), today=view.today).planned for each in same]
        except BrokenSeal:
            continue
        if sum(effect.shown for effect in effects) < 2:
            continue
        plan = same[0].plan
        both = combined(effects, plan.outcome, plan.worthwhile)
        with st.container(border=True):
            st.subheader("Your experiments on this question, read as one", anchor=False)
            st.markdown(f"A: {plain(plan.a)}; B: {plain(plan.b)}.")
            st.markdown(finding_sentence(both, plan))
            for caveat in both.caveats:
                st.markdown(f":material/info: {caveat}")


def alike(experiments: Sequence[Experiment]) -> list[list[Experiment]]:
    """Groups of two or more experiments with the same A, B and outcome.

    Each group in the order given.
    """
    groups: dict[tuple[str, str, str], list[Experiment]] = {}
    for each in experiments:
        words = (
            each.plan.a.strip().casefold(),
            each.plan.b.strip().casefold(),
            each.plan.outcome.column,
        )
        groups.setdefault(words, []).append(each)
    return [group for group in groups.values() if len(group) > 1]
