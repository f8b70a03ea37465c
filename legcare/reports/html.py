"""The report to hand over: one HTML file that opens without a network and prints on a few pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader

from legcare import days as tables
from legcare.analysis.benefits import Material, seven_benefits
from legcare.analysis.frequency import cramp_rate
from legcare.analysis.headline import headline
from legcare.analysis.safety import notices, safety_text
from legcare.charts import sentences as say
from legcare.charts.associations import forest_chart
from legcare.charts.benefits import forest
from legcare.charts.calendar import calendar_chart
from legcare.charts.chart import Chart
from legcare.charts.frequency import weekly_chart
from legcare.charts.timing import clock_chart
from legcare.charts.web import drawn, library
from legcare.records import Log, Preferences
from legcare.reports.csv import to_csv

PARTS = {
    "frequency": "How often",
    "calendar": "Day by day",
    "timing": "When",
    "associations": "What goes with it",
    "benefits": "Seven claims about massage",
}


@dataclass(frozen=True)
class Told:
    """A log as a report looks at it: its frames, made once."""

    log: Log
    preferences: Preferences

    @cached_property
    def days(self) -> pd.DataFrame:
        """The day table."""
        return tables.day_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def cramps(self) -> pd.DataFrame:
        """The cramp table."""
        return tables.cramp_table(self.log, day_start=self.preferences.day_start)

    @cached_property
    def material(self) -> Material:
        """The frames that the seven benefits are read from."""
        start = self.preferences.day_start
        return Material(
            self.days,
            self.cramps,
            tables.massage_table(self.log, day_start=start),
            tables.tender_table(self.log, day_start=start),
            tables.workout_table(self.log, day_start=start),
            start,
        )


@dataclass(frozen=True)
class Report:
    """A finished report: the page, and the charts in it by the name of their CSV."""

    html: str
    charts: tuple[Chart, ...]

    def csv_zip(self) -> bytes:
        """The numbers behind the charts: one CSV each, in a ZIP."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for chart in self.charts:
                archive.writestr(f"{chart.name}.csv", to_csv(chart.data))
        return out.getvalue()


def report(
    log: Log,
    preferences: Preferences,
    *,
    made_on: date,
    name: str = "",
    parts: Sequence[str] = tuple(PARTS),
    left_out: Sequence[str] = (),
    more: Sequence[Chart] = (),
) -> Report:
    """The report on a log (or on the part of it that may be seen).

    ``name`` is whose log it is, ``left_out`` what the reader does not see, ``more`` further charts
    (a finished experiment). A part that the log cannot answer yet says what is missing.
    """
    told = Told(log, preferences)
    charts = (
        (*(_CHARTS[part](told) for part in PARTS if part in parts), *more)
        if log.cramps
        else tuple(more)
    )
    return Report(_page(told, charts, made_on=made_on, name=name, left_out=left_out), charts)


def _page(
    told: Told, charts: Sequence[Chart], *, made_on: date, name: str, left_out: Sequence[str]
) -> str:
    folder = Path(__file__).parent / "templates"
    template = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template(
        "report.html"
    )
    index = told.days.index
    period = (
        f"{say.day_words(index[0])} to {say.day_words(index[-1])}" if len(index) else "no days yet"
    )
    return template.render(
        name=name,
        made_on=say.day_words(made_on),
        period=period,
        rate=say.rate_sentence(cramp_rate(told.days)),
        charts=[
            {"chart": chart, "drawn": drawn(chart, name=f"chart-{n}")}
            for n, chart in enumerate(charts)
        ],
        left_out=left_out,
        notices=notices(told.days, told.cramps),
        banner=safety_text().banner,
        library=library() if charts else "",
    )


def _associations(told: Told) -> Chart:
    return forest_chart(headline(told.days))


_CHARTS: Mapping[str, Callable[[Told], Chart]] = {
    "frequency": lambda told: weekly_chart(told.days),
    "calendar": lambda told: calendar_chart(
        told.log, told.days, day_start=told.preferences.day_start, weeks=26
    ),
    "timing": lambda told: clock_chart(told.cramps),
    "associations": _associations,
    "benefits": lambda told: forest(seven_benefits(told.material)),
}
