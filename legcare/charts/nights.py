"""The strip of the last nights: one mark a night, and no chart library to wait for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import pandas as pd
from markupsafe import Markup

from legcare.analysis.nights import Night, Nights
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.svg import Drawing, hovered, panel, tag, text
from legcare.charts.theme import Meaning, colour
from legcare.records import written

WIDTH, HEIGHT, ROW = 23, 64, 14  # pixels a night and in all; nights in a panel
CENTRE, RADIUS, SQUARE = 34, 6.5, 52
LEGEND = (
    "A filled circle is a cramp, with a ring where it woke you; an empty circle is a logged night"
    " without one, nothing is a night that was not logged. A square below is a planned massage, a"
    " triangle above something that you marked."
)


def night_strip(nights: Nights) -> Chart:
    """The nights of a stretch, 14 to a panel, with the days written over them."""
    starts = range(0, len(nights.nights), ROW)
    return Chart(
        name="last-nights",
        title="Your last nights",
        figure=Drawing(tuple(_panel(nights.nights[start : start + ROW]) for start in starts)),
        data=pd.DataFrame([asdict(night) for night in nights.nights]),
        sentence=nights_sentence(nights),
        detail=(LEGEND,),
        detail_label="How to read it",
    )


def nights_sentence(nights: Nights) -> str:
    """What the stretch holds, in sentences that grow with it; at most two numbers in each."""
    days = len(nights.logged)
    if days == 0:
        return "No night of this stretch was logged."
    cramps = say.counted(nights.cramps, "cramp") if nights.cramps else "No cramp"
    if days == len(nights.nights) == 1:
        return f"{cramps} in your first logged day. Every further one makes this picture clearer."
    ended = f" The log ends on {written.day(nights.last.day)}." if nights.stale else ""
    woke = f" {say.counted(nights.woken, 'night')} woke you." if nights.woken else ""
    return f"{cramps} in {say.counted(days, 'logged day')}.{woke}{ended}"


def _panel(nights: Sequence[Night]) -> Markup:
    return panel(WIDTH * ROW, HEIGHT, [_night(place, night) for place, night in enumerate(nights)])


def _night(place: int, night: Night) -> Markup:
    x = WIDTH * (place + 0.5)
    weight = "700" if night.day.weekday() == 0 else None  # the eye finds the weeks
    heading = text(x, 10, str(night.day.day), size=11, font_weight=weight)
    return hovered(_night_words(night), heading, *_signs(x, night))


def _signs(x: float, night: Night) -> Iterator[Markup]:
    if night.logged:
        cramp = colour(Meaning.CRAMP if night.cramps else Meaning.UNKNOWN)
        yield _circle(x, RADIUS, stroke=cramp, fill=cramp if night.cramps else "none")
    if night.cramps and night.woke:
        yield _circle(x, RADIUS + 3, stroke="currentColor", fill="none")
    if night.cramps > 1:
        yield text(x, CENTRE + 4, written.whole(night.cramps), size=11, fill="#000000")
    if night.massages:
        fill = colour(Meaning.MASSAGE)
        yield tag("rect", x=x - 4.5, y=SQUARE, width=9, height=9, fill=fill)
    if night.marks:
        yield tag("path", d=f"M{x - 4} 14h8l-4 6z", fill="currentColor")


def _circle(x: float, radius: float, **style: object) -> Markup:
    return tag("circle", cx=x, cy=CENTRE, r=radius, stroke_width=1.5, **style)


def _night_words(night: Night) -> str:
    if night.logged:
        words = [say.counted(night.cramps, "cramp") if night.cramps else "no cramp"]
        words += ["woke you"] if night.woke else []
    else:
        words = ["not logged, so unknown"]
    counts = (
        (night.massages, "massage"),
        (night.relief, "massage for relief"),
        (night.workouts, "workout"),
    )
    words += [noun if count == 1 else f"{noun} × {count}" for count, noun in counts if count]
    words += [night.marks] if night.marks else []
    return f"{written.weekday(night.day)}: {', '.join(words)}"
