"""Planning: safety first, then A and B in own words, then what to expect, then the seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import streamlit as st
from pydantic import ValidationError

from legcare.analysis.experiment.days import outcome_values
from legcare.analysis.experiment.forecast import (
    ENOUGH_PAIRS,
    PowerCurve,
    Shape,
    chances,
    model_of,
    power_curve,
    simulate,
    weeks_with_looks,
)
from legcare.analysis.experiment.looks import usual_looks
from legcare.analysis.experiment.outcomes import (
    COUNT_BLOCK,
    COUNT_WORTHWHILE,
    SCORE_BLOCK,
    SCORE_WORTHWHILE,
    Question,
    outcomes,
    question,
)
from legcare.analysis.experiment.plan import fresh_seed, is_whole, sealed
from legcare.analysis.experiment.schedule import is_over
from legcare.analysis.experiment.words import HOPELESS, advice
from legcare.charts.experiment import power_chart
from legcare.records import written
from legcare.records.experiment import ALPHA, INVERSION, Experiment, Outcome, Plan
from legcare.ui.experiment.safety_gate import is_safe
from legcare.ui.experiment.store import days, experiments, keep
from legcare.ui.forms import numbers
from legcare.ui.parts.card import chart_card
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View

OWN_DAYS = 180
LONGEST, MOST_BY_ITSELF, FIRST_WEEKS = 52, 48, 12
FEWEST_OWN_DAYS, FAIR = 28, 0.5
ONCE = "Once, at the end"
AT_SET_DATES = "At set dates: it may end early"
AGAIN = "plan-again"


@dataclass(frozen=True)
class Things:
    """What is compared, in the person's own words."""

    a: str
    b: str
    b_is_usual: bool
    more: tuple[str, ...]
    hidden: bool

    @property
    def arms(self) -> int:
        """How many things are compared."""
        return 2 + len(self.more)


@dataclass(frozen=True)
class Wish:
    """What the person asks for, before anything is drawn or sealed."""

    outcome: Outcome
    worthwhile: float
    block_days: int
    washout_days: int
    arms: int = 2

    @property
    def shape(self) -> Shape:
        """The blocks of it."""
        return Shape(self.block_days, self.washout_days, self.arms)

    def pairs(self, weeks: int) -> int:
        """Whole pairs (rounds) of blocks that fit."""
        return max(ENOUGH_PAIRS, int(weeks / self.shape.weeks + 1e-9))

    @property
    def change(self) -> str:
        """The change asked for in words, with what changes."""
        label = self.outcome.label.lower()
        if self.outcome.is_ratio:
            return f"{round(100 * (1 - self.worthwhile))} % fewer {label}"
        way = "lower" if self.outcome.lower_is_better else "higher"
        unit = self.outcome.unit or "points"
        return f"{label} {written.decimal(self.worthwhile)} {unit} {way}"


@dataclass(frozen=True)
class Reading:
    """When the answer is read, and what is kept for a run after it."""

    weeks: int
    looks: tuple[int, ...]
    again: bool
    belief: int


def planner(view: View, test: str) -> None:
    """The whole way from a question to a sealed plan.

    ``test`` is what another page wants to have tested.
    """
    if not is_safe(view):
        return
    start, mark = _start(view, test)
    things = _things(start, mark)
    wish = _wish(view, start, mark, things.arms)
    reading, sure = _expect(view, wish, things)
    _seal_it(view, wish, things, reading, sure=sure)


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


def _start(view: View, test: str) -> tuple[Question, str]:
    """The question to begin from, and a mark for its fields.

    The mark tells them from those of another question.
    """
    again = st.session_state.get(AGAIN)
    plan = next((each.plan for each in experiments(view) if str(each.plan.id) == again), None)
    if plan is None:
        return question(test, view.whole.factors.values()), ""
    return Question(plan.a, plan.b, plan.outcome.column, plan.b_is_usual), f"-{again}"


def _things(start: Question, mark: str) -> Things:
    st.header("What do you want to compare?", anchor=False)
    a = st.text_input("A: what you want to test", value=start.a, max_chars=200, key=f"plan-a{mark}")
    b = st.text_input(
        "B: what you compare it with", value=start.b, max_chars=200, key=f"plan-b{mark}"
    )
    usual = st.checkbox("B is simply not doing A", value=start.b_is_usual, key=f"plan-usual{mark}")
    with st.expander("More than two things, or packets", icon=":material/add:"):
        st.caption("Each one more is compared with B, and needs its own blocks: it takes longer.")
        texts = [
            st.text_input(f"{letter} (optional)", max_chars=200, key=f"plan-{letter}{mark}")
            for letter in ("C", "D")
        ]
        more = tuple(text.strip() for text in texts if text.strip())
        hidden = st.checkbox(
            "Someone else packs A and B alike, so that I cannot tell them apart",
            disabled=bool(more),
            key=f"plan-hidden{mark}",
        )
    return Things(a.strip(), b.strip(), usual, more, hidden and not more)


