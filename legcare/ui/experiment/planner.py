"""Planning: safety first, then A and B in own words, then what to expect, then the seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from legcare.analysis.experiment.outcomes import (
    COUNT_BLOCK,
    COUNT_WORTHWHILE,
    SCORE_BLOCK,
    SCORE_WORTHWHILE,
    Question,
    outcomes,
    question,
)
from legcare.analysis.experiment.plan import fresh_seed, sealed
from legcare.analysis.experiment.planning import Outlook, own_outlook
from legcare.analysis.experiment.result import ENOUGH_PAIRS
from legcare.analysis.experiment.words import advice
from legcare.analysis.safety import Level, Reply, due, safety_text
from legcare.charts.experiment import outlook_chart
from legcare.records import written
from legcare.records.experiment import Experiment, Outcome, OutcomeKind, Plan
from legcare.ui.experiment.store import days, experiments, keep
from legcare.ui.forms import numbers
from legcare.ui.parts.card import chart_card
from legcare.ui.safety.notices import long_cramp_question, met_of, replies_of, reply
from legcare.ui.shell.saving import tap
from legcare.ui.shell.session import View

OWN_DAYS = 180
LONGEST = 52
AGAIN = "plan-again"


@dataclass(frozen=True)
class Wish:
    """What the person asks for, before anything is drawn or sealed."""

    outcome: Outcome
    worthwhile: float
    block_days: int
    washout_days: int
    weeks: int

    @property
    def length(self) -> int:
        """Days of one block, wash-out included."""
        return self.block_days + self.washout_days

    @property
    def pairs(self) -> int:
        """Whole pairs of blocks that fit."""
        return max(ENOUGH_PAIRS, int(self.weeks * 7 // (2 * self.length)))


def planner(view: View, test: str) -> None:
    """The whole way from a question to a sealed plan.

    ``test`` is what another page asked to test.
    """
    if not _safe(view):
        return
    asked, mark = _asked(view, test)
    a, b, usual = _two_things(asked, mark)
    wish = _wish(view, asked, mark)
    _expect(view, wish)
    _seal_it(view, wish, a=a, b=b, usual=usual)


def _safe(view: View) -> bool:
    """The safety check: nobody with a red flag plans an experiment here."""
    st.header("First, is it safe for you?", anchor=False)
    if long_cramp_question(view):
        return False
    unseen = due(met_of(view), replies_of(view), view.today)
    for notice in unseen:
        st.warning(f"{notice.line.level.heading}. {notice.sentence}")
    text = safety_text()
    st.markdown(text.banner)
    with st.expander(
        "When not to massage, and when to ask first", icon=":material/health_and_safety:"
    ):
        for level in (Level.EMERGENCY, Level.SAME_DAY, Level.AVOID, Level.ASK_FIRST):
            st.markdown(f"**{level.heading}**")
            st.markdown(
                "\n".join(
                    f"- {line.text}"
                    for line in (*text.red_flags, *text.cautions)
                    if line.level is level
                )
            )
    if unseen:
        rules = [(notice.rule, float(notice.measure)) for notice in unseen]
        tap("I have had this looked at", reply, args=(rules, Reply.ASKED), key="plan-looked-at")
        return False
    sure = st.checkbox(
        "I have read this: none of it applies to me, or I have asked and may go on", key="plan-safe"
    )
    if not sure:
        st.caption("Tick this to go on to the plan.")
    return sure


def run_again(experiment: Experiment) -> None:
    """Begin the next plan from the words of a finished experiment.

    So the two can be read as one.
    """
    st.session_state[AGAIN] = str(experiment.plan.id)


def plans_another() -> bool:
    """Whether the visitor came to plan.

    With a question from another page, or to run an experiment again.
    """
    return "test" in st.query_params or AGAIN in st.session_state


def _asked(view: View, test: str) -> tuple[Question, str]:
    """The question to begin from, and a mark for its fields.

    The mark tells them from those of another question.
    """
    again = st.session_state.get(AGAIN)
    plan = next((each.plan for each in experiments(view) if str(each.plan.id) == again), None)
    if plan is None:
        return question(test, view.whole.factors.values()), ""
    return Question(plan.a, plan.b, plan.outcome.column, plan.b_is_usual), f"-{again}"


def _two_things(asked: Question, mark: str) -> tuple[str, str, bool]:
    st.header("What do you want to compare?", anchor=False)
    a = st.text_input("A: what you want to test", value=asked.a, max_chars=200, key=f"plan-a{mark}")
    b = st.text_input(
        "B: what you compare it with", value=asked.b, max_chars=200, key=f"plan-b{mark}"
    )
    usual = st.checkbox("B is simply not doing A", value=asked.b_is_usual, key=f"plan-usual{mark}")
    return a.strip(), b.strip(), usual


def _wish(view: View, asked: Question, mark: str) -> Wish:
    st.header("What should change, and by how much?", anchor=False)
    offered = outcomes(view.whole.own_factors)
    columns = list(offered)
    column = st.selectbox(
        "Outcome",
        columns,
        index=columns.index(asked.outcome) if asked.outcome in columns else 0,
        format_func=lambda key: offered[key].label,
        key=f"plan-outcome{mark}",
    )
    outcome = offered[column]
    counts = outcome.kind is OutcomeKind.COUNT
    worthwhile = _worthwhile(outcome)
    with st.expander("Blocks and wash-out", icon=":material/tune:"):
        block = st.number_input(
            "Days in a block",
            1,
            28,
            value=COUNT_BLOCK if counts else SCORE_BLOCK,
            key=f"plan-block-{outcome.kind}",
        )
        washout = st.number_input(
            "Wash-out: first days of a block that do not count", 0, 14, value=0, key="plan-washout"
        )
        st.caption("Seven days hold every weekday and are long enough for what A does to wear off.")
    least = ceil(2 * ENOUGH_PAIRS * (block + washout) / 7)
    weeks = (
        least
        if least >= LONGEST
        else st.slider(
            "Weeks you are willing to give",
            least,
            LONGEST,
            value=max(12, least),
            key=f"plan-weeks-{least}",
        )
    )
    return Wish(outcome, worthwhile, int(block), int(washout), int(weeks))


def _worthwhile(outcome: Outcome) -> float:
    """The smallest change that would matter, as a ratio or in points."""
    if outcome.kind is OutcomeKind.COUNT:
        percent = st.slider(
            f"The smallest drop in {outcome.label.lower()} that would be worth it to you (%)",
            10,
            80,
            value=round(100 * (1 - COUNT_WORTHWHILE)),
            step=5,
            key="plan-percent",
            help="Reviewers of cramp trials have used 25 %; it is a guide, not a proven threshold.",
        )
        return 1 - percent / 100
    way = "drop" if outcome.lower_is_better else "rise"
    return numbers.asked(
        f"The smallest {way} in {outcome.label.lower()} that would be worth it to you"
        f" ({outcome.unit or 'points'})",
        SCORE_WORTHWHILE,
        f"plan-points-{outcome.column}",
        scale=numbers.Scale(low=0.1, step=0.5),
    )


def _expect(view: View, wish: Wish) -> None:
    st.header("What to expect", anchor=False)
    curve = _outlook(view, wish.outcome, wish)
    chart_card(outlook_chart(curve, wish.weeks), heading=None)
    st.markdown(f"**{advice(curve, wish.weeks)}**")
    if curve.at(wish.weeks)[0] < 0.8:
        _quicker(view, wish)


def _outlook(view: View, outcome: Outcome, wish: Wish) -> Outlook:
    """The curve from the person's own last half year, computed once per wish."""
    counts = outcome.kind is OutcomeKind.COUNT
    own = wish.outcome == outcome
    least = wish.worthwhile if own else SCORE_WORTHWHILE
    block, washout = (wish.block_days, wish.washout_days) if own else (SCORE_BLOCK, 0)

    def work() -> Outlook:
        table = days(view)
        known = table[outcome.column] if outcome.column in table else pd.Series(dtype="float64")
        recent = known.tail(OWN_DAYS)
        return own_outlook(
            recent, counts=counts, worthwhile=least, block_days=block, washout_days=washout
        )

    return view.once(("outlook", outcome.column, least, block, washout), work)


