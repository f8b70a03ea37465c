"""The report to hand over: one HTML file that opens without a network.

One page for a doctor, then the cramps one by one and a few static pictures.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from legcare import days as tables
from legcare.analysis.doctor import doctor_facts
from legcare.analysis.nights import last_nights
from legcare.analysis.safety import notices, safety_text
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.nights import night_strip
from legcare.charts.paper import clock_bars, month_bars
from legcare.charts.svg import Drawing
from legcare.records import Log, Preferences
from legcare.reports.csv import to_csv
from legcare.reports.first_page import (
    Cover,
    asked_rows,
    cramp_line,
    fact_rows,
    mark_rows,
    stretch_table,
    tried_rows,
)

PARTS = {"frequency": "Months", "calendar": "Nights", "timing": "Hours", "cramps": "Every cramp"}
STRIP = 84  # nights of the strip


@dataclass(frozen=True)
class Material:
    """A log as a report reads it: its frames, made once."""

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
    cover: Cover,
    *,
    parts: Sequence[str] = tuple(PARTS),
    more: Sequence[Chart] = (),
) -> Report:
    """The report on a log (or on the part of it that may be seen).

    ``parts`` are those that follow the first page, ``more`` further charts (a finished experiment);
    a chart that needs a library to be drawn stands there as its sentence.
    """
    material = Material(log, preferences)
    pictures = [_CHARTS[part](material) for part in _CHARTS if part in parts and log.cramps]
    charts = (*pictures, *more)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            cover=cover,
            made_on=say.day_words(cover.made_on),
            first=_first_page(material, cover),
            charts=[{"chart": chart, "picture": _picture(chart)} for chart in charts],
            cramps=[cramp_line(c) for c in reversed(log.cramps)] if "cramps" in parts else [],
            banner=safety_text().banner,
        )
    )
    return Report(page, charts)


def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True)


def _first_page(material: Material, cover: Cover) -> dict[str, object]:
    log, days, start = material.log, material.days, material.preferences.day_start
    facts = doctor_facts(log, days, day_start=start)
    return {
        "stretches": stretch_table(facts) if facts else [],
        "facts": fact_rows(facts) if facts and log.cramps else [],
        "tried": list(tried_rows(log, facts, days, start)) if facts else [],
        "marks": mark_rows(log.marks),
        "asked": asked_rows(cover.answers),
        "notices": notices(days, material.cramps),
    }


def _picture(chart: Chart) -> Markup:
    return Markup("").join(chart.figure.panels) if isinstance(chart.figure, Drawing) else Markup("")


def _strip(material: Material) -> Chart:
    days = material.days
    newest = pd.Timestamp(days.index[-1]).date()
    start = material.preferences.day_start
    nights = last_nights(material.log, days, day_start=start, today=newest, length=STRIP)
    if nights is None:
        raise ValueError("a log with cramps has days")
    return night_strip(nights)


_CHARTS: Mapping[str, Callable[[Material], Chart]] = {
    "frequency": lambda material: month_bars(material.days),
    "calendar": _strip,
    "timing": lambda material: clock_bars(material.cramps),
}
