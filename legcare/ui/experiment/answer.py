"""Reading a finished experiment.

Seal, answer, blocks, checks, what next, and everything to take away.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from legcare.analysis.experiment.plan import BrokenSeal, check_seal
from legcare.analysis.experiment.result import Finding, Result, read_runs, run_of
from legcare.analysis.experiment.schedule import progress
from legcare.analysis.experiment.words import (
    belief_sentence,
    finding_sentence,
    how_it_went,
    stop_sentence,
)
from legcare.charts.experiment import answer_chart, blocks_chart, carry_over_chart
from legcare.records import written
from legcare.records.experiment import ALPHA, INVERSION, Experiment
from legcare.reports.csv import to_csv
from legcare.reports.experiment import as_json, day_rows
from legcare.reports.experiment_folder import NAME, as_folder
from legcare.ui.experiment.planner import question_words, run_again
from legcare.ui.experiment.running import arms_line, seal_line
from legcare.ui.experiment.store import answer_of, current, days
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.download import download_button
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import tap
from legcare.ui.shell.session import View

NEXT = {
    Finding.HELPS: (
        "What next: keep doing it, and log on. To know whether less would do, test that."
    ),
    Finding.NOT_ENOUGH_TO_MATTER: (
        "What next: for this outcome it is not worth its time to you. Do it if you enjoy it, "
        "or test something else."
    ),
    Finding.CANNOT_TELL: (
        "What next: run the same experiment again (the two are then read as one), give it longer,"
        " or choose an outcome that has a value every day."
    ),
}

SPENT = "What the earlier runs could have got wrong is counted, so “helps” is harder to reach."
ALL_SPENT = (
    "This plan has used all of the error that it may make, so a second run would make the size"
    " surer and could hardly add a “helps”."
)


def answer(view: View, experiment: Experiment) -> None:
    """The result of one finished experiment; a broken seal is said and nothing is shown."""
    plan = experiment.plan
    key = str(plan.id)
    st.markdown(f"{arms_line(plan)}, from {written.day(plan.first_day)}.")
    try:
        _seal(experiment)
        found = answer_of(view, experiment)
    except BrokenSeal as broken:
        st.error(str(broken), icon=":material/lock_open:")
        return
    _how_it_ended(experiment, found)
    if found.planned.shown:
        chart_card(answer_chart(found, plan), key=key)
    else:
        st.info(plain(finding_sentence(found.planned, plan)))
    if found.runs > 1:
        st.markdown(f":material/info: {found.runs} runs on this question are read as one. {SPENT}")
    st.markdown(how_it_went(found, progress(experiment, view.today), experiment))
    st.markdown(plain(belief_sentence(experiment)))
    _as_done(found)
    if len(found.blocks):
        chart_card(blocks_chart(found, plan), key=key)
        with st.expander("Did one carry over into the next?", icon=":material/moving:"):
            chart_card(carry_over_chart(found, plan), key=key)
    _what_next(view, experiment, found)
    _take_away(view, experiment, found)


def _how_it_ended(experiment: Experiment, found: Result) -> None:
    """That a planned look, or the person, ended it before its last day."""
    if experiment.stop_look is not None:
        st.info(stop_sentence(experiment), icon=":material/event_available:")
    elif found.ended_early:
        st.info(f"This experiment was ended early. {plain(experiment.ended_why)}")


def _what_next(view: View, experiment: Experiment, found: Result) -> None:
    """What the answer leaves to do, and another run where it could not tell."""
    st.markdown(f"**{NEXT[found.planned.finding]}**")
    if found.planned.finding is Finding.CANNOT_TELL and current(view) is None:
        if experiment.plan.alpha >= ALPHA:
            st.caption(ALL_SPENT)
        key = f"again-{experiment.plan.id}"
        icon = ":material/replay:"
        tap("Run it again", run_again, key=key, args=(experiment,), icon=icon)


def _seal(experiment: Experiment) -> None:
    """The seal, and a field for the one that was written down.

    Raises ``BrokenSeal`` where they differ.
    """
    with st.expander("Lock", icon=":material/lock:"):
        code = st.text_input(
            "Code of the lock as you wrote it down (optional)", key=f"seal-{experiment.plan.id}"
        )
        seal_line(experiment)
    check_seal(experiment, written_down=code)


def _as_done(found: Result) -> None:
    if not found.done.shown:
        st.caption(f"As done: no answer. {found.done.refusal}")
        return
    st.caption(
        "The answer as planned leads: a coin decided it. As done stands beside it, but bad days may"
        " have decided what was done, so it can mislead."
    )


def _take_away(view: View, experiment: Experiment, found: Result) -> None:
    table, today, key = days(view), view.today, str(experiment.plan.id)
    with st.container(horizontal=True):
        if experiment.plan.rules >= INVERSION:
            download_button(
                "The whole experiment, to check (ZIP)",
                make=lambda: as_folder(experiment, table, found),
                file_name=NAME,
                mime="application/zip",
                key=f"folder-{key}",
            )
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


def together(view: View, over: Sequence[Experiment]) -> None:
    """Runs on one question that were planned apart, as one; a planned rerun is one already."""
    for same in alike(over):
        if same[0].plan.previous:
            continue
        try:
            for each in same:
                check_seal(each)
        except BrokenSeal:
            continue
        table, plan = days(view), same[0].plan
        runs = [run_of(each, table, today=view.today) for each in reversed(same)]
        effect = read_runs([run for run in runs if run.pairs])
        if not effect.shown:
            continue
        with st.container(border=True):
            st.subheader("Your experiments on this question, read as one", anchor=False)
            st.markdown(plain(finding_sentence(effect, plan)))
            for caveat in (SPENT, *effect.caveats):
                st.markdown(f":material/info: {caveat}")


def alike(experiments: Sequence[Experiment]) -> list[list[Experiment]]:
    """Groups of two or more experiments with the same A, B and outcome.

    Each group in the order given.
    """
    groups: dict[tuple[str, str, str], list[Experiment]] = {}
    for each in experiments:
        if not each.plan.more:
            groups.setdefault(question_words(each), []).append(each)
    return [group for group in groups.values() if len(group) > 1]
