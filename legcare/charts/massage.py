"""The answer to "does massage help me?" in words, with its one picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import pandas as pd
from markupsafe import Markup

from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import MassageAnswer
from legcare.analysis.massage.answer import Nights
from legcare.charts import amounts
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.svg import Drawing, hovered, panel, tag, text
from legcare.charts.theme import Meaning, colour
from legcare.records import written

NIGHTS, ROW, STEP, RADIUS = 28, 14, 23, 7.0
LEFT, TOP = 0, 20
NO_PROOF = "A diary cannot prove that massage is the reason."
RESEARCH = "Research has hardly tested massage for ordinary leg cramps."
NOT_LOGGED = (
    "No planned massage is in your log yet, so it cannot say. Log massages with and without a cramp"
    " before, some evenings yes and some no."
)


@dataclass(frozen=True)
class AnswerWords:
    """The answer in short sentences, at most two numbers in each.

    ``headline`` is the first, ``lines`` follow it, ``warning`` is the note on direction (or ""),
    ``detail`` is what stands behind "How sure is this?".
    """

    headline: str
    lines: tuple[str, ...]
    warning: str
    detail: tuple[str, ...]


def massage_words(answer: MassageAnswer) -> AnswerWords:
    """What may be said on this day, from the first evening on."""
    if not answer.n_massages:
        return AnswerWords(NOT_LOGGED, (), "", ())
    if isfinite(answer.value) and answer.verdict in (Verdict.LOWER, Verdict.HIGHER):
        headline, lines = _clear(answer)
    elif isfinite(answer.with_massage):
        headline, lines = _open(answer)
    else:
        headline, lines = _early(answer)
    return AnswerWords(headline, lines, answer.direction, _detail(answer))


def massage_chart(answer: MassageAnswer) -> Chart:
    """Nights after a massage beside nights without: a mark a night, filled where a cramp came."""
    words = massage_words(answer)
    rows = zip(answer.pictured, ("after massage", "without"), strict=True)
    shown = [(nights, name) for nights, name in rows if nights.n]
    return Chart(
        name="massage",
        title="Does massage help you?",
        figure=Drawing(tuple(_row(nights, name) for nights, name in shown)),
        data=pd.DataFrame(
            [(name, nights.n, nights.cramps) for nights, name in shown],
            columns=["nights", "shown", "with a cramp"],
        ),
        sentence="\n".join((words.headline, *words.lines)),
        caveats=((words.warning,) if words.warning else ()),
        detail=words.detail,
    )


def _clear(answer: MassageAnswer) -> tuple[str, tuple[str, ...]]:
    weeks = amounts.weeks_for(answer.without)
    low, high = answer.fitting
    return (
        f"{_compared(answer, weeks)} {amounts.ratio_words(answer.value).capitalize()}.",
        (f"{amounts.span(low, high, weeks).capitalize()} would also fit your log.", NO_PROOF),
    )


def _open(answer: MassageAnswer) -> tuple[str, tuple[str, ...]]:
    weeks = amounts.weeks_for(answer.without)
    low, high = answer.fitting
    fits = f"From {amounts.span(low, high, weeks)} after a massage would also fit."
    if isfinite(answer.value):
        return f"Your log cannot say yet. {_compared(answer, weeks)}", (fits, _next(answer))
    best = f"Best guess so far, pulled towards no effect. {_compared(answer, weeks)}"
    return best, (fits, _opens(answer))


def _early(answer: MassageAnswer) -> tuple[str, tuple[str, ...]]:
    after, others = answer.after, answer.others
    return (
        f"After {say.counted(after.n, 'massage evening')}:"
        f" {say.counted(after.cramps, 'night')} with a cramp.",
        (
            f"After {say.counted(others.n, 'other')}: {written.whole(others.cramps)}.",
            _opens(answer),
        ),
    )


def _compared(answer: MassageAnswer, weeks: int) -> str:
    after, without = (
        amounts.amount(value, weeks) for value in (answer.with_massage, answer.without)
    )
    spelled = "4 weeks" if weeks == amounts.WEEKS else "12 weeks"
    if after == without:
        return f"In {spelled} {after} cramps after a massage, about the same without."
    return f"In {spelled} of days after a massage {after} cramps. Without one {without}."


def _next(answer: MassageAnswer) -> str:
    if answer.next_date is None:
        return "Log on, with and without massage."
    return f"The next verdict comes on {written.day(answer.next_date)}."


def _opens(answer: MassageAnswer) -> str:
    if answer.opens is None:
        return "Log on, some evenings with massage and some without."
    return f"At your rate the question opens about {written.day(answer.opens)}."


def _detail(answer: MassageAnswer) -> tuple[str, ...]:
    lines = [
        f"{say.counted(answer.n_days, 'logged day')}, {say.counted(answer.n_events, 'cramp')} and"
        f" {say.counted(answer.n_massages, 'planned massage')} were compared."
    ]
    if isfinite(answer.value):
        lines.append(
            f"Cramps in the 24 hours after a massage, against the same hours without:"
            f" {say.number(answer.value, 2)} times as many"
            f" ({say.between(answer.low, answer.high, 2)})."
        )
    if isfinite(answer.best):
        lines.append(
            f"Best guess {say.number(answer.best, 2)} times as many, 8 in 10 range"
            f" {say.number(answer.best_low, 2)} to {say.number(answer.best_high, 2)}."
        )
    lines += [
        "Hour of day, season, weekday and the cramps of the week before were allowed for.",
        "Massages for relief of a cramp are left out.",
    ]
    if answer.given_on is not None:
        lines.append(f"The verdict stands since {written.day(answer.given_on)}.")
    return (*lines, _next(answer), *(one for one in answer.caveats if one != answer.direction))


def _row(nights: Nights, name: str) -> Markup:
    """At most 28 nights: those there are, or 28 at the person's own rate."""
    shown = min(nights.n, NIGHTS)
    filled = round(shown * nights.cramps / nights.n)
    heading = text(
        LEFT, 12, f"{name.capitalize()}: {filled} of {shown} nights", text_anchor="start"
    )
    marks = [_moon(place, filled=place < filled) for place in range(shown)]
    height = TOP + STEP * -(-shown // ROW) + 2
    words = f"{nights.cramps} of {nights.n} nights {name} had a cramp"
    return panel(STEP * ROW, height, [hovered(words, heading, *marks)])


def _moon(place: int, *, filled: bool) -> Markup:
    cramp = colour(Meaning.CRAMP)
    return tag(
        "circle",
        cx=LEFT + STEP * (place % ROW + 0.5),
        cy=TOP + STEP * (place // ROW + 0.5),
        r=RADIUS,
        fill=cramp if filled else "none",
        stroke=cramp if filled else colour(Meaning.UNKNOWN),
        stroke_width=1.5,
    )
