"""Calibration of the massage answer: what it finds, what it claims wrongly, how often ranges hold.

Everyone is looked at every week of a year. Verdicts can change at set dates only, so the weekly
looks are those dates. ``--real`` takes a CSV of real diaries of days (columns ``id``, ``dos``,
``headache``), whose gaps and rates are then replayed; without it diaries are invented. Prints one
JSON object; ``--table`` writes its tables into docs/methods.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.calibration_table import between_marks, markdown
from benchmarks.massage_worlds import (
    WORLDS,
    Sequence01,
    World,
    batch,
    contrast,
    diaries_of,
)
from legcare.analysis.estimate import Verdict
from legcare.analysis.massage.answer import MassageAnswer, answer_of, best_guess
from legcare.analysis.massage.diary import Diary
from legcare.analysis.massage.forecast import forecast_of
from legcare.analysis.massage.guess import Guess
from legcare.analysis.massage.rows import Scale, rows_of
from legcare.analysis.set_dates import EVERY_DAYS

METHODS = Path(__file__).parents[1] / "docs" / "methods.md"
SEED = 20261125
YEAR = 365
DAYS = (30, 60, 90, 180, 365)
SPREADS = (0.0, 0.2, 0.35, 0.5)
RATIOS = (0.25, 0.6, 1.0, 1.6, 3.0)
EFFECTS = [
    World(ratio=0.6),
    World(ratio=0.6, weekly=4),
    World(ratio=0.6, weekly=2.8, habit="because"),
    World(ratio=0.6, habit="any hour"),
    World("spells", ratio=0.6),
    World("replay", ratio=0.6),
]
NOTHING = [
    World(kind, habit, weekly=weekly)
    for habit, weekly in (("evening", 2.0), ("because", 2.8), ("bad weeks", 2.8))
    for kind in WORLDS
    if not (kind == "replay" and habit == "bad weeks")
] + [World(habit=habit, weekly=2.8) for habit in ("just now", "new medicine", "season", "weekend")]
WORDS = {Verdict.LOWER: "fewer", Verdict.HIGHER: "more"}
Numbers = dict[str, Any]


def generator(*parts: object) -> np.random.Generator:
    """A generator whose seed is what it is used for."""
    return np.random.default_rng([SEED, *(ord(sign) for sign in repr(parts))])


@dataclass(frozen=True)
class Year:
    """One person's answers at the set dates and on the last day."""

    at_dates: tuple[MassageAnswer, ...]
    last: MassageAnswer

    @property
    def ever(self) -> Verdict:
        """The first clear verdict of the year."""
        clear = (Verdict.LOWER, Verdict.HIGHER)
        return next(
            (one.verdict for one in self.at_dates if one.verdict in clear), self.last.verdict
        )


def year_of(diary: Diary) -> Year:
    """The answers of a year in which someone looks every week."""
    begin = int(np.argmax(diary.tracked))
    dates = range(begin + EVERY_DAYS, diary.days + 1, EVERY_DAYS)
    return Year(tuple(answer_of(diary.until(day)) for day in dates), answer_of(diary))


def named(world: World) -> Numbers:
    """A world's description."""
    return {
        "world": world.kind,
        "habit": world.habit,
        "cramps a week": world.weekly,
        "ratio": world.ratio,
    }


def years(world: World, repeats: int, real: Sequence[Sequence01]) -> Numbers:
    """Verdicts, p and estimates over a year, beside the contrast that the world itself gives."""
    rng = generator("years", world)
    found = [year_of(diary) for diary in batch(world, repeats, rng, real).diaries()]
    shown = [one.last for one in found if one.last.shown]
    truth = contrast(world, 400, generator("contrast", world)) if world.ratio != 1 else 1.0
    within = [one.low <= truth <= one.high for one in shown]
    by_date = [float(np.mean([_clear(one.at_dates[: k + 1]) for one in found])) for k in range(4)]
    return {
        **named(world),
        "clear on the last day": float(np.mean([_clear((one.last,)) for one in found])),
        "clear at any date": float(np.mean([_clear(one.at_dates) for one in found])),
        "of these fewer": float(np.mean([one.ever is Verdict.LOWER for one in found])),
        "by date": by_date,
        "p < 0.05, last day": float(np.mean([one.p < 0.05 for one in shown])),
        "median ratio": float(np.median([one.value for one in shown])),
        "true contrast": truth,
        "95 % range holds": float(np.mean(within)),
        "cramps": float(np.median([one.n_events for one in shown])),
    }


def _clear(answers: Sequence[MassageAnswer]) -> bool:
    return any(one.verdict in (Verdict.LOWER, Verdict.HIGHER) for one in answers)


