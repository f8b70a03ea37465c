"""Today: one tap is one entry.

Details, ticks and the check-in change what is there and nothing else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from legcare.records import (
    Cramp,
    Log,
    Massage,
    Muscle,
    Place,
    Reading,
    Relief,
    Side,
    TrackedSpan,
    Workout,
)
from legcare.storage.logbook import Logbook
from legcare.ui.shell import saving
from tests.pages.conftest import Opener

AT = datetime(2026, 3, 10, 3, 10, tzinfo=UTC)
LEFT_CALF = Place(muscle=Muscle.CALF, side=Side.LEFT)


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in (*page.markdown, *page.info, *page.error))


def test_one_tap_saves_a_cramp_with_nothing_but_its_time(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("today")
    page.button(key="night-cramp").click().run()
    (cramp,) = logbook.log().cramps
    assert cramp.at == AT
    assert (cramp.severity, cramp.side, cramp.muscle, cramp.minutes, cramp.woke_me) == (None,) * 5
    assert "Cramp at 03" in texts(page)


def test_a_double_tap_is_one_cramp(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    page.button(key="night-cramp").click().run()
    page.button(key="night-cramp").click().run()
    assert len(logbook.log().cramps) == 1


def test_the_bookmark_for_the_night_shows_two_buttons_reads_no_log_and_saves_only_on_a_tap(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("today", do="cramp")
    assert len(logbook.log()) == 0
    logbook.keep(
        [Massage(at=AT - timedelta(days=3))], label="so that the log would have to be read anew"
    )
    reads: list[Logbook] = []
    with monkeypatch.context() as patched:
        patched.setattr(Logbook, "log", lambda self: reads.append(self))
        page.run()
        assert [button.key for button in page.main.button] == [
            "night-cramp",
            "night-massage",
            "night-leave",
        ]
        assert not page.header
        page.button(key="night-cramp").click().run()
    assert reads == []
    assert [cramp.at for cramp in logbook.log().cramps] == [AT]
    logbook.keep([Massage(at=AT - timedelta(days=2))], label="so that it is read after all")
    page.button(key="night-leave").click().run()
    assert [header.value for header in page.header] == [
        "The night to Monday",
        "Last day and night",
        "Check-in",
    ]


def test_a_second_cramp_a_minute_later_is_a_second_cramp(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("today")
    page.button(key="night-cramp").click().run()
    monkeypatch.setenv("LEGCARE_CLOCK", (AT + timedelta(minutes=1)).isoformat())
    page.button(key="night-cramp").click().run()
    assert [cramp.at.minute for cramp in logbook.log().cramps] == [10, 11]


def test_undo_takes_the_tap_back(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    page.button(key="night-massage").click().run()
    assert len(logbook.log().massages) == 1
    undo = next(button for button in page.button if button.label == "Undo")
    undo.click().run()
    assert len(logbook.log()) == 0


def undos(page: AppTest) -> list[Button]:
    return [
        button
        for button in page.button
        if button.label == "Undo" and str(button.key).startswith("undo-")
    ]


def test_the_undo_survives_a_reload_and_is_gone_once_used(
    open_page: Opener, logbook: Logbook
) -> None:
    open_page("today").button(key="night-massage").click().run()
    reloaded = open_page("today")
    (undo,) = undos(reloaded)
    undo.click().run()
    assert len(logbook.log()) == 0
    assert undos(reloaded) == []
    assert undos(open_page("today")) == []


def test_a_reload_offers_no_undo_of_what_is_old_or_large(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.keep(
        [Cramp(at=AT - timedelta(hours=hours)) for hours in range(saving.ONE_SCREEN + 1)],
        label="a file",
    )
    assert undos(open_page("today")) == []
    logbook.keep([Cramp(at=AT)], label="a cramp")
    assert len(undos(open_page("today"))) == 1
    monkeypatch.setattr(saving, "FRESH", timedelta(minutes=-1))
    assert undos(open_page("today")) == []


def test_a_sample_does_not_offer_to_undo_what_the_own_log_holds(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("overview")
    logbook.keep([Cramp(at=AT)], label="a cramp")
    page.button(key="sample-runner").click().run()
    assert undos(page) == []


def test_no_cramps_yesterday_settles_the_night_that_just_ended(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("today")
    page.button(key="none-1").click().run()
    (span,) = logbook.log().spans
    assert (span.first_day, span.last_day) == (date(2026, 3, 8), date(2026, 3, 8))
    assert not [button for button in page.button if button.key == "none-1"]


def test_a_day_with_a_cramp_offers_no_tick(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=AT - timedelta(hours=1))], label="a cramp")
    page = open_page("today")
    assert [button for button in page.button if button.key == "none-1"]
    logbook.keep([Cramp(at=AT - timedelta(days=1))], label="a cramp of the night before")
    assert not [button for button in open_page("today").button if button.key == "none-1"]


def test_a_tick_names_its_night_and_none_is_offered_before_it_is_over(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = {str(button.key): button.label for button in open_page("today").button}
    assert ticks["none-1"] == "No cramps in the night to Monday"  # it is 03:10 on Tuesday
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-03-10T06:00:00+00:00")
    ticks = {str(button.key): button.label for button in open_page("today").button}
    assert ticks["none-1"] == "No cramps in the night to Tuesday"


def test_details_change_the_cramp_and_keep_its_identity(
    open_page: Opener, logbook: Logbook
) -> None:
    cramp = Cramp(at=AT - timedelta(minutes=5))
    logbook.keep([cramp], label="a cramp")
    page = open_page("today")
    page.get_by_key(f"{cramp.id}-severity").select(7.0)
    page.get_by_key(f"{cramp.id}-note").set_value("*calf* <b>hard</b>")
    page.button(key=f"submit-{cramp.id}").click().run()
    (changed,) = logbook.log().cramps
    assert (changed.id, changed.at, changed.severity, changed.note) == (
        cramp.id,
        cramp.at,
        7.0,
        "*calf* <b>hard</b>",
    )
    assert changed.side is None


def test_check_in_saves_only_what_was_filled_in(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    page.number_input(key="checkin-hydration_ml").set_value(1500.0)
    page.button(key="checkin-submit-2026-03-09").click().run()
    (reading,) = logbook.log().readings
    assert (reading.factor, reading.value, reading.day) == (
        "hydration_ml",
        1500.0,
        date(2026, 3, 9),
    )


def test_check_in_changes_the_reading_of_the_day_in_place(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(
        [Reading(day=date(2026, 3, 9), factor="hydration_ml", value=1000.0)], label="water"
    )
    page = open_page("today")
    assert page.number_input(key="checkin-hydration_ml").value == 1000.0
    page.number_input(key="checkin-hydration_ml").set_value(1750.0)
    page.button(key="checkin-submit-2026-03-09").click().run()
    assert [reading.value for reading in logbook.log().readings] == [1750.0]


def test_an_empty_check_in_says_that_nothing_was_saved(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    page.button(key="checkin-submit-2026-03-09").click().run()
    assert len(logbook.log()) == 0
    assert "nothing was saved" in texts(page)


def test_records_of_every_kind_stand_in_the_last_day(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep(
        [Cramp(at=AT), Massage(at=AT - timedelta(hours=3)), Cramp(at=AT - timedelta(days=9))],
        label="some",
    )
    page = open_page("today")
    labels = [expander.label for expander in page.expander]
    assert "Cramp at 03:10" in labels
    assert "Massage at 00:10" in labels
    assert sum(label.startswith("Cramp at") for label in labels) == 1


def test_settled_days_are_not_asked_again(open_page: Opener, logbook: Logbook) -> None:
    span = TrackedSpan(first_day=date(2026, 3, 1), last_day=date(2026, 3, 9))
    logbook.keep([span], label="settled")
    page = open_page("today")
    assert not [button for button in page.button if str(button.key).startswith("none-")]


def keys(page: AppTest) -> list[str]:
    """The buttons of the page in the order they stand in, without the sidebar's."""
    return [str(button.key) for button in page.main.button]


