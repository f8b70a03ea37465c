"""What is said about an experiment, in whole sentences with interval and days.

The person's own words for A and B stand in these sentences: whoever shows them escapes them.
"""

from __future__ import annotations

import math

from legcare.analysis.experiment.blinding import guess_index
from legcare.analysis.experiment.forecast import GOOD_CHANCE, PowerCurve
from legcare.analysis.experiment.result import Effect, Finding, Result, more_of_the_same, threshold
from legcare.analysis.experiment.schedule import Progress
from legcare.records import written
from legcare.records.experiment import Arm, Decision, Experiment, Outcome, Plan

HOPELESS = 0.2
SURE = 0.995


def change(value: float, outcome: Outcome) -> str:
    """A ratio as "43 % fewer" or "12 % more".

    A difference as "1.2 points lower" or "0.4 points higher".
    """
    if outcome.is_ratio:
        if math.isinf(value):
            return "any number more"
        percent = round(100 * abs(1 - value))
        return "no change" if percent == 0 else f"{percent:d} % {'fewer' if value < 1 else 'more'}"
    if math.isinf(value):
        return f"any number of {outcome.unit or 'points'} {'lower' if value < 0 else 'higher'}"
    unit = outcome.unit or "points"
    return (
        "no change"
        if abs(value) < 0.05
        else f"{written.decimal(abs(value))} {unit} {'lower' if value < 0 else 'higher'}"
    )


def worthwhile_words(plan: Plan) -> str:
    """The smallest change that would matter, as the person set it."""
    if plan.outcome.is_ratio:
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
    level = written.decimal(100 * effect.level).rstrip("0").rstrip(".,")
    return f"{level} % interval: {change(effect.low, outcome)} to {change(effect.high, outcome)}"


def arm_words(plan: Plan, arm: Arm) -> str:
    """An arm in the person's own words, with its letter."""
    return f"“{plan.words(arm)}” ({arm})"


def finding_sentence(effect: Effect, plan: Plan, arm: Arm = Arm.A) -> str:
    """The answer for one arm against B in a few sentences, verdict first."""
    if not effect.shown:
        return f"Cannot tell: {effect.refusal} Still needed: {effect.still_needed}."
    size = change(effect.value, plan.outcome)
    label = plan.outcome.label.lower()
    size = f"as much {label}" if size == "no change" else _sized(size, label, plan.outcome)
    than = "as" if size.startswith("as much") else "than"
    measured = (
        f"In your data so far, {size} with {arm_words(plan, arm)} {than} with"
        f" {arm_words(plan, Arm.B)} ({interval(effect, plan.outcome)};"
        f" {effect.n_days} days in {effect.n_pairs} pairs of blocks{_test(effect)})."
    )
    return f"{_verdict(effect, plan, arm)} {measured} {_so(effect, plan)}".strip()


def _sized(size: str, label: str, outcome: Outcome) -> str:
    return f"{size} {label}" if outcome.is_ratio else f"{label} {size}"


def _test(effect: Effect) -> str:
    return "" if math.isnan(effect.p) else f"; randomisation test {chance(effect.p)}"


def _verdict(effect: Effect, plan: Plan, arm: Arm) -> str:
    sentences = {
        Finding.HELPS: f"“{plan.words(arm)}” helps.",
        Finding.NOT_ENOUGH_TO_MATTER: (
            f"“{plan.words(arm)}” does not help enough to matter (you asked for"
            f" {worthwhile_words(plan)})."
        ),
        Finding.CANNOT_TELL: "This experiment cannot tell.",
    }
    return sentences[effect.finding]


def _so(effect: Effect, plan: Plan) -> str:
    if effect.finding is Finding.CANNOT_TELL:
        # Complete pairs, whether one experiment ended early or several are read as one.
        have = len(plan.arms) * effect.n_pairs * (plan.block_days + plan.washout_days) / 7
        weeks = have * more_of_the_same(effect, plan.outcome)
        whole, part = written.whole(weeks), written.whole(have)
        return (
            f"A clear answer would take about {whole} weeks like these in all, {part} of which you"
            " have."
        )
    least = threshold(plan.outcome, plan.worthwhile)
    better = 1.0 if plan.outcome.lower_is_better else -1.0
    ends = [better * end for end in _ends(effect, plan.outcome)]
    if effect.finding is Finding.NOT_ENOUGH_TO_MATTER:
        worse = min(ends) > 0
        return (
            "It went the other way, so leave it." if worse else "A change that large is ruled out."
        )
    if max(ends) <= -least:
        return f"It is at least {worthwhile_words(plan)}."
    return f"Whether it is as much as {worthwhile_words(plan)} is not settled."


