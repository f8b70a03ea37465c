"""The report to hand over: what shall stand in it, and the two files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from legcare.analysis.doctor import QUESTIONS
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import is_over
from legcare.charts.chart import Chart
from legcare.charts.experiment import answer_chart, blocks_chart
from legcare.records.experiment import Experiment
from legcare.reports.first_page import Cover
from legcare.reports.html import PARTS, Report, report
from legcare.ui.experiment.store import answer_of, experiments
from legcare.ui.parts.download import download_button
from legcare.ui.shell.formats import later
from legcare.ui.shell.session import View

EXPERIMENTS = "experiments"
TITLES = {**PARTS, EXPERIMENTS: "Finished experiments"}


def report_card(view: View) -> None:
    """Write the question, answer what a doctor asks, and take one page with its appendix."""
    st.header("For your doctor", anchor=False)
    st.markdown(
        "One page to hand over: how often, where, when, how bad, what you tried. It covers the"
        f" period chosen in the sidebar ({view.period.lower()}). Open the file and print it."
    )
    cover = _cover(view)
    shared = view.visitor.shared
    offered = list(PARTS) if shared else list(TITLES)
    parts = st.pills(
        "After the first page",
        offered,
        selection_mode="multi",
        default=offered,
        format_func=TITLES.__getitem__,
        key="report-parts",
    )
    _downloads(view, tuple(parts), cover)


def _cover(view: View) -> Cover:
    """What no log holds; a coach types nothing for the person."""
    shared = view.visitor.shared
    if shared:
        return Cover(view.today, shared.grant.name)
    question = st.text_area("Your question", max_chars=300, height="content", key="report-question")
    name = st.text_input("Your name and age (may stay empty)", max_chars=100, key="report-name")
    since = st.text_input("Cramps since (may stay empty)", max_chars=100, key="report-since")
    with st.expander("What a doctor will ask", expanded=False):
        st.markdown("How it is today. What you leave open stands there as not asked.")
        answers = {key: _yes_or_no(key, text) for key, text in QUESTIONS.items()}
    known = {key: answer == "Yes" for key, answer in answers.items() if answer}
    return Cover(view.today, name.strip(), question.strip(), since.strip(), known)


def _yes_or_no(key: str, text: str) -> str | None:
    return st.segmented_control(text, ("Yes", "No"), key=f"report-{key}")


def _downloads(view: View, parts: tuple[str, ...], cover: Cover) -> None:
    work = later(view.formats, lambda: report_of(view, parts, cover))
    asked = (cover.name, cover.question, cover.since, *sorted(cover.answers.items()))

    def made() -> Report:
        return view.once(("report", parts, asked), work)

    file = f"legcare-for-your-doctor-{view.today:%Y-%m-%d}"
    with st.container(horizontal=True):
        download_button(
            "Report (HTML)",
            make=lambda: made().html,
            file_name=f"{file}.html",
            mime="text/html",
            icon=":material/description:",
            key="report-html",
        )
        download_button(
            "Its numbers (CSV in a ZIP)",
            make=lambda: made().csv_zip(),
            file_name=f"{file}.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            key="report-zip",
        )


def report_of(view: View, parts: Sequence[str], cover: Cover) -> Report:
    """The report on the chosen period; what a coach may not see, or nobody can read, is named."""
    charts, broken = finished(view) if EXPERIMENTS in parts else ([], [])
    shared = view.visitor.shared
    cover = replace(cover, left_out=(*(shared.left_out() if shared else ()), *broken))
    return report(view.log, view.preferences, cover, parts=parts, more=charts)


def finished(view: View) -> tuple[list[Chart], list[str]]:
    """The charts of every finished experiment, and a sentence for each unreadable one."""
    charts: list[Chart] = []
    broken: list[str] = []
    try:
        over = [each for each in experiments(view) if is_over(each, view.today)]
    except BrokenSeal as changed:
        return [], [str(changed)]
    for number, experiment in enumerate(reversed(over), start=1):
        try:
            charts += _charts(view, experiment, number)
        except BrokenSeal as changed:
            broken.append(f"Experiment {number} is left out. {changed}")
    return charts, broken


def _charts(view: View, experiment: Experiment, number: int) -> list[Chart]:
    plan, found = experiment.plan, answer_of(view, experiment)
    title = f"Experiment {number}: {plan.a}, against {plan.b}"
    charts = [replace(answer_chart(found, plan), name=f"experiment-{number}-answer", title=title)]
    if len(found.blocks):
        blocks = blocks_chart(found, plan)
        charts.append(
            replace(
                blocks,
                name=f"experiment-{number}-blocks",
                title=f"Experiment {number}, block by block",
            )
        )
    return charts
