"""The first page for a doctor: each fact of the log in the words that stand on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from math import isfinite

import pandas as pd

from legcare.analysis.doctor import (
    QUARTER,
    QUESTIONS,
    DoctorFacts,
    Relieved,
    Share,
    Stretch,
    Usual,
)
from legcare.analysis.estimate import Association, Verdict
from legcare.analysis.findings import main_questions
from legcare.analysis.massage import massage_answer
from legcare.charts import sentences as say
from legcare.charts.massage import answer_sentences
from legcare.charts.measures import in_units
from legcare.records import Cramp, Log, Mark, Side, written

SHOWN = 3  # words of a ranking that a reader takes in
MOST_RELIEF = 4
NOT_LOGGED = "not logged"


@dataclass(frozen=True)
class Cover:
    """What a report says that no log holds.

    ``answers`` are the questions of ``QUESTIONS`` that the person answered on ``made_on``;
    ``left_out`` is what the reader does not see.
    """

    made_on: date
    name: str = ""
    question: str = ""
    since: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A line of the page: what it is about, and what the log says."""

    label: str
    text: str


def stretch_table(facts: DoctorFacts) -> list[tuple[str, str, str]]:
    """How often: label, last 4 weeks, whole period."""
    lines = {
        "Days": _period,
        "Cramps a week": _rate,
        "Cramps in all": _cramps,
        "Nights woken": _woken,
    }
    if facts.whole.exercise.sessions:
        lines["Exercise"] = _exercise
    return [(label, words(facts.recent), words(facts.whole)) for label, words in lines.items()]


def fact_rows(facts: DoctorFacts) -> list[Row]:
    """Where, when, how bad, how long, sore after, and what the person was doing."""
    return [
        Row("Where", _joined(_ranked(facts.muscles), _ranked(facts.sides))),
        Row("When", _quarter(facts)),
        Row("Doing", _joined(_ranked(facts.context), _ranked(facts.activity))),
        Row("How bad", _joined(_usual(facts.severity, "{} of 10"))),
        Row("How long", _joined(_usual(facts.minutes, "{} min"), _long(facts.long))),
        Row("Sore after", _joined(_sore(facts.sore), _usual(facts.sore_hours, "{} h"))),
    ]


def tried_rows(log: Log, facts: DoctorFacts, days: pd.DataFrame, start: time) -> Iterator[Row]:
    """What was tried at the onset, massage, and what else was logged, as the log shows it."""
    for one in facts.relief[:MOST_RELIEF]:
        yield Row(f"{one.relief.label} at the onset", _relief(one))
    # The last day of the table is a whole one: the reader gets what the whole log shows.
    answer = massage_answer(log, day_start=start)
    if answer.n_massages:
        first = " ".join(answer_sentences(answer)[:1])
        yield Row(f"Massage ({say.counted(answer.n_massages, 'time')})", first)
    for found in main_questions(days).answers:
        if found.shown:
            yield Row(_capital(found.factor_name), _association(found))


def mark_rows(marks: Sequence[Mark]) -> list[Row]:
    """Medicines, conditions and other marks, with their days."""
    return [
        Row(
            f"{mark.kind.label}: {mark.name}",
            ", ".join(part for part in (mark.dose, _days(mark), mark.note) if part),
        )
        for mark in marks
    ]


def asked_rows(answers: Mapping[str, bool]) -> list[Row]:
    """The questions that matter most, with the person's answer or that it was not asked."""
    words = {True: "yes", False: "no"}
    return [
        Row(text, words[answers[key]] if key in answers else "not asked")
        for key, text in QUESTIONS.items()
    ]


def cramp_line(cramp: Cramp) -> str:
    """One cramp on one line, with all that is known of it but the note."""
    when = say.day_words(cramp.at)
    clock = f"{cramp.at:%H:%M}" if cramp.clock.timed else cramp.clock.label.lower()
    return f"{when}, {clock}: " + (", ".join(_known(cramp)) or "no details")


