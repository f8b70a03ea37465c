"""What an experiment can look at, and the questions that other pages send here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from legcare.records import Factor
from legcare.records.experiment import Outcome, OutcomeKind

COUNT_BLOCK, SCORE_BLOCK = 7, 3
COUNT_WORTHWHILE, SCORE_WORTHWHILE = 0.6, 1.0


@dataclass(frozen=True)
class Question:
    """A question to begin from: A and B in plain words and the column that would show a difference.

    ``b_is_usual`` says that B is simply a day without A.
    """

    a: str
    b: str
    outcome: str = "cramps"
    b_is_usual: bool = True


def _score(column: str, label: str, *, lower: bool = True) -> Outcome:
    return Outcome(
        column=column, label=label, unit="points", kind=OutcomeKind.SCORE, lower_is_better=lower
    )


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(column="cramps", label="Cramps"),
    Outcome(column="night_cramps", label="Night cramps"),
    Outcome(column="woke", label="Cramps that woke you"),
    Outcome(column="minutes", label="Minutes of cramp", unit="minutes", kind=OutcomeKind.AMOUNT),
    _score("severity", "Severity, given a cramp"),
    _score("sleep_disturbance", "Sleep lost to cramps"),
    _score("soreness", "Soreness"),
    _score("stiffness", "Tension (stiffness)"),
    _score("heaviness", "Heaviness of the legs"),
    _score("stress", "Stress"),
    _score("sleep_quality", "Sleep quality", lower=False),
)

MASSAGE = Question("10 minutes of calf massage before bed", "no massage")
QUESTIONS: dict[str, Question] = {
    "massage": MASSAGE,
    "tool": Question("calf massage with a foam roller", "calf massage by hand", b_is_usual=False),
    "stretching": Question("3 minutes of calf and hamstring stretches before bed", "no stretches"),
    "exercise": Question("a 20-minute walk", "no extra walk"),
    "hydration": Question("half a litre more water than usual", "as usual"),
    "circulation": Question(MASSAGE.a, MASSAGE.b, "heaviness"),
    "tension": Question(MASSAGE.a, MASSAGE.b, "stiffness"),
    "flexibility": Question(MASSAGE.a, MASSAGE.b, "stiffness"),
    "waste": Question(
        "10 minutes of massage after exercise", "no massage after exercise", "soreness"
    ),
    "recovery": Question(
        "10 minutes of massage after exercise", "no massage after exercise", "soreness"
    ),
    "stress": Question(MASSAGE.a, MASSAGE.b, "stress"),
    "problem_areas": Question("5 minutes on each tender spot before bed", "leaving them alone"),
}


def outcomes(factors: Iterable[Factor] = ()) -> dict[str, Outcome]:
    """Every outcome that may be chosen, by column.

    The built-in ones, then the person's own factors.
    """
    own = (
        Outcome(
            column=factor.key,
            label=factor.label,
            unit="points" if factor.unit in ("", "0-10") else factor.unit,
            kind=OutcomeKind.SCORE,
        )
        for factor in factors
        if factor.own
    )
    return {outcome.column: outcome for outcome in (*OUTCOMES, *own)}


def question(key: str, factors: Iterable[Factor] = ()) -> Question:
    """The question behind ``?test=key``: a known one, a factor of the log, or an empty one."""
    if key in QUESTIONS:
        return QUESTIONS[key]
    factor = next((factor for factor in factors if factor.key == key), None)
    return (
        Question("", "as usual")
        if factor is None
        else Question(f"more {factor.label.lower()}", "as usual")
    )