def contrasts(kind: str) -> tuple[list[float], list[float]]:
    """Log ratios of the hazard, and the log contrasts that the world makes of them."""
    logs = [log(ratio) for ratio in RATIOS]
    made = [
        log(contrast(World(kind, ratio=ratio, weekly=3.0), 300, generator("grid", kind, ratio)))
        for ratio in RATIOS
    ]
    return logs, made


def guesses(
    kind: str, spread: float, repeats: int, grid: tuple[list[float], list[float]]
) -> list[Numbers]:
    """How often the 80 % range of the best guess holds, by day, for a spread of true effects."""
    rng = generator("guesses", kind, spread)
    effects = rng.normal(0, spread, repeats)
    weekly = np.exp(rng.normal(log(2), 0.7, repeats))
    share = rng.uniform(0.15, 0.7, repeats)
    logged = rng.uniform(0.7, 0.98, (repeats, 1))
    world = World(kind, weekly=weekly, ratio=np.exp(effects), share=share, logged=logged)
    truths = np.interp(effects, *grid)
    diaries = batch(world, repeats, rng).diaries()
    rows = []
    for day in DAYS[1:]:
        guessed = [guess_at(diary, day) for diary in diaries]
        pairs = [
            (one, truth)
            for one, truth in zip(guessed, truths, strict=True)
            if np.isfinite(one.value)
        ]
        rows.append(
            {
                "world": kind,
                "spread": spread,
                "day": day,
                "people": len(pairs),
                "holds": float(np.mean([log(one.low) <= t <= log(one.high) for one, t in pairs])),
                "high / low": float(np.median([one.high / one.low for one, _ in pairs])),
                "probably fewer": _leaning(pairs, Verdict.LOWER),
                "probably more": _leaning(pairs, Verdict.HIGHER),
            }
        )
    return rows


def guess_at(diary: Diary, day: int) -> Guess:
    """The best guess as it stood on a day."""
    held = diary.until(day)
    return best_guess(held, rows_of(held, Scale.CLOCK))


def _leaning(pairs: Sequence[tuple[Guess, float]], side: Verdict) -> float:
    return float(np.mean([one.leaning is side for one, _ in pairs]))


def forecasts(world: World, repeats: int, real: Sequence[Sequence01]) -> Numbers:
    """How many forecasts of two weeks held, over a year."""
    diaries = batch(world, repeats, generator("forecasts", world), real).diaries()
    past = [one for diary in diaries for one in forecast_of(diary).past]
    return {
        **named(world),
        "forecasts": len(past),
        "held": float(np.mean([one.held for one in past])),
        "width": float(np.mean([one.high - one.low for one in past])),
    }


def in_cramps(world: World, repeats: int) -> Numbers:
    """How often the range in cramps holds the long-run figure, the level's own chance included."""
    truth = contrast(world, 400, generator("contrast", world))
    with_it = 4 * world.weekly * truth
    found = [answer_of(one) for one in batch(world, repeats, generator("cramps", world)).diaries()]
    shown = [one for one in found if one.shown]
    beside = [one.fitting[0] <= one.without * truth <= one.fitting[1] for one in shown]
    held = [one.fitting[0] <= with_it <= one.fitting[1] for one in shown]
    return {
        **named(world),
        "truth": with_it,
        "median": float(np.median([one.with_massage for one in shown])),
        "holds, level of this log": float(np.mean(beside)),
        "holds, level of the long run": float(np.mean(held)),
    }


@dataclass(frozen=True)
class Visit:
    """What one person reads about massage on one day."""

    state: str
    counts: tuple[int, ...]
    numbers: tuple[int, ...]
    forecast: tuple[int, ...]

    def new_since(self, other: Visit) -> bool:
        """Whether anything is said that was not said on the visit before."""
        return self != other


def visit_of(diary: Diary, day: int) -> Visit:
    """The massage card and the forecast on a day."""
    held = diary.until(day)
    one, found = answer_of(held), forecast_of(held)
    state = {Verdict.LOWER: "clear fewer", Verdict.HIGHER: "clear more"}.get(
        one.verdict, "cannot say"
    )
    if one.verdict is Verdict.NOT_ENOUGH:
        state = "best guess" if np.isfinite(one.best) and not one.direction else "too early"
    if one.leaning in WORDS and not one.direction and not _clear((one,)):
        state += f": probably {WORDS[one.leaning]}"
    ratio = one.value if one.shown else one.best
    numbers = tuple(round(n) for n in one.in_cramps(ratio)) if np.isfinite(ratio) else ()
    counts = (one.after.n, one.after.cramps, one.others.n, one.others.cramps)
    coming = found.coming
    said = (found.held, len(found.past), coming.low, coming.high) if coming else ()
    return Visit(state, counts, numbers, said)


