"""Living through an experiment on the page, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from legcare.analysis.experiment.plan import sealed
from legcare.analysis.experiment.random_order import random_order
from legcare.analysis.experiment.schedule import schedule
from legcare.records import Cramp, Reading, TrackedSpan
from legcare.records.experiment import Arm, Experiment
from legcare.storage.logbook import Logbook
from tests.experiment.made import a_plan
from tests.pages.conftest import Opener

FIRST = date(2026, 3, 10)
Clock = Callable[[date], None]


@pytest.fixture
def clock(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Move the clock to noon of a day."""

    def moved(day: date) -> None:
        monkeypatch.setenv(
            "LEGCARE_CLOCK", datetime(day.year, day.month, day.day, 12, tzinfo=UTC).isoformat()
        )

    moved(FIRST)
    return moved


def texts(page: AppTest) -> str:
    kinds = (page.markdown, page.info, page.error, page.warning, page.caption)
    return "\n".join(element.value for kind in kinds for element in kind)


def stored(logbook: Logbook) -> Experiment:
    (value,) = logbook.documents("experiment/").values()
    return Experiment.model_validate(value)


def begun(logbook: Logbook, **changes: object) -> Experiment:
    """An experiment that began on 10 March 2026, as if planned on the page."""
    experiment = sealed(a_plan(first_day=FIRST, **changes))
    logbook.remember(experiment.document, experiment.model_dump(mode="json"))
    return experiment


def lived(logbook: Logbook, experiment: Experiment, today: date, *, a: int = 1, b: int = 5) -> None:
    """A log in which every A block held ``a`` cramps and every B block ``b``, every day tracked."""
    cramps = []
    for planned in schedule(experiment, today):
        if planned.day_in_block <= (a if planned.arm is Arm.A else b):
            day = planned.day
            cramps.append(Cramp(at=datetime(day.year, day.month, day.day, 22, tzinfo=UTC)))
    days = schedule(experiment, today)
    logbook.keep(
        [*cramps, TrackedSpan(first_day=days[0].day, last_day=days[-1].day)], label="a life"
    )