def _wish(view: View, start: Question, mark: str, arms: int) -> Wish:
    st.header("What should change, and by how much?", anchor=False)
    offered = outcomes(view.whole.own_factors)
    chances_by_column = view.once("experiment-chances", lambda: _chances_now(view))
    columns = sorted(offered, key=lambda key: -chances_by_column.get(key, -1.0))
    column = st.selectbox(
        "Outcome",
        columns,
        index=columns.index(_first_choice(start.outcome, columns, chances_by_column)),
        format_func=lambda key: _with_chance(offered[key], chances_by_column),
        key=f"plan-outcome{mark}",
        help="What can answer in your own log comes first.",
    )
    outcome = offered[column]
    worthwhile = _worthwhile(outcome)
    with st.expander("Length of a block, break days", icon=":material/tune:"):
        block = st.number_input(
            "Days in a block",
            1,
            28,
            value=_block_days(outcome),
            key=f"plan-block-{outcome.kind}",
        )
        washout = st.number_input(
            "Break days: first days of a block that do not count",
            0,
            14,
            value=0,
            key="plan-washout",
        )
        st.caption("Seven days hold every weekday and are long enough for what A does to wear off.")
    return Wish(outcome, worthwhile, int(block), int(washout), arms)


def _block_days(outcome: Outcome) -> int:
    return COUNT_BLOCK if outcome.is_ratio else SCORE_BLOCK


def _least(outcome: Outcome) -> float:
    return COUNT_WORTHWHILE if outcome.is_ratio else SCORE_WORTHWHILE


def _chances_now(view: View) -> dict[str, float]:
    """The chance of an answer after twelve weeks, for outcomes with four weeks of own days."""
    table, found = days(view), {}
    for outcome in outcomes(view.whole.own_factors).values():
        values = outcome_values(table, outcome).tail(OWN_DAYS)
        if values.count() < FEWEST_OWN_DAYS or not values.abs().sum():
            continue
        shape, least = Shape(_block_days(outcome)), _least(outcome)
        pairs = max(ENOUGH_PAIRS, int(FIRST_WEEKS / shape.weeks))
        whole = simulate(model_of(values, outcome, shape), outcome, least, (shape, pairs), (0.0,))
        hoped = least if outcome.is_ratio else -least
        found[outcome.column] = float(chances(whole, hoped, shape, [pairs])[0].mean())
    return found


def _first_choice(wanted: str, columns: list[str], known: dict[str, float]) -> str:
    """The outcome of the question, unless it is hopeless and another one can answer."""
    best = columns[0]
    if known.get(wanted, 1.0) < HOPELESS <= known.get(best, 0.0):
        return best
    return wanted if wanted in columns else best


def _with_chance(outcome: Outcome, known: dict[str, float]) -> str:
    if outcome.column not in known:
        return outcome.label
    share = written.whole(100 * known[outcome.column])
    return f"{outcome.label} ({share} in 100 after {FIRST_WEEKS} weeks)"


def _worthwhile(outcome: Outcome) -> float:
    """The smallest change that would matter, as a ratio or in points."""
    if outcome.is_ratio:
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


def _expect(view: View, wish: Wish, things: Things) -> tuple[Reading, bool]:
    """The chance first, then length and looks; and whether the person would start with it."""
    st.header("What to expect", anchor=False)
    curve = _curve(view, wish)
    weeks = _weeks(wish, curve)
    chance_card = power_chart(curve, weeks, a=things.a or "A", change_hoped=wish.change)
    chart_card(chance_card, heading=None)
    st.markdown(f"**{advice(curve, weeks)}**")
    works, _ = curve.at(weeks)
    if works < HOPELESS:
        _quicker(view, wish)
    looks = _looks(view, wish, weeks)
    again = st.checkbox(
        "If it cannot tell, I may run it again (a tenth of the allowed error is kept for that)",
        key="plan-again-reserve",
    )
    belief = st.slider(
        "Before you start: how sure are you that A will help? (0 not at all, 10 quite sure)",
        0,
        10,
        value=5,
        key="plan-belief",
    )
    sure = works >= HOPELESS or st.checkbox(
        f"Start anyway, with a chance of {written.whole(100 * works)} in 100?", key="plan-anyway"
    )
    return Reading(weeks, looks, again, belief), sure


def _weeks(wish: Wish, curve: PowerCurve) -> int:
    """The length: by itself the shortest with an even chance, 48 weeks at most."""
    least = ceil(ENOUGH_PAIRS * wish.shape.weeks)
    if least >= LONGEST:
        return least
    fair = [n for n, c in zip(curve.weeks, curve.if_works, strict=True) if c >= FAIR]
    usual = max(min(ceil(fair[0]) if fair else LONGEST, MOST_BY_ITSELF), least)
    return int(
        st.slider(
            "Weeks you are willing to give",
            least,
            LONGEST,
            value=usual,
            key=f"plan-weeks-{least}-{usual}",
        )
    )


