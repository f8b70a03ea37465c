"""What is said about an experiment, in whole sentences with interval and days.

The two arms are called A and B here.

The person's own words for A and B never stand in these sentences: whoever shows them escapes them
in one place.
"""

from __future__ import annotations

import math

from legcare.analysis.experiment.planning import GOOD_CHANCE, Outlook
from legcare.analysis.experiment.result import Effect, Finding, Result, more_of_the_same, threshold
from legcare.analysis.experiment.schedule import Progress
from legcare.records import written
from legcare.records.experiment import Outcome, OutcomeKind, Plan

HOPELESS = 0.2
SURE = 0.995


def change(value: float, outcome: Outcome) -> str:
    """A ratio as "43 % fewer" or "12 % more".

    A difference as "1.2 points lower" or "0.4 points higher".
    """
    if outcome.kind is OutcomeKind.COUNT:
        percent = round(100 * abs(1 - value))
        return "no change" if percent == 0 else f"{percent:d} % {'fewer' if value < 1 else 'more'}"
    unit = outcome.unit or "points"
    return (
        "no change"
        if abs(value) < 0.05
        else f"{written.decimal(abs(value))} {unit} {'lower' if value < 0 else 'higher'}"
    )


def asked(plan: Plan) -> str:
    """The smallest change that would matter, as the person set it."""
    if plan.outcome.kind is OutcomeKind.COUNT:
        return change(
            plan.worthwhile if plan.outcome.lower_is_better else 1 / plan.worthwhile, plan.outcome
        )
    return change(
        -plan.worthwhile if plan.outcome.lower_is_better else plan.worthwhile, plan.outcome
    )


def chance(p: float) -> str:
    """A p value to two digits, never as zero."""
    return written.chance(p)


def interval(effect: Effect, outcome: Outcome) -> str:
    """The interval in words: "95 % interval: 70 % fewer to 12 % more"."""
    return f"95 % interval: {change(effect.low, outcome)} to {change(effect.high, outcome)}"


def finding_sentence(effect: Effect, plan: Plan) -> str:
    """The answer in one or two sentences, verdict first."""
    if not effect.shown:
        return f"Cannot tell: {effect.refusal} Still needed: {effect.still_needed}."
    outcome = plan.outcome
    measured = (
        f"In your data so far, A goes with {_compared(effect, outcome)}"
        f" ({interval(effect, outcome)}; {effect.n_days} days in {effect.n_pairs} pairs of"
        f" blocks{_test(effect)})."
    )
    return f"{_verdict(effect, plan)} {measured} {_so(effect, plan)}".strip()


def _compared(effect: Effect, outcome: Outcome) -> str:
    said = change(effect.value, outcome)
    if said == "no change":
        return f"as much {outcome.label.lower()} as B"
    if outcome.kind is OutcomeKind.COUNT:
        return f"{said} {outcome.label.lower()} than B"
    return f"{outcome.label.lower()} {said} than B"


def _test(effect: Effect) -> str:
    return "" if math.isnan(effect.p) else f"; randomisation test {chance(effect.p)}"


def _verdict(effect: Effect, plan: Plan) -> str:
    said = {
        Finding.HELPS: "A helps.",
        Finding.NOT_ENOUGH_TO_MATTER: (
            f"A does not help enough to matter (you asked for {asked(plan)})."
        ),
        Finding.CANNOT_TELL: "This experiment cannot tell.",
    }
    return said[effect.finding]


def _so(effect: Effect, plan: Plan) -> str:
    least = threshold(plan.outcome, plan.worthwhile)
    if effect.finding is Finding.CANNOT_TELL:
        # Complete pairs, whether one experiment ended early or several are read as one.
        have = 2 * effect.n_pairs * (plan.block_days + plan.washout_days) / 7
        weeks = have * more_of_the_same(effect, plan.outcome)
        whole, part = written.whole(weeks), written.whole(have)
        return (
            f"A clear answer would take about {whole} weeks like these in all, {part} of which you"
            " have."
        )
    ends = effect.log_value - _reach(effect)[0], effect.log_value + _reach(effect)[1]
    better = 1.0 if plan.outcome.lower_is_better else -1.0
    if effect.finding is Finding.NOT_ENOUGH_TO_MATTER:
        worse = min(better * end for end in ends) > 0
        return (
            "It went the other way: A goes with more, so leave it."
            if worse
            else "A change that large is ruled out."
        )
    sure = max(better * end for end in ends) <= -least
    return (
        f"It is at least {asked(plan)}."
        if sure
        else f"Whether it is as much as {asked(plan)} is not settled."
    )


def _reach(effect: Effect) -> tuple[float, float]:
    scale = math.log if effect.unit.startswith("ratio") else float
    return effect.log_value - scale(effect.low), scale(effect.high) - effect.log_value


def how_it_went(result: Result, progress: Progress, plan: Plan) -> str:
    """How long, how complete, and whether it ended early."""
    early = (
        f" It was ended early, on {written.day(result.last_day)}, and says less than planned."
        if result.ended_early
        else ""
    )
    known = int(result.blocks["days"].sum())
    return (
        f"{progress.days_done} of {plan.days} planned days were lived; the outcome is known on"
        f" {known}. {marks_said(progress)}{early}"
    )


def marks_said(progress: Progress, *, of_days: bool = False) -> str:
    """How many days were marked, and how; with ``of_days`` out of how many that have come."""
    if not progress.marked:
        return "You have not marked any day."
    of = f" of {progress.days_done} days" if of_days else ""
    return (
        f"You marked {progress.marked}{of}: {progress.kept} as planned, {progress.swapped} the"
        f" other way round, {progress.neither} neither."
    )


def outlook_sentence(outlook: Outlook, weeks: float) -> str:
    """The chance of a clear answer at the length the person is willing to give."""
    works, nothing = outlook.at(weeks)
    base = (
        f"your own {outlook.own_days} days"
        if outlook.own_days
        else "typical figures, as your log is still too short"
    )
    return (
        f"In {written.whole(weeks)} weeks, the chance of a clear answer is"
        f" {_percent(works)}{_open(outlook, weeks)} if A brings the change you ask for, and"
        f" {_percent(nothing)} if it does nothing (from {written.whole(outlook.repeats)} invented"
        f" experiments on {base})."
    )


def _open(outlook: Outlook, weeks: float) -> str:
    """The range of chances that the log itself leaves open."""
    ends = outlook.between(weeks)
    if ends is None:
        return ""
    return f" (your log leaves {_percent(ends[0])} to {_percent(ends[1])} open)"


def _percent(share: float) -> str:
    return "under 1 %" if share < 0.01 else "over 99 %" if share > SURE else written.percent(share)


def advice(outlook: Outlook, weeks: float) -> str:
    """Plain advice before the start: go ahead, give it longer, or choose another question."""
    works, _ = outlook.at(weeks)
    needed = outlook.weeks_for_good_chance
    if works >= GOOD_CHANCE:
        return "That is a good chance: go ahead."
    if not math.isnan(needed):
        return (
            f"For a good chance (80 %) give it {written.whole(needed)} weeks, or ask for a larger"
            " change."
        )
    long = outlook.formula_weeks
    about = f" You would need about {written.whole(long)} weeks." if not math.isnan(long) else ""
    best = outlook.if_works[-1]
    start = (
        "This is hopeless within a year."
        if best < HOPELESS
        else f"Even a year gives a chance of only {_percent(best)}."
    )
    return (
        f"{start}{about} Choose an outcome that has a value every day, such as soreness, or ask for"
        " a larger change."
    )