def test_a_plan_from_safety_check_to_seal(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    page = open_page("experiment")
    assert "First, is it safe for you?" in [sub.value for sub in page.header]
    assert not [button for button in page.button if button.key == "plan-seal"], (
        "nothing to seal before the safety check"
    )
    page.checkbox(key="plan-safe").check().run()
    page.text_input(key="plan-a").input("10 *minutes* of rolling").run()
    said = texts(page)
    assert "typical figures, as your log is still too short" in said
    assert said.index("would show it") < said.index("A fair chance.")
    assert "Looks after 16, 24, 32, 40 weeks" in said
    page.button(key="plan-seal").click().run()
    experiment = stored(logbook)
    assert experiment.plan.a == "10 *minutes* of rolling"
    assert experiment.plan.first_day == FIRST + timedelta(days=1)
    assert (experiment.plan.pairs, experiment.plan.worthwhile) == (24, 0.6)
    assert (experiment.plan.rules, experiment.plan.looks) == (2, (8, 12, 16, 20))
    assert (experiment.plan.belief, experiment.plan.alpha) == (5, 0.025)
    assert experiment.seal in texts(page)
    assert "It begins on Wednesday 11 March." in texts(page)
    assert r"10 \*minutes\* of rolling" in texts(page)


def test_empty_words_are_refused_with_a_sentence(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    page = open_page("experiment")
    page.checkbox(key="plan-safe").check().run()
    page.text_input(key="plan-a").input(" ").run()
    page.button(key="plan-seal").click().run()
    assert "A is empty. Say in your own words what you will do." in texts(page)
    assert logbook.documents("experiment/") == {}


def test_test_this_prefills_the_plan(open_page: Opener, clock: Clock) -> None:
    page = open_page("experiment", test="recovery")
    page.checkbox(key="plan-safe").check().run()
    assert page.text_input(key="plan-a").value == "10 minutes of massage after exercise"
    assert page.selectbox(key="plan-outcome").value == "soreness"


def test_a_red_flag_in_the_log_stops_the_plan(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    logbook.keep([Cramp(at=datetime(2026, 3, 9, 22, tzinfo=UTC), minutes=25)], label="long")
    page = open_page("experiment")
    assert "Your cramp lasted 25 minutes. Is it still there?" in texts(page)
    assert not [box for box in page.checkbox if box.key == "plan-safe"]
    page.button(key="safety-over").click().run()
    assert [box for box in page.checkbox if box.key == "plan-safe"]


def test_what_was_looked_at_opens_the_plan(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    nights = [datetime(2026, 3, day, 22, tzinfo=UTC) for day in (2, 4, 6, 8)]
    logbook.keep([Cramp(at=at, woke_me=True) for at in nights], label="four nights")
    page = open_page("experiment")
    assert "cramps woke you 4 nights" in texts(page)
    assert not [box for box in page.checkbox if box.key == "plan-safe"]
    page.button(key="plan-looked-at").click().run()
    assert [box for box in page.checkbox if box.key == "plan-safe"]
    assert [button for button in open_page("overview").button if button.key == "safety-asked"] == []


def test_today_is_marked_with_one_tap_and_a_swap_is_recorded(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    arm = random_order(experiment.plan)[0]
    page = open_page("experiment")
    assert f"Today is **{arm}: " in texts(page)
    page.button(key=f"mark-{FIRST}-1").click().run()
    page.button(key=f"mark-{FIRST}-0").click().run()
    assert [mark.done for mark in stored(logbook).marks] == [arm.other, arm]
    assert "Marked: done as planned" in texts(page)
    assert "You marked 1 of 1 days: 1 as planned" in texts(page)


def test_nothing_about_the_outcome_is_shown_before_the_end(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    lived(logbook, experiment, FIRST)
    clock(FIRST + timedelta(days=60))
    page = open_page("experiment")
    said = texts(page)
    assert "The outcome is known on 61" in said
    for word in ("% fewer", "A helps", "interval:", "cannot tell", "lower mean"):
        assert word not in said
    blocks = [
        planned.block
        for planned in schedule(experiment, FIRST)
        if planned.day <= FIRST + timedelta(days=60)
    ]
    assert f"{max(blocks)} of 12 blocks are revealed" in said


def test_twelve_weeks_with_missed_days_and_a_pause_end_in_an_answer(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    open_page("experiment").button(key=f"mark-{FIRST}-0").click().run()
    clock(FIRST + timedelta(days=10))
    page = open_page("experiment")
    page.button(key="pause").click().run()
    assert "It is paused" in texts(page)
    clock(FIRST + timedelta(days=15))
    page = open_page("experiment")
    page.button(key="resume").click().run()
    paused = stored(logbook)
    assert [(p.first_day, p.last_day) for p in paused.pauses] == [
        (FIRST + timedelta(10), FIRST + timedelta(14))
    ]
    lived(logbook, paused, FIRST + timedelta(days=15))
    clock(FIRST + timedelta(days=84 + 4))
    assert "A helps" not in texts(open_page("experiment"))
    clock(FIRST + timedelta(days=84 + 5))
    page = open_page("experiment")
    said = texts(page)
    assert "“10 minutes of calf massage before bed” helps." in said
    assert "79 % fewer cramps with “10 minutes of calf massage before bed” (A)" in said
    assert "84 days in 6 pairs of blocks; randomisation test p = 0.031" in said
    assert "84 of 84 planned days are over" in said
    assert "You marked 1: 1 as planned" in said
    assert experiment.seal in said


def test_a_tampered_plan_is_refused_while_it_runs_and_at_the_end(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    lived(logbook, experiment, FIRST)
    forged = experiment.model_copy(
        update={"plan": experiment.plan.model_copy(update={"worthwhile": 0.95})}
    )
    logbook.remember(forged.document, forged.model_dump(mode="json"))
    page = open_page("experiment")
    assert "was changed afterwards" in texts(page)
    assert "Today is" not in texts(page)
    clock(FIRST + timedelta(days=90))
    page = open_page("experiment")
    assert "was changed afterwards" in texts(page)
    assert "fewer cramps with" not in texts(page)


def test_a_document_that_is_no_experiment_any_more_is_said_not_thrown(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    logbook.remember(experiment.document, {"plan": "gone"})
    page = open_page("experiment")
    assert not page.exception
    assert "can no longer be read" in texts(page)


def test_a_wrong_seal_from_the_sheet_is_refused(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    lived(logbook, experiment, FIRST)
    clock(FIRST + timedelta(days=84))
    page = open_page("experiment")
    field = page.text_input(key=f"seal-{experiment.plan.id}")
    field.input("0123456789ab").run()
    assert "does not belong to this plan" in texts(page)
    assert "fewer cramps with" not in texts(page)
    page.text_input(key=f"seal-{experiment.plan.id}").input(experiment.seal[:12]).run()
    assert "fewer cramps with" in texts(page)


def test_an_early_end_is_possible_and_said(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    lived(logbook, experiment, FIRST)
    clock(FIRST + timedelta(days=34))
    page = open_page("experiment")
    page.text_input(key="end-why").input("Moved <b>house</b>").run()
    page.checkbox(key="end-sure").check().run()
    page.button(key="end").click().run()
    said = texts(page)
    assert stored(logbook).ended_on == FIRST + timedelta(days=34)
    assert "This experiment was ended early." in said
    assert "<b>" not in said
    assert "2 pairs can never show a difference" in said
    assert "This experiment cannot tell." in said


def test_an_unclear_one_is_run_again_in_the_same_words(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook, a="Own words", b="Other words", b_is_usual=False)
    lived(logbook, experiment, FIRST, a=1, b=1)
    clock(FIRST + timedelta(days=84))
    page = open_page("experiment")
    page.button(key=f"again-{experiment.plan.id}").click().run()
    page.checkbox(key="plan-safe").check().run()
    assert page.text_input(key=f"plan-a-{experiment.plan.id}").value == "Own words"
    assert page.checkbox(key=f"plan-usual-{experiment.plan.id}").value is False


TODAY = """
from legcare.ui.experiment import today_line
from legcare.ui.shell.session import current_view
today_line(current_view())
"""


def test_the_line_for_the_today_page_marks_the_day_and_is_silent_without_an_experiment(
    logbook: Logbook, clock: Clock
) -> None:
    page = AppTest.from_string(TODAY, default_timeout=60).run()
    assert texts(page) == ""
    experiment = begun(logbook)
    page = AppTest.from_string(TODAY, default_timeout=60).run()
    arm = random_order(experiment.plan)[0]
    assert f"Today is **{arm}: " in texts(page)
    page.button(key=f"mark-{FIRST}-0").click().run()
    assert stored(logbook).done_on(FIRST).done is arm  # type: ignore[union-attr]
    clock(FIRST + timedelta(days=84))
    assert texts(AppTest.from_string(TODAY, default_timeout=60).run()) == ""


def test_an_end_before_the_first_day_is_no_trouble(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    begun(logbook)
    clock(FIRST - timedelta(days=2))
    page = open_page("experiment")
    page.checkbox(key="end-sure").check().run()
    page.button(key="end").click().run()
    assert not page.exception
    assert "Fewer than two pairs of blocks have days with a known outcome." in texts(page)


def test_long_blocks_are_planned_with_six_pairs_and_said(open_page: Opener, clock: Clock) -> None:
    page = open_page("experiment")
    page.checkbox(key="plan-safe").check().run()
    page.number_input(key="plan-block-count").set_value(28).run()
    page.number_input(key="plan-washout").set_value(7).run()
    assert not page.exception
    assert (
        "6 pairs of 28-day blocks, one of A and one of B, in an order that a coin decides: 420"
        " days" in texts(page)
    )


def test_two_finished_experiments_on_one_question_are_read_as_one(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    first = begun(logbook)
    later = sealed(a_plan(first_day=FIRST + timedelta(days=100), seed=5))
    logbook.remember(later.document, later.model_dump(mode="json"))
    for each in (first, later):
        lived(logbook, each, FIRST)
    clock(FIRST + timedelta(days=200))
    page = open_page("experiment")
    assert "Your experiments on this question, read as one" in [sub.value for sub in page.subheader]
    assert "168 days in 12 pairs of blocks;" in texts(page)


def test_a_longer_own_log_is_what_the_outlook_rests_on(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    begin = FIRST - timedelta(days=100)
    cramps = [
        Cramp(at=datetime(2026, 1, 1, 22, tzinfo=UTC) + timedelta(days=2 * n)) for n in range(30)
    ]
    soreness = [
        Reading(day=begin + timedelta(days=n), factor="soreness", value=float(n % 5))
        for n in range(100)
    ]
    logbook.keep(
        [*cramps, *soreness, TrackedSpan(first_day=begin, last_day=FIRST - timedelta(days=1))],
        label="log",
    )
    page = open_page("experiment")
    page.checkbox(key="plan-safe").check().run()
    said = texts(page)
    assert page.selectbox(key="plan-outcome").value == "soreness", "what can answer comes first"
    assert "your own 100 days" in said
    page.selectbox(key="plan-outcome").set_value("cramps").run()
    weeks = next(slider for slider in page.slider if slider.key.startswith("plan-weeks"))
    weeks.set_value(12).run()
    said = texts(page)
    assert "Not worth starting." in said
    assert "Quicker: Soreness would tell you in 12 weeks with a chance of" in said
    assert page.button(key="plan-seal").disabled
    page.checkbox(key="plan-anyway").check().run()
    assert not page.button(key="plan-seal").disabled


def test_the_coin_falls_after_the_first_rating(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    page = open_page("experiment")
    page.button(key="coin-begin").click().run()
    page.slider(key="coin-before-0").set_value(7).run()
    page.button(key="coin-flip").click().run()
    assert "The coin says **" in texts(page)
    page.slider(key="coin-after-1").set_value(4).run()
    page.button(key="coin-save").click().run()
    (trial,) = logbook.documents("sessions/").values()
    (session,) = trial["sessions"]  # type: ignore[index,call-overload]
    assert (session["before"], session["after"]) == (7.0, 4.0)  # type: ignore[index,call-overload]
    assert "Still needed: " in texts(page)


def undo(page: AppTest) -> None:
    next(button for button in page.button if button.label == "Undo").click().run()


def test_one_tap_on_the_today_page_marks_the_day_and_undo_takes_back_only_the_last_tap(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    arm = random_order(experiment.plan)[0]
    page = open_page("today")
    page.button(key="night-cramp").click().run()
    page.button(key=f"mark-{FIRST}-1").click().run()
    assert stored(logbook).done_on(FIRST).done is arm.other  # type: ignore[union-attr]
    assert f"Tuesday 10 March marked: {arm.other} instead" in texts(page)
    undo(page)
    assert stored(logbook).marks == ()
    assert "Marked: " not in texts(page)
    assert len(logbook.log().cramps) == 1, "the cramp was not what was undone"


def test_undoing_a_correction_leaves_the_earlier_word(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    arm = random_order(experiment.plan)[0]
    page = open_page("experiment")
    page.button(key=f"mark-{FIRST}-1").click().run()
    page.button(key=f"mark-{FIRST}-0").click().run()
    assert [mark.done for mark in stored(logbook).marks] == [arm.other, arm]
    undo(page)
    assert [mark.done for mark in stored(logbook).marks] == [arm.other]
    assert f"Marked: {arm.other} instead" in texts(page)


def test_undoing_a_mark_leaves_what_was_marked_elsewhere_since(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    begun(logbook)
    page = open_page("experiment")
    page.button(key=f"mark-{FIRST}-1").click().run()
    other = open_page("experiment")
    other.button(key=f"mark-{FIRST}-0").click().run()
    _, elsewhere = stored(logbook).marks
    undo(page)
    assert stored(logbook).marks == (elsewhere,)
    undo(other)
    assert stored(logbook).marks == ()


def test_a_pause_still_to_come_is_named_and_can_be_taken_out(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    begun(logbook)
    page = open_page("experiment")
    page.date_input(key=f"pause-first-{FIRST}").set_value(FIRST + timedelta(days=5)).run()
    page.button(key="pause").click().run()
    assert "Planned pause: 15 March 2026 until you go on." in texts(page)
    page.button(key="unpause-0").click().run()
    assert stored(logbook).pauses == ()
    assert "Planned pause" not in texts(page)


def test_an_answer_comes_before_the_next_plan_unless_a_question_was_asked(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook)
    lived(logbook, experiment, FIRST)
    clock(FIRST + timedelta(days=84))
    assert [head.value for head in open_page("experiment").header][:2] == [
        "Finished",
        "First, is it safe for you?",
    ]
    asked = open_page("experiment", test="hydration")
    assert [head.value for head in asked.header][:2] == ["First, is it safe for you?", "Finished"]


def test_a_planned_look_ends_it_and_says_why(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook, rules=2, pairs=24, looks=(8, 12, 16, 20))
    lived(logbook, experiment, FIRST)
    clock(FIRST + timedelta(days=8 * 14 + 3))
    said = texts(open_page("experiment"))
    assert "The next planned look is after" in said
    assert "% fewer" not in said
    clock(FIRST + timedelta(days=12 * 14))
    said = texts(open_page("experiment"))
    assert "It ended at the planned look after 12 of 24 pairs of blocks: the answer was" in said
    assert "“10 minutes of calf massage before bed” helps." in said
    assert "It was ended early" not in said
    assert [look.pairs for look in stored(logbook).looks] == [8, 12]


def test_a_hopeless_one_is_stopped_at_a_look(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook, rules=2, pairs=24, looks=(8, 12, 16, 20))
    lived(logbook, experiment, FIRST, a=6, b=2)
    clock(FIRST + timedelta(days=8 * 14))
    said = texts(open_page("experiment"))
    assert "It ended at the planned look after 8 of 24 pairs" in said


def test_a_rerun_names_the_first_run_and_is_read_with_it(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    first = begun(logbook, rules=2, alpha=0.0225)
    lived(logbook, first, FIRST, a=1, b=1)
    clock(FIRST + timedelta(days=84))
    page = open_page("experiment")
    page.button(key=f"again-{first.plan.id}").click().run()
    page.checkbox(key="plan-safe").check().run()
    page.selectbox(key=f"plan-outcome-{first.plan.id}").set_value("cramps").run()
    if [box for box in page.checkbox if box.key == "plan-anyway"]:
        page.checkbox(key="plan-anyway").check().run()
    page.button(key="plan-seal").click().run()
    plans = [Experiment.model_validate(each) for each in logbook.documents("experiment/").values()]
    again = max(plans, key=lambda each: each.plan.first_day)
    assert again.plan.previous == (first.seal,)
    assert again.plan.alpha == 0.025
    lived(logbook, again, FIRST + timedelta(days=84), a=1, b=4)
    clock(again.plan.first_day + timedelta(days=again.plan.days))
    said = texts(open_page("experiment"))
    assert "2 runs on this question are read as one." in said


def test_three_things_are_planned_and_each_is_held_to_b(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    page = open_page("experiment")
    page.checkbox(key="plan-safe").check().run()
    page.text_input(key="plan-C").input("magnesium *at night*").run()
    if [box for box in page.checkbox if box.key == "plan-anyway"]:
        page.checkbox(key="plan-anyway").check().run()
    page.button(key="plan-seal").click().run()
    experiment = stored(logbook)
    assert experiment.plan.more == ("magnesium *at night*",)
    assert experiment.plan.looks == ()
    assert r"**C: magnesium \*at night\***" in texts(page)
    lived(logbook, experiment, FIRST, a=1, b=5)
    clock(experiment.plan.first_day + timedelta(days=experiment.plan.days))
    said = texts(open_page("experiment"))
    assert "“10 minutes of calf massage before bed” helps." in said
    assert r"“magnesium \*at night\*” does not help enough to matter" in said


def test_packed_arms_are_guessed_and_never_shown(
    open_page: Opener, logbook: Logbook, clock: Clock
) -> None:
    experiment = begun(logbook, rules=2, hidden=True, belief=8)
    clock(FIRST + timedelta(days=7))
    page = open_page("experiment")
    assert "Today is **packet 2**" in texts(page)
    assert "Packet 1 is over. Which one do you think it was?" in texts(page)
    arm = random_order(experiment.plan)[0]
    page.button(key=f"guess-1-{'AB'.index(arm)}").click().run()
    assert [(g.block, g.arm) for g in stored(logbook).guesses] == [(1, arm)]
    assert "Packet 1 is over" not in texts(page)
    lived(logbook, stored(logbook), FIRST)
    clock(FIRST + timedelta(days=84))
    said = texts(open_page("experiment"))
    assert "You named the packet rightly in 1 of 1 blocks (blinding index 1.0" in said
    assert "Before the start you put 8 of 10 on" in said