def test_nothing_above_or_beside_a_tapped_button_moves(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    before = keys(page)
    assert before[:4] == ["night-cramp", "night-massage", "none-1", "log-workout"]
    page.button(key="none-1").click().run()
    after = keys(page)
    assert after[:4] == ["night-cramp", "night-massage", "said-1", "log-workout"]
    assert after[4].startswith("undo-")
    assert page.button(key="said-1").disabled


def test_the_morning_after_asks_gently_for_what_a_tap_left_out(
    open_page: Opener, logbook: Logbook
) -> None:
    tapped = Cramp(at=AT - timedelta(hours=1))
    told = Cramp(at=AT - timedelta(hours=2), severity=4)
    logbook.keep([tapped, told], label="two")
    assert "no details yet" not in texts(open_page("today"))  # not in the same night


def test_last_night_is_filled_in_or_left(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Cramp(at=AT - timedelta(hours=1)), Cramp(at=AT)
    logbook.keep([first, second, Cramp(at=AT, severity=4)], label="three")
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-03-10T08:00:00+00:00")
    page = open_page("today")
    for name in ("today", "overview"):
        lines = texts(open_page(name)).splitlines()
        assert [line for line in lines if "no details yet" in line] == [
            "**02:10** no details yet",
            "**03:10** no details yet",
        ]
    page = open_page("overview")
    page.get_by_key(f"{first.id}-where").select(LEFT_CALF).run()
    page.get_by_key(f"{first.id}-bad").select(6).run()
    page.get_by_key(f"{first.id}-helped").select(Relief.STRETCH).run()
    saved = {cramp.id: cramp for cramp in logbook.log().cramps}[first.id]
    assert (saved.muscle, saved.side, saved.severity, saved.relief) == (
        Muscle.CALF,
        Side.LEFT,
        6.0,
        (Relief.STRETCH,),
    )
    assert "**02:10** left calf, 6 of 10, stretch" in texts(page)
    page.button(key="last-night-leave").click().run()
    asked = [field.key for field in page.main if str(field.key).endswith("-where")]
    assert asked == []
    assert len(logbook.log().cramps) == 3


def test_pointing_hands_over_what_was_typed_and_fills_the_form(
    open_page: Opener, logbook: Logbook
) -> None:
    massage = Massage(at=AT - timedelta(minutes=20))
    logbook.keep([massage], label="a massage")
    page = open_page("today")
    assert "Where" in [field.label for field in page.multiselect]
    page.number_input(key=f"{massage.id}-minutes").set_value(12.0)
    page.button(key=f"point-{massage.id}").click().run()
    assert len(logbook.log().massages) == 1
    calf, shin = LEFT_CALF, Place(muscle=Muscle.SHIN, side=Side.RIGHT)
    assert "Nothing is chosen yet." in texts(page)
    page.multiselect(key="pointed-areas").set_value([calf, shin])
    page.button(key="pointed-use").click().run()
    assert page.multiselect(key=f"{massage.id}-areas").value == [calf, shin]
    assert logbook.log().massages[0].areas == ()  # nothing is kept before it is saved
    page.button(key=f"submit-{massage.id}").click().run()
    (saved,) = logbook.log().massages
    assert (saved.minutes, saved.areas, saved.tender) == (12.0, (calf, shin), ())


def test_pointing_begins_with_what_the_form_says_saved_or_not(
    open_page: Opener, logbook: Logbook
) -> None:
    massage = Massage(at=AT - timedelta(minutes=20), tender=(LEFT_CALF,))
    logbook.keep([massage], label="a massage")
    page = open_page("today")
    page.multiselect(key=f"{massage.id}-areas").set_value(
        [Place(muscle=Muscle.OTHER, side=Side.LEFT)]
    )
    page.button(key=f"point-{massage.id}").click().run()
    assert "Massaged: left other. Sore: left calf." in texts(page)
    page.button(key="pointed-use").click().run()
    page.button(key=f"submit-{massage.id}").click().run()
    (saved,) = logbook.log().massages
    assert (saved.areas, saved.tender) == (
        (Place(muscle=Muscle.OTHER, side=Side.LEFT),),
        (LEFT_CALF,),
    )


def test_pointing_at_the_place_of_a_cramp_begins_with_what_is_known(
    open_page: Opener, logbook: Logbook
) -> None:
    cramp = Cramp(at=AT - timedelta(minutes=5), muscle=Muscle.CALF, side=Side.LEFT, severity=3)
    logbook.keep([cramp], label="a cramp")
    page = open_page("today")
    page.button(key=f"point-{cramp.id}").click().run()
    assert page.selectbox(key="pointed-cramp").value == LEFT_CALF
    page.selectbox(key="pointed-cramp").set_value(Place(muscle=Muscle.CALF, side=Side.BOTH))
    page.button(key="pointed-use").click().run()
    page.button(key=f"submit-{cramp.id}").click().run()
    (saved,) = logbook.log().cramps
    assert (saved.muscle, saved.side, saved.severity) == (Muscle.CALF, Side.BOTH, 3)


def test_a_leg_without_a_muscle_stays_said_when_nothing_was_pointed_at(
    open_page: Opener, logbook: Logbook
) -> None:
    cramp = Cramp(at=AT - timedelta(minutes=5), side=Side.RIGHT)
    logbook.keep([cramp], label="a cramp")
    page = open_page("today")
    page.button(key=f"point-{cramp.id}").click().run()
    page.button(key="pointed-use").click().run()
    page.button(key=f"submit-{cramp.id}").click().run()
    (saved,) = logbook.log().cramps
    assert (saved.muscle, saved.side) == (None, Side.RIGHT)


def test_a_workout_has_no_place(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Workout(at=AT - timedelta(minutes=5))], label="a workout")
    assert not [key for key in keys(open_page("today")) if key.startswith("point-")]


def test_no_more_than_the_last_days_is_read_after_a_tap(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    cramps = [Cramp(at=AT - timedelta(days=day)) for day in range(2, 300)]
    logbook.keep(
        [*cramps, TrackedSpan(first_day=date(2016, 3, 1), last_day=date(2026, 3, 8))],
        label="a long log",
    )
    page = open_page("today")
    read: list[Log] = []
    log = Logbook.log

    def watched(self: Logbook, *, since: date | None = None) -> Log:
        read.append(log(self, since=since))
        return read[-1]

    monkeypatch.setattr(Logbook, "log", watched)
    page.button(key="night-massage").click().run()
    assert len(read) == 1
    assert (len(read[0].cramps), len(read[0].massages), len(read[0].spans)) == (63, 1, 1)
    assert "Last day and night" in [header.value for header in page.header]
    assert [button.label for button in page.button if button.key == "said-1"] == [
        "No cramps in the night to Monday"
    ]


@pytest.mark.parametrize("name", ["today", "overview"])
def test_a_cramp_says_what_to_do_and_two_taps_more_give_minutes_and_relief(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    logbook.keep([Cramp(at=AT - timedelta(days=2))], label="an older one")
    page = open_page(name)
    assert "pull your toes up" not in texts(page)
    page.button(key="night-cramp").click().run()
    assert "pull your toes up towards your shin" in texts(page)
    assert "do not rub; get help" in texts(page)
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-03-10T03:11:30+00:00")
    page.button(key="did-stand").click().run()
    page.button(key="did-stretch").click().run()
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-03-10T03:13:00+00:00")
    page.button(key="gone").click().run()
    cramp = logbook.log().cramps[-1]
    assert cramp.relief == (Relief.STAND, Relief.STRETCH), "in the order of the taps"
    assert cramp.relief_after == (1.5, 1.5)
    assert cramp.minutes == 3.0
    assert page.button(key="gone").label == "Gone after 3 min"
    assert page.button(key="gone").disabled
    undo = next(button for button in page.button if button.label == "Undo")
    undo.click().run()
    cramp = logbook.log().cramps[-1]
    assert (cramp.minutes, cramp.relief) == (None, (Relief.STAND, Relief.STRETCH))
    assert not page.exception


def test_a_cramp_that_was_undone_leaves_no_card(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("today")
    page.button(key="night-cramp").click().run()
    next(button for button in page.button if button.label == "Undo").click().run()
    assert "pull your toes up" not in texts(page)
    assert logbook.log().cramps == ()


def test_a_forgotten_gone_is_asked_for_in_the_morning_and_invents_nothing(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    cramp = Cramp(at=AT, muscle=Muscle.CALF, severity=5, relief=(Relief.STRETCH,))
    logbook.keep([cramp], label="one")
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-03-10T08:00:00+00:00")
    page = open_page("overview")
    assert "pull your toes up" not in texts(page)
    assert logbook.log().cramps[0].minutes is None
    page.get_by_key(f"{cramp.id}-long").select(3).run()
    assert logbook.log().cramps == (cramp.model_copy(update={"minutes": 3.0}),)
    assert [field.key for field in page.main if str(field.key).endswith("-long")] == []