def everyday(people: int) -> Numbers:
    """Invented people: what each reads by day, and whether two weeks bring anything new."""
    rng = generator("everyday")
    ratio = rng.choice([1.0, 0.7, 0.5], people, p=[0.56, 0.22, 0.22])
    world = World(
        weekly=np.exp(rng.normal(log(2), 0.7, people)),
        ratio=ratio,
        share=rng.uniform(0.15, 0.7, people),
        logged=rng.uniform(0.7, 0.98, (people, 1)),
    )
    diaries = batch(world, people, rng).diaries()
    table = []
    for day in DAYS:
        visits = [visit_of(diary, day) for diary in diaries]
        before = [visit_of(diary, day - 14) for diary in diaries]
        states = [one.state for one in visits]
        fresh = [one.new_since(two) for one, two in zip(visits, before, strict=True)]
        table.append(
            {
                "day": day,
                **{state: states.count(state) for state in sorted(set(states))},
                "something new in two weeks": sum(fresh),
                "right of those told fewer": _right(states, ratio),
            }
        )
    return {"people": people, "with a true effect": int((ratio < 1).sum()), "table": table}


def _right(states: Sequence[str], ratio: np.ndarray) -> str:
    told = [r for state, r in zip(states, ratio, strict=True) if state.endswith("fewer")]
    return f"{sum(r < 1 for r in told)} of {len(told)}"


def run(repeats: int, real: Sequence[Sequence01], kept: Path | None = None) -> Numbers:
    """All tables, with twice as many logs where there is no effect.

    ``kept`` is written after every row, so that a run that is stopped leaves what it has.
    """
    started = time.perf_counter()
    found: Numbers = {"repeats": repeats, "real diaries": len(real)}
    for name, row in _rows(repeats, real):
        found.setdefault(name, []).extend(row)
        found["seconds"] = round(time.perf_counter() - started)
        if kept:
            kept.write_text(json.dumps(found, indent=1))
    return found


def _rows(repeats: int, real: Sequence[Sequence01]) -> Iterator[tuple[str, list[Numbers]]]:
    for world in EFFECTS:
        yield "effects", [years(world, repeats, real)]
    for world in NOTHING:
        yield "nothing", [years(world, 2 * repeats, real)]
    yield "everyday", [everyday(min(100, repeats))]
    for kind in WORLDS[:2]:
        grid = contrasts(kind)
        for spread in SPREADS:
            yield "guesses", guesses(kind, spread, repeats, grid)
    for kind in WORLDS:
        for weekly in (1.0, 2.0, 4.0):
            world = World(kind, weekly=weekly)
            yield "forecasts", [forecasts(world, max(repeats // 4, 10), real)]
    for kind, weekly in (("self-exciting", 2.0), ("spells", 2.0), ("self-exciting", 4.0)):
        yield "in cramps", [in_cramps(World(kind, ratio=0.6, weekly=weekly), repeats)]


def tables(found: Numbers) -> str:
    """The tables as the page of methods shows them."""
    real = "gaps and rates of real diaries replayed" if found["real diaries"] else "no real diaries"
    (daily,) = found["everyday"]
    parts = [
        f"{found['repeats']} simulated logs of a year per row with an effect, twice as many per"
        f" row without ({real}).",
        "A true effect:\n\n" + markdown(_flat(found["effects"])),
        "No effect:\n\n" + markdown(_flat(found["nothing"])),
        "The best guess:\n\n" + markdown(found["guesses"]),
        "Forecasts of two weeks:\n\n" + markdown(found["forecasts"]),
        "The range in cramps (4 weeks of days with massage):\n\n" + markdown(found["in cramps"]),
        f"{daily['people']} people, {daily['with a true effect']} of them with a true effect"
        " (ratio 0.7 or 0.5), by what they read of massage:\n\n" + markdown(daily["table"]),
    ]
    return "\n\n".join(parts)


def _flat(rows: Sequence[Numbers]) -> list[Numbers]:
    return [
        {
            name: (" ".join(f"{one:.3f}" for one in value) if isinstance(value, list) else value)
            for name, value in row.items()
        }
        for row in rows
    ]


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=250, help="logs per row with an effect")
    parser.add_argument("--real", type=Path, help="CSV of real diaries of days to replay")
    parser.add_argument(
        "--table", action="store_true", help="write the tables into docs/methods.md"
    )
    parser.add_argument("--keep", type=Path, help="write the numbers here after every row")
    parser.add_argument("--from-json", type=Path, help="take the numbers of an earlier run")
    chosen = parser.parse_args()
    real = diaries_of(chosen.real) if chosen.real else []
    found = (
        json.loads(chosen.from_json.read_text())
        if chosen.from_json
        else run(chosen.repeats, real, chosen.keep)
    )
    if chosen.table:
        METHODS.write_text(between_marks(METHODS.read_text(), "massage", tables(found)))
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
