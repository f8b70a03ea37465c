"""No page speaks of something clear that the ledger does not hold, and none keeps it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import partial

import numpy as np
import pytest

from benchmarks.massage_worlds import World, batch
from legcare.analysis.associations import family, question
from legcare.analysis.benefits import material_of, seven_benefits
from legcare.analysis.benefits.companions import companions
from legcare.analysis.benefits.places import place_bouts, place_table
from legcare.analysis.findings import LAGS, findings, main_questions
from legcare.analysis.massage import massage_answer
from legcare.analysis.timing import night_share
from legcare.charts import associations, timing
from legcare.charts.benefit_words import headline_sentence
from legcare.charts.body_map import body_map
from legcare.charts.claims import NAMINGS, claims_chart
from legcare.charts.frequency import trend_chart
from legcare.charts.massage import answer_sentences
from legcare.charts.sentences import association_sentence
from legcare.days import day_table
from legcare.records import Cramp, Log, Reading, Record, calendar_days
from legcare.samples import load, load_until, people
from legcare.storage.logbook import Logbook
from tests.pages import logs
from tests.pages.conftest import Opener
from tests.pages.test_frequency import opened

SIX = time(6)
FIRST = date(2025, 1, 6)
TODAY = date(2026, 3, 9)
GOES_WITH = r"go(es)? with (fewer|more)"


def lived(ratio: float, seed: int, days: int = 365) -> Log:
    """Simulated days of massage and water.

    Where massage has an effect, cramps become fewer too and days with cramps have less water.
    """
    rng = np.random.default_rng(seed)
    records = batch(World(weekly=9, ratio=ratio, days=days), 1, rng).log(0).records
    if ratio < 1:
        fate = zip(records, rng.random(len(records)), strict=True)
        records = tuple(one for one, luck in fate if not _faded(one, luck))
    busy = {record.at.date() for record in records if isinstance(record, Cramp)}
    water = 1800 + 300 * rng.normal(size=days)
    readings = [
        Reading(
            day=FIRST + timedelta(days=n),
            factor="hydration_ml",
            value=ml - 400 * (ratio < 1 and FIRST + timedelta(days=n) in busy),
        )
        for n, ml in enumerate(water)
    ]
    return Log((*records, *readings))


def _faded(record: Record, luck: float) -> bool:
    return isinstance(record, Cramp) and luck < (record.at.date() - FIRST).days / 370


LOGS = {
    **{person.key: partial(load, person.key) for person in people()},
    "an effect": partial(lived, 0.3, 8),
    "its first 80 days": partial(lived, 0.3, 8, 80),
    "no effect": partial(lived, 1.0, 9),
}


@dataclass(frozen=True)
class Claim:
    """A key of the ledger, and whether the words of its page call it clear."""

    page: str
    key: str
    clear: bool


def claims(log: Log, today: date) -> Iterator[Claim]:
    """What the charts say, from the frames that the pages hand them."""
    days = day_table(log, day_start=SIX, today=today)
    material = replace(material_of(log, day_start=SIX), days=days)
    trend = trend_chart(days, today).sentence
    yield Claim("frequency", "trend", "have become" in trend)
    hour = timing.clock_chart(material.cramps).sentence
    yield Claim("timing", "hour", bool(re.search("gather around|have busy times", hour)))
    night = timing.night_sentence(night_share(material.cramps))
    yield Claim("timing", "night", night.startswith("In your data so far"))
    weekday = timing.weekday_chart(days).sentence
    yield Claim("timing", "weekday", "differ by more than chance" in weekday)
    yield from _associations(log, today)
    answer = massage_answer(log, day_start=SIX, today=today)
    yield Claim("benefits", "massage", "Clearly" in " ".join(answer_sentences(answer)))
    seven = seven_benefits(material)
    together = claims_chart(seven).sentence
    for one in seven.benefits:
        words = headline_sentence(one)
        assert ("Clear so far" in together and NAMINGS[one.key].name.lower() in together) is (
            "association is clear" in words
        )
        yield Claim("benefits", one.key, "association is clear" in words)
    for companion in companions(material):
        words = association_sentence(companion.line)
        yield Claim("benefits", f"companion:{companion.factor}", bool(re.search(GOES_WITH, words)))
    table = place_table(material.cramps, material.tender)
    places = body_map(table, bouts=place_bouts(material.cramps)["bout"].nunique()).sentence
    beyond = places.partition("Beyond an even share: ")[2]
    for row in table.itertuples():
        named = f"{row.side} {row.muscle}" in re.split(", |\\.", beyond)
        yield Claim("benefits", f"place:{row.muscle}:{row.side}", named)


def _associations(log: Log, today: date) -> Iterator[Claim]:
    days = day_table(log, day_start=SIX, today=today)
    main = main_questions(days, today=today)
    said = associations.forest_chart(main).sentence
    clear = " ".join(line for line in said.splitlines() if re.search("these go with", line))
    for one in main.answers:
        yield Claim("associations", f"main:{one.factor}", one.factor_name in clear)
        alone = bool(re.search(GOES_WITH, association_sentence(one)))
        assert alone is (one.factor_name in clear), "the same answer in two words"
    names = [name for name in log.factors if name in days and days[name].notna().any()]
    cells = [
        question("cramps", name, lag=lag, factors=days.factors) for name in names for lag in LAGS
    ]
    explored = family(cells, days)
    count = re.search(
        r"(\d+|None) of them looks? clear", associations.explore_chart(explored).sentence
    )
    told = [bool(re.search(GOES_WITH, association_sentence(one))) for one in explored.answers]
    assert count is not None
    assert count[1] == str(sum(told) or "None")
    for one, is_clear in zip(explored.answers, told, strict=True):
        yield Claim("associations", f"explore:{one.factor}:{one.lag}", is_clear)


@pytest.mark.parametrize("name", LOGS)
def test_the_words_of_every_page_are_those_of_the_ledger(name: str) -> None:
    log = LOGS[name]()
    today = max(max(calendar_days(record)) for record in log.records) + timedelta(days=1)
    ledger = {(one.page, one.key): one.clear for one in findings(log, day_start=SIX, today=today)}
    said = {(one.page, one.key): one.clear for one in claims(log, today)}
    assert {key: ledger.get(key) for key in said} == said
    silent = set(ledger) - set(said)  # these pages speak of them in counts and figures only
    assert {key for key in silent if not key[1].startswith("way:")} == {
        ("overview", "against_before")
    }


def test_the_logs_of_this_test_hold_clear_and_unclear_answers() -> None:
    """So that it cannot pass because nobody says anything."""
    ledger = [one for make in LOGS.values() for one in findings(make(), day_start=SIX)]
    for page in ("frequency", "timing", "associations", "benefits"):
        verdicts = {one.clear for one in ledger if one.page == page}
        assert verdicts == {True, False}, page


def test_the_screens_say_what_the_ledger_holds(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(load_until("runner", date(2026, 3, 8)).records, label="sample")
    start = logbook.preferences().day_start
    ledger = findings(logbook.log(), day_start=start, today=TODAY)
    clear = {(one.page, one.key): one.clear for one in ledger}
    main = any(held for (_, key), held in clear.items() if key.startswith("main:"))
    first, benefits = logs.said(open_page("overview")), logs.said(open_page("benefits"))
    assert ("**Also in your log:**" in first) is main
    for text in (first, benefits):
        assert ("Clearly" in text) is clear["benefits", "massage"]
    questions = open_page("associations")
    assert bool(re.search(GOES_WITH, logs.said(questions))) is main
    trend = logs.said(open_page("frequency"))
    assert ("have become" in trend) is clear["frequency", "trend"]
    explored = opened(open_page, "associations", "Explore")
    count = sum(held for (_, key), held in clear.items() if key.startswith("explore:"))
    assert re.search(rf"{count or 'None'} of them looks? clear", logs.said(explored))
    assert "massage" not in " ".join(explored.multiselect(key="explore-factors").options).lower()