def _known(cramp: Cramp) -> Iterator[str]:
    if cramp.near:
        yield "near-cramp"
    if cramp.muscle is not None:
        side = "" if cramp.side in (None, Side.UNKNOWN) else f"{cramp.side} "
        yield f"{side}{cramp.muscle.label.lower()}"
    if cramp.place:
        yield cramp.place
    if cramp.severity is not None:
        yield f"{written.brief(cramp.severity)} of 10"
    if cramp.minutes is not None:
        yield f"{written.brief(cramp.minutes, 3)} min"
    if cramp.woke_me:
        yield "woke"
    if cramp.sore_after:
        yield "sore after"
    yield from (relief.label.lower() for relief in cramp.relief)


def _period(part: Stretch) -> str:
    days = f"{written.whole(part.logged)} of {say.counted(part.days, 'day')} logged"
    return f"{say.day_words(part.first)} to {say.day_words(part.last)}, {days}"


def _rate(part: Stretch) -> str:
    rate = part.rate
    if not rate.shown:
        return "too few days logged"
    low, high = say.number(rate.low), say.number(rate.high)
    return f"{say.number(rate.value)} ({low} to {high})"


def _cramps(part: Stretch) -> str:
    near = f", {written.whole(part.near)} of them near-cramps" if part.near else ""
    return written.whole(part.cramps) + near


def _woken(part: Stretch) -> str:
    silent = f" ({say.counted(part.silent, 'cramp')} without an answer)" if part.silent else ""
    return f"{written.whole(part.woken)}{silent}"


def _exercise(part: Stretch) -> str:
    done = part.exercise
    words = [say.counted(done.sessions, "session")]
    words += [f"{written.whole(done.minutes)} min"] if done.minutes else []
    words += [f"load {written.whole(done.load)}"] if done.load else []
    words += [f"{written.decimal(done.km)} km"] if done.km else []
    return ", ".join(words)


def _ranked(shares: Sequence[Share]) -> str:
    """The most frequent words in 100 of the cramps that say."""
    words = [f"{_in_100(each)} {each.what.lower()}" for each in shares[:SHOWN]]
    return f"{', '.join(words)} ({_of(shares[0])})" if words else ""


def _quarter(facts: DoctorFacts) -> str:
    if facts.quarter is None:
        return NOT_LOGGED
    begin = facts.quarter_begin
    hours = written.hours(begin, (begin + QUARTER) % 24)
    return f"{_in_100(facts.quarter)} from {hours} ({_of(facts.quarter)} with a time)"


def _usual(usual: Usual | None, unit: str) -> str:
    if usual is None:
        return ""
    median, tenth = (unit.format(written.brief(v, 3)) for v in (usual.median, usual.tenth))
    return f"usually {median}, one in ten above {tenth} (of {written.whole(usual.n)})"


def _long(long: Share | None) -> str:
    return f"{written.whole(long.n)} over 10 min" if long else ""


def _sore(sore: Share | None) -> str:
    return f"{_in_100(sore)} ({_of(sore)})" if sore else ""


def _in_100(share: Share) -> str:
    return f"{written.whole(round(100 * share.share))} in 100"


def _of(share: Share) -> str:
    return f"of {say.counted(share.of, 'cramp')}"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part) or NOT_LOGGED


def _relief(one: Relieved) -> str:
    cramps = say.counted(one.cramps, "cramp")
    if one.minutes is None:
        return cramps
    minutes = written.brief(one.minutes, 3)
    return f"{cramps}, gone after {minutes} min (median of {written.whole(one.with_minutes)})"


def _association(found: Association) -> str:
    found = in_units(found)
    fits = f"{say.figure(found)} {found.per} ({say.between(found.low, found.high, 2)})"
    if found.verdict in (Verdict.LOWER, Verdict.HIGHER) and isfinite(found.value):
        words = "fewer" if found.verdict is Verdict.LOWER else "more"
        return f"goes with {words} cramps: {fits}"
    return f"no clear difference: {fits}"


def _days(mark: Mark) -> str:
    first = say.day_words(mark.first_day)
    return f"{first} to {say.day_words(mark.last_day)}" if mark.last_day else f"since {first}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
