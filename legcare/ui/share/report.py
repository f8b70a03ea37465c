"""The report to hand over: what shall stand in it, and the two files to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import is_over
from legcare.charts.chart import Chart
from legcare.charts.experiment import answer_chart, blocks_chart
from legcare.records.experiment import Experiment
from legcare.reports.html import PARTS, Report, report
from legcare.ui.experiment.store import answer_of, experiments
from legcare.ui.parts.download import download_button
from legcare.ui.shell.formats import later
from legcare.ui.shell.session import View

EXPERIMENTS = "experiments"
TITLES = {**PARTS, EXPERIMENTS: "Finished experiments"}


def report_card(view: View) -> None:
    """Choose what the report shows, and take it as one page and as the numbers behind it."""
    st.header("A report to hand over", anchor=False)
    st.markdown(
        "One file that opens without a network and prints on about four pages: what this log says,"
        " how sure it is, and what to watch for. It covers the period chosen in the sidebar"
        f" ({view.period.lower()})."
    )
    shared = view.visitor.shared
    offered = list(PARTS) if shared else list(TITLES)
    parts = st.pills(
        "What it shows",
        offered,
        selection_mode="multi",
        default=offered,
        format_func=TITLES.__getitem__,
        key="report-parts",
    )
    name = (
        shared.grant.name
        if shared
        else st.text_input("Whose log it is (may stay empty)", key="report-name")
    )
    _downloads(view, tuple(parts), (name or "").strip())


def _downloads(view: View, parts: tuple[str, ...], name: str) -> None:
    work = later(view.formats, lambda: report_of(view, parts, name))

    def made() -> Report:
        return view.once(("report", parts, name), work)

    file = f"legcare-report-{view.today:%Y-%m-%d}"
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


def report_of(view: View, parts: Sequence[str], name: str) -> Report:
    """The report on what is looked at; a coach's says what was left out of it."""
    shared = view.visitor.shared
    left_out = list(shared.left_out()) if shared else []
    charts: list[Chart] = []
    if EXPERIMENTS in parts:
        charts, broken = finished(view)
        left_out += broken
    return report(
        view.log,
        view.preferences,
        made_on=view.today,
        name=name,
        parts=parts,
        left_out=left_out,
        more=charts,
    )


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