def _quicker(view: View, wish: Wish) -> None:
    """Name the outcome in the person's own log that would give an answer soonest, if one would."""
    table = days(view)
    known = [
        o
        for o in outcomes(view.whole.own_factors).values()
        if o.column in table and o != wish.outcome
    ]
    scores = [
        o
        for o in known
        if o.kind is OutcomeKind.SCORE and table[o.column].tail(OWN_DAYS).count() >= 28
    ]
    needed = [
        (_outlook(view, outcome, wish).weeks_for_good_chance, outcome.label.lower())
        for outcome in scores
    ]
    soonest = min(((weeks, label) for weeks, label in needed if weeks == weeks), default=None)
    if soonest is not None:
        weeks = written.whole(soonest[0])
        st.markdown(
            f"From your own log, {soonest[1]} (a change of 1 point) would tell you in {weeks}"
            " weeks."
        )


def _seal_it(view: View, wish: Wish, *, a: str, b: str, usual: bool) -> None:
    st.header("Draw the lots and seal the plan", anchor=False)
    first = st.date_input(
        "First day",
        value=view.today + timedelta(days=1),
        min_value=view.today,
        format=view.formats.date_input,
        key=f"plan-first-{view.today}",
    )
    st.markdown(
        f"{wish.pairs} pairs of {wish.block_days}-day blocks, one of A and one of B in each, in an"
        f" order drawn by lot: {2 * wish.pairs * wish.length} days. Each block is revealed when it"
        " begins, the result at the end."
    )
    if not st.button("Draw and seal", type="primary", icon=":material/lock:", key="plan-seal"):
        return
    try:
        plan = Plan.model_validate(
            {
                "a": a,
                "b": b,
                "b_is_usual": usual,
                "outcome": wish.outcome,
                "worthwhile": wish.worthwhile,
                "pairs": wish.pairs,
                "block_days": wish.block_days,
                "washout_days": wish.washout_days,
                "first_day": first,
                **fresh_seed(),
            }
        )
    except ValidationError as error:
        st.error(_refusal(error))
        return
    keep(_now_sealed(plan, view))
    st.session_state.pop(AGAIN, None)
    st.rerun()


def _now_sealed(plan: Plan, view: View) -> Experiment:
    return sealed(plan).model_copy(update={"sealed_at": view.now})


def _refusal(error: ValidationError) -> str:
    first = error.errors()[0]
    place = str(first["loc"][0]) if first["loc"] else ""
    if place in ("a", "b"):
        return f"{place.upper()} is empty. Say in your own words what you will do."
    return f"This plan cannot be drawn: {first['msg'].removeprefix('Value error, ')}."
