"""Charts for paper: bars as static pictures, with no script and no library."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import Markup

from legcare.analysis.describe import monthly_rates
from legcare.analysis.frequency import cramp_rate
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.svg import Drawing, panel, tag, text
from legcare.charts.theme import Meaning, colour
from legcare.records import written

WIDTH, HEIGHT, EDGE = 660, 150, 26  # pixels of a picture; of the margin that holds its words
LAST_MONTHS = 24


def month_bars(days: pd.DataFrame) -> Chart:
    """Cramps a week in every month (the last two years), with their 95 % intervals."""
    rates = monthly_rates(days).tail(LAST_MONTHS)
    labels = [f"{month:%b}" if len(rates) > 12 else f"{month:%b %Y}" for month in rates["month"]]
    return Chart(
        name="cramps-by-month",
        title="Cramps a week, month by month",
        figure=_bars(labels, rates["per_week"], (rates["low"], rates["high"])),
        data=rates,
        sentence=say.rate_sentence(cramp_rate(days)),
        caveats=(
            "The lines show the 95 % interval. A month with fewer than 7 logged days has no bar.",
        ),
    )


def clock_bars(cramps: pd.DataFrame) -> Chart:
    """Cramps of every hour of the clock whose time was read."""
    hours = cramps["hour"].dropna().astype(int)
    counts = hours.value_counts().reindex(range(24), fill_value=0)
    table = pd.DataFrame({"hour": counts.index, "cramps": counts.to_numpy()})
    peak = int(counts.to_numpy().argmax())
    sentence = (
        f"Most cramps of one hour came {written.hours(peak, (peak + 1) % 24)}:"
        f" {written.whole(int(counts.iloc[peak]))} of {say.counted(len(hours), 'cramp')} with a"
        " time."
        if len(hours)
        else "No cramp has a time that was read from a clock."
    )
    labels = [str(hour) for hour in counts.index]
    return Chart(
        name="cramps-by-hour",
        title="Cramps by the hour of the day",
        figure=_bars(labels, table["cramps"], None) if len(hours) else Drawing(()),
        data=table,
        sentence=sentence,
    )


def _bars(
    labels: list[str], values: pd.Series, ends: tuple[pd.Series, pd.Series] | None
) -> Drawing:
    """Bars on a line, each with its name below it and its value above it."""
    heights = values.to_numpy(dtype=float)
    low, high = (each.to_numpy(dtype=float) for each in ends or (values, values))
    top = np.nanmax(np.append(high, 1.0))
    scale = (HEIGHT - 2 * EDGE) / top
    step = WIDTH / max(len(labels), 1)
    shapes: list[Markup] = [_line(0, HEIGHT - EDGE, WIDTH, HEIGHT - EDGE)]
    for place, label in enumerate(labels):
        x = step * (place + 0.5)
        shapes.append(text(x, HEIGHT - EDGE + 14, label, size=10))
        if np.isfinite(heights[place]) and (heights[place] > 0 or ends):
            whisker = (low[place] * scale, high[place] * scale) if ends else None
            shapes += _bar(x, min(step * 0.6, 40.0), heights[place], heights[place] * scale)
            shapes += _whisker(x, whisker)
    return Drawing((panel(WIDTH, HEIGHT, shapes),))


def _bar(x: float, width: float, value: float, height: float) -> list[Markup]:
    base, fill = HEIGHT - EDGE, colour(Meaning.CRAMP)
    bar = tag("rect", x=x - width / 2, y=base - height, width=width, height=height, fill=fill)
    return [bar, text(x + width / 4, base - height - 3, written.brief(value, 2), size=9)]


def _whisker(x: float, ends: tuple[float, float] | None) -> list[Markup]:
    base = HEIGHT - EDGE
    return [_line(x, base - ends[0], x, base - ends[1])] if ends else []


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", stroke_width=1)