def _ends(effect: Effect, outcome: Outcome) -> tuple[float, float]:
    """Both ends of the interval on the additive scale."""
    if not outcome.is_ratio:
        return effect.low, effect.high
    low, high = (math.log(end) if end > 0 else -math.inf for end in (effect.low, effect.high))
    return low, high


def stop_sentence(experiment: Experiment) -> str:
    """Why and when a planned look ended it, or nothing."""
    look = experiment.stop_look
    if look is None:
        return ""
    why = {
        Decision.HELPS: "the answer was there",
        Decision.NOT_ENOUGH: "a change as large as you asked for was ruled out",
        Decision.FUTILE: "going on would hardly have shown it (a chance under 10 in 100)",
    }
    return (
        f"It ended at the planned look after {look.pairs} of {experiment.plan.pairs} pairs of"
        f" blocks: {why[look.decision]}."
    )


def belief_sentence(experiment: Experiment) -> str:
    """What the person expected, and whether they could tell the packets apart."""
    plan, parts = experiment.plan, []
    if plan.belief is not None:
        parts.append(f"Before the start you put {plan.belief} of 10 on “{plan.a}” helping.")
    guess = guess_index(experiment)
    if guess is not None:
        parts.append(
            f"You named the packet rightly in {guess.right} of {guess.blocks} blocks (blinding"
            f" index {written.decimal(guess.index)}: 0 is chance, 1 is knowing)."
        )
    elif not plan.hidden and parts:
        parts.append("You knew which was which: what you expected can be part of a rating.")
    return " ".join(parts)


def how_it_went(result: Result, progress: Progress, experiment: Experiment) -> str:
    """How long, how complete, and whether the person ended it early."""
    early = (
        f" It was ended early, on {written.day(result.last_day)}, and says less than planned."
        if result.ended_early and experiment.stop_look is None
        else ""
    )
    known = int(result.blocks["days"].sum())
    return (
        f"{progress.days_done} of {experiment.plan.days} planned days are over; the outcome is"
        f" known on {known}. {marks_summary(progress)}{early}"
    )


def marks_summary(progress: Progress, *, of_days: bool = False) -> str:
    """How many days were marked, and how; with ``of_days`` out of how many that have come."""
    if not progress.marked:
        return "You have not marked any day."
    of = f" of {progress.days_done} days" if of_days else ""
    return (
        f"You marked {progress.marked}{of}: {progress.kept} as planned, {progress.swapped} the"
        f" other way round, {progress.neither} neither."
    )


def power_sentence(curve: PowerCurve, weeks: float, *, a: str, change_hoped: str) -> str:
    """The chance of a clear answer at the length the person is willing to give, first."""
    works, nothing = curve.at(weeks)
    low, high = curve.between(weeks)
    own = curve.model.own_days
    base = f"your own {own} days" if own else "typical figures, as your log is still too short"
    return (
        f"If “{a}” really brings {change_hoped}, {_of_100(works)} such tests of"
        f" {written.whole(weeks)} weeks would show it ({_share(low)} to {_share(high)} of 100 by"
        f" what your log leaves open). If it does nothing, {_of_100(nothing)} would rule that much"
        f" out (from {written.whole(curve.repeats)} invented experiments on {base})."
    )


def _of_100(share: float) -> str:
    return f"{_share(share)} of 100"


def _share(share: float) -> str:
    return "under 1" if share < 0.01 else "over 99" if share > SURE else written.whole(100 * share)


def advice(curve: PowerCurve, weeks: float) -> str:
    """Plain advice before the start: go ahead, give it longer, or choose another question."""
    works, _ = curve.at(weeks)
    needed = curve.weeks_for_good_chance
    if works >= GOOD_CHANCE:
        return "A good chance: go ahead."
    longer = (
        f"For 80 of 100 it takes {written.whole(needed)} weeks, or a larger change."
        if not math.isnan(needed)
        else f"Even a year shows it in only {_of_100(curve.if_works[-1])}."
    )
    return f"{'Not worth starting.' if works < HOPELESS else 'A fair chance.'} {longer}"