def _looks(view: View, wish: Wish, weeks: int) -> tuple[int, ...]:
    """The planned looks that the person chose, if any."""
    pairs = wish.pairs(weeks)
    looks = usual_looks(pairs) if wish.arms == 2 else ()
    if not looks:
        return ()
    way = st.radio(
        "When is the answer read?",
        (ONCE, AT_SET_DATES),
        index=1,
        key="plan-looks",
        help="At no other time: looking whenever one likes finds differences that are not there.",
    )
    if way == ONCE:
        return ()
    stages = (*looks, pairs)
    key = ("looks", wish, pairs)
    _, mean = view.once(
        key,
        lambda: weeks_with_looks(
            _curve(view, wish).model, wish.outcome, wish.worthwhile, wish.shape, stages
        ),
    )
    dates = ", ".join(written.whole(n * wish.shape.weeks) for n in looks)
    st.caption(
        f"Looks after {dates} weeks. Were A to bring the change, it would end after"
        f" {written.whole(mean)} weeks on average; it also ends where going on is hopeless."
    )
    return looks


def _curve(view: View, wish: Wish) -> PowerCurve:
    """The chances from the person's own last half year, computed once per wish."""

    def work() -> PowerCurve:
        values = outcome_values(days(view), wish.outcome).tail(OWN_DAYS)
        model = model_of(values, wish.outcome, wish.shape)
        return power_curve(model, wish.outcome, wish.worthwhile, wish.shape)

    return view.once(("power", wish), work)


def _quicker(view: View, wish: Wish) -> None:
    """Name the outcome in the person's own log that would be likeliest to answer, if one would."""
    known = {
        column: chance
        for column, chance in view.once("experiment-chances", lambda: _chances_now(view)).items()
        if column != wish.outcome.column
    }
    best = max(known, key=lambda column: known[column], default=None)
    if best is None or known[best] < HOPELESS:
        return
    label = outcomes(view.whole.own_factors)[best].label
    st.markdown(
        f"Quicker: {plain(label)} would tell you in {FIRST_WEEKS} weeks with a chance of"
        f" {written.whole(100 * known[best])} in 100."
    )


def _seal_it(view: View, wish: Wish, things: Things, reading: Reading, *, sure: bool) -> None:
    st.header("Toss the coins and lock the plan", anchor=False)
    first = st.date_input(
        "First day",
        value=view.today + timedelta(days=1),
        min_value=view.today,
        format=view.formats.date_input,
        key=f"plan-first-{view.today}",
    )
    pairs = wish.pairs(reading.weeks)
    total = round(7 * pairs * wish.shape.weeks)
    each = "one of A and one of B" if things.arms == 2 else "one of each thing"
    st.markdown(
        f"{pairs} {'pairs' if things.arms == 2 else 'rounds'} of {wish.block_days}-day blocks,"
        f" {each}, in an order that a coin decides: {total} days. Each block is shown when it"
        " begins, the answer at the end."
    )
    pressed = st.button(
        "Toss and lock", type="primary", icon=":material/lock:", key="plan-seal", disabled=not sure
    )
    if not pressed:
        return
    try:
        plan = Plan.model_validate(
            {
                "a": things.a,
                "b": things.b,
                "b_is_usual": things.b_is_usual,
                "more": things.more,
                "hidden": things.hidden,
                "outcome": wish.outcome,
                "worthwhile": wish.worthwhile,
                "pairs": pairs,
                "block_days": wish.block_days,
                "washout_days": wish.washout_days,
                "first_day": first,
                "rules": INVERSION,
                "looks": reading.looks,
                "belief": reading.belief,
                **_error_left(view, wish, things, again=reading.again),
                **fresh_seed(),
            }
        )
    except ValidationError as error:
        st.error(_refusal(error))
        return
    keep(_now_sealed(plan, view))
    st.session_state.pop(AGAIN, None)
    st.rerun()


def _error_left(view: View, wish: Wish, things: Things, *, again: bool) -> dict[str, object]:
    """The earlier runs on this question, and the error spent from them to this one's end."""
    words = (things.a.casefold(), things.b.casefold(), wish.outcome.column)
    earlier = [
        each
        for each in reversed(experiments(view))
        if is_over(each, view.today)
        and is_whole(each)
        and question_words(each) == words
        and not (things.more or each.plan.more)
    ]
    spent_before = max((each.plan.alpha for each in earlier), default=0.0)
    share = 0.9 if again else 1.0
    alpha = spent_before + share * (ALPHA - spent_before)
    return {"previous": tuple(each.seal for each in earlier), "alpha": min(alpha, ALPHA)}


def question_words(experiment: Experiment) -> tuple[str, str, str]:
    """What makes two experiments runs on the same question: A, B and the outcome."""
    plan = experiment.plan
    return plan.a.strip().casefold(), plan.b.strip().casefold(), plan.outcome.column


def _now_sealed(plan: Plan, view: View) -> Experiment:
    return sealed(plan).model_copy(update={"sealed_at": view.now})


def _refusal(error: ValidationError) -> str:
    first = error.errors()[0]
    place = str(first["loc"][0]) if first["loc"] else ""
    if place in ("a", "b"):
        return f"{place.upper()} is empty. Say in your own words what you will do."
    return f"This plan cannot be drawn: {first['msg'].removeprefix('Value error, ')}."
