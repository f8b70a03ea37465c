"""The massage answer in words, and its picture: nights after a massage beside nights without."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from math import isfinite

import pandas as pd
from markupsafe import Markup

from legcare.analysis.estimate import Verdict
from legcare.analysis.massage import Forecast, MassageAnswer, Nights
from legcare.charts import sentences as say
from legcare.charts.chart import Chart
from legcare.charts.in_cramps import span_of
from legcare.charts.svg import Drawing, hovered, panel, tag, text
from legcare.charts.theme import Meaning, colour
from legcare.days import CRAMPS, DAY
from legcare.records import written

SHOWN = 28
ACROSS, PITCH, RADIUS, TOP, MARGIN = 7, 20.0, 7.0, 34.0, 8.0
LEANING = {
    Verdict.LOWER: "probably fewer cramps after a massage",
    Verdict.HIGHER: "probably more cramps after a massage",
}
PROOF = "A diary cannot prove that massage is the reason."


class State(StrEnum):
    """The five things the answer can say."""

    EARLY = "too early"
    GUESS = "best guess"
    FEWER = "clear fewer"
    MORE = "clear more"
    OPEN = "cannot say"


def state_of(answer: MassageAnswer) -> State:
    """What the answer says today."""
    if answer.verdict is Verdict.LOWER:
        return State.FEWER
    if answer.verdict is Verdict.HIGHER:
        return State.MORE
    if answer.verdict is Verdict.NO_CLEAR:
        return State.OPEN
    return State.GUESS if isfinite(answer.best) and not answer.direction else State.EARLY


def answer_sentences(answer: MassageAnswer) -> tuple[str, ...]:
    """The answer, most important sentence first, without the caveats."""
    lines = {
        State.EARLY: _early,
        State.GUESS: _guess,
        State.FEWER: _clear,
        State.MORE: _clear,
        State.OPEN: _open,
    }[state_of(answer)](answer)
    return (*lines, *((next_date(answer),) if answer.next_date else ()))


def _clear(answer: MassageAnswer) -> tuple[str, ...]:
    words = "fewer" if answer.verdict is Verdict.LOWER else "more"
    return (f"Clearly {words} cramps after a massage.", *_numbers(answer), PROOF)


def _open(answer: MassageAnswer) -> tuple[str, ...]:
    first = "Your log cannot say yet whether massage helps you."
    if answer.leaning in LEANING and not answer.direction:
        first += f" Best guess so far: {LEANING[answer.leaning]}."
    return (first, *_numbers(answer))


def _numbers(answer: MassageAnswer) -> tuple[str, ...]:
    """Both numbers over the same weeks, and what else would fit; at most two in a sentence."""
    if not isfinite(answer.with_massage):
        return ()
    span = span_of(answer.base)
    after, without = span.cramps(answer.with_massage), span.number(answer.without)
    fits = f"{span.between(*answer.fitting).capitalize()} would also fit your log."
    if span.number(answer.with_massage) == without:
        begin = f"In {span.words} of days after a massage and of days without"
        return (f"{begin}, about the same: {after}.", fits)
    return (f"In {span.words} of days after a massage {after}.", f"Without one {without}.", fits)


def _guess(answer: MassageAnswer) -> tuple[str, ...]:
    leaning = LEANING.get(answer.leaning, "no sign either way")
    span = span_of(answer.base)
    after, without = answer.in_cramps(answer.best)
    return (
        f"Best guess so far: {leaning}.",
        f"In {span.words} of days after a massage {span.cramps(after)}.",
        f"Without one {span.number(without)}.",
        f"8 in 10 such guesses lie within {span.between(*_best_range(answer))}.",
        counts_sentence(answer),
    )


def _best_range(answer: MassageAnswer) -> tuple[float, float]:
    without = answer.in_cramps(answer.best)[1]
    return without * answer.best_low, without * answer.best_high


def _early(answer: MassageAnswer) -> tuple[str, ...]:
    needed = f" Still needed: {answer.still_needed}." if answer.still_needed else ""
    opens = (
        f" At your rate the question opens about {say.day_words(answer.opens)}."
        if answer.opens
        else ""
    )
    return (f"Too early to say.{needed}{opens}", counts_sentence(answer))


def counts_sentence(answer: MassageAnswer) -> str:
    """What was counted so far, true from the first evening."""
    if not answer.after.n:
        return "No night after a massage is logged yet."
    return (
        f"After {say.counted(answer.after.n, 'massage evening')}:"
        f" {_nights(answer.after)}. After {say.counted(answer.others.n, 'other evening')}:"
        f" {_nights(answer.others)}."
    )


def _nights(nights: Nights) -> str:
    return f"{say.counted(nights.cramps, 'night')} with a cramp"


def next_date(answer: MassageAnswer) -> str:
    """When the verdict may change."""
    if answer.next_date is None:
        return ""
    return f"The next verdict comes on {say.day_words(answer.next_date)}."


def forecast_sentences(found: Forecast) -> tuple[str, ...]:
    """The next two weeks, and how the forecasts before fared."""
    if found.coming is None:
        return ()
    thing = "night" if found.nights else "day"
    coming = found.coming
    lines = [
        f"Next 2 weeks: about {say.counted(round(coming.expected), thing)} with a cramp, 8 in 10"
        f" chance of {written.whole(coming.low)} to {written.whole(coming.high)}."
    ]
    if found.past:
        lines.append(
            f"{written.whole(found.held)} of {say.counted(len(found.past), 'past forecast')} held;"
            " 8 in 10 should."
        )
    return tuple(lines)


def nights_chart(nights: pd.DataFrame) -> Chart:
    """The last 28 nights after a massage and the last 28 without, filled where a cramp came."""
    shown = {massage: nights[nights["massage"] == massage].tail(SHOWN) for massage in (True, False)}
    panels = tuple(_panel(rows, massage) for massage, rows in shown.items() if len(rows))
    said = [
        f"{say.counted(len(rows), 'last night')} {_words(massage)}:"
        f" {written.whole(int((rows[CRAMPS] > 0).sum()))} with a cramp."
        for massage, rows in shown.items()
        if len(rows)
    ]
    return Chart(
        name="massage-nights",
        title="Nights after a massage and nights without",
        figure=Drawing(panels),
        data=pd.concat(list(shown.values()), ignore_index=True),
        sentence=" ".join(said) or "No night is logged yet on which massage is known.",
    )


def _words(massage: bool) -> str:
    return "after a massage" if massage else "without one"


def _panel(rows: pd.DataFrame, massage: bool) -> Markup:
    """Nights in rows of seven, the oldest first; a cramp fills its mark."""
    height = TOP + PITCH * -(-len(rows) // ACROSS)
    marks = [
        _mark(number, day, int(count))
        for number, (day, count) in enumerate(zip(rows[DAY], rows[CRAMPS], strict=True))
    ]
    title = text(MARGIN - RADIUS, 16, _words(massage).capitalize(), size=14, text_anchor="start")
    return panel(2 * MARGIN + ACROSS * PITCH, height + MARGIN, [title, *marks])


def _mark(number: int, day: pd.Timestamp, count: int) -> Markup:
    words = f"{say.day_words(day)}: {say.counted(count, 'cramp') if count else 'no cramp'}"
    circle = tag(
        "circle",
        cx=MARGIN + PITCH * (number % ACROSS),
        cy=TOP + PITCH * (number // ACROSS),
        r=RADIUS,
        fill=colour(Meaning.CRAMP) if count else "none",
        stroke=colour(Meaning.CRAMP if count else Meaning.UNKNOWN),
        stroke_width=1.5,
    )
    return hovered(words, circle)


def answer_chart(answer: MassageAnswer, nights: pd.DataFrame) -> Chart:
    """The answer with its picture, and behind it how sure it is."""
    return replace(
        nights_chart(nights),
        name="massage",
        title="Does massage help you?",
        sentence=" ".join(answer_sentences(answer)),
        caveats=(answer.direction,) if answer.direction else (),
        detail=_basis(answer),
    )


def _basis(answer: MassageAnswer) -> tuple[str, ...]:
    """What stands behind the answer: how much was compared, the ratio, the method."""
    lines = [
        f"{say.counted(answer.n_days, 'logged day')}, {say.counted(answer.n_events, 'cramp')} and"
        f" {say.counted(answer.n_massages, 'planned massage')} were compared."
    ]
    if isfinite(answer.value):
        lines.append(
            "Cramps in the 24 hours after a massage, against the same hours without one:"
            f" {say.number(answer.value, 2)} times as many"
            f" ({say.between(answer.low, answer.high, 2)})."
        )
    if isfinite(answer.best):
        lines.append(
            f"Best guess {say.number(answer.best, 2)} times as many, 8 in 10 range"
            f" {say.number(answer.best_low, 2)} to {say.number(answer.best_high, 2)}. It is pulled"
            " towards no effect, because most remedies do little."
        )
    lines.append(
        "Hour of the day, season, weekday and the cramps of the week before were allowed for."
        " Massages for relief of a cramp are left out."
    )
    if answer.given_on is not None:
        lines.append(f"The verdict stands since {say.day_words(answer.given_on)}.")
    return (*lines, *(caveat for caveat in answer.caveats if caveat != answer.direction))
