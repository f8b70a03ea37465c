"""The benefits and safety pages on an empty log, one record, a sample and parts of logs.

The parts are only cramps, and cramps with massages.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from legcare.analysis.benefits.visits import BELIEFS, LAST_VISIT
from legcare.records import Cramp, Massage, Muscle, Reading, Side, TrackedSpan
from legcare.storage.logbook import Logbook
from tests.pages.conftest import Opener

AT = datetime(2026, 3, 8, 2, 30, tzinfo=UTC)
SECTIONS = [
    "Heavy legs",
    "Tension left",
    "Ankle bend",
    "Next-day soreness",
    "Stress the day after",
    "Cramps after workouts",
    "Sore spots as a warning sign",
    "Four ways",
    "Companions",
]

RECENT = datetime(2026, 3, 9, 23, tzinfo=UTC)


def words(page: AppTest) -> str:
    notices = (*page.info, *page.warning, *page.error)
    shown = [*page.title, *page.header, *page.subheader, *page.markdown, *notices]
    return "\n".join(str(element.value) for element in shown)


def cramps(days: int = 60) -> list[Cramp | TrackedSpan]:
    held = [
        Cramp(at=AT - timedelta(days=3 * n), muscle=Muscle.CALF, side=Side.LEFT)
        for n in range(days // 3)
    ]
    last = AT.date() - timedelta(days=1)
    return [*held, TrackedSpan(first_day=last - timedelta(days=days), last_day=last)]


def massages(days: int = 60) -> list[Massage]:
    return [Massage(at=AT - timedelta(days=2 * n, hours=6), minutes=10) for n in range(days // 2)]


@pytest.fixture
def asked(logbook: Logbook) -> Logbook:
    """A logbook whose owner was asked for their beliefs before."""
    logbook.remember(BELIEFS, {"tension": "I think so", "factor:stress": "I think so"})
    return logbook


def turned(page: AppTest, section: str) -> str:
    """Turn to a section and give its words."""
    page.get_by_key("claim").set_value(section).run()
    assert not page.exception
    return words(page)


def test_an_empty_log_says_what_will_stand_here(open_page: Opener) -> None:
    assert "Your log is empty" in words(open_page("benefits"))


def test_one_record_gives_a_table_of_what_is_measured_and_what_research_found(
    open_page: Opener, asked: Logbook
) -> None:
    asked.keep([Cramp(at=AT)], label="one")
    page = open_page("benefits")
    frame = page.table[0].value
    assert frame["What is measured"].tolist() == SECTIONS[:7]
    assert frame["What your log shows"].str.startswith("Not yet: ").all()
    assert "Contradicted: nothing is flushed out" in frame["What research found"].tolist()
    assert "oxin" not in words(page)
    assert "**What to log.**" not in words(page)
    assert "What research says on massage and cramps" in words(page)
    assert "hardly been tested" in words(page)
    shown = turned(page, "Heavy legs")
    assert "No log can measure this. The nearest thing yours can hold is heaviness" in shown
    assert "small ultrasound studies found no extra blood flow" in shown


def test_every_section_on_cramps_and_massages_only(open_page: Opener, asked: Logbook) -> None:
    asked.keep([*cramps(), *massages()], label="both")
    page = open_page("benefits")
    for section in SECTIONS:
        shown = turned(page, section)
        assert "prevents" not in shown
        if section in SECTIONS[:7]:
            assert "**What to log.**" in shown
            assert "Still needed" in shown


def test_every_section_on_cramps_only(open_page: Opener, asked: Logbook) -> None:
    asked.keep(cramps(), label="cramps")
    page = open_page("benefits")
    assert "Planned massages: none logged." in turned(page, "Four ways")
    assert "Nothing is logged yet on hydration" in turned(page, "Companions")
    page.toggle(key="where").set_value(True).run()
    assert re.search(r"20 (bouts|spells) of cramp have a place; most often the left", words(page))
    page.selectbox(key="body-place").set_value("Left calf").run()
    assert "**Left calf**: 20 cramps." in words(page)


def test_the_sample_of_the_runner_shows_estimates(open_page: Opener) -> None:
    page = open_page("overview")
    page.button(key="sample-runner").click().run()
    page.switch_page("../../../pages/benefits.py").run()
    assert "Before you look" not in words(page)
    frame = page.table[0].value.set_index("What is measured")["What your log shows"]
    assert frame["Next-day soreness"].endswith("points lower")
    assert frame["Ankle bend"].endswith("cm more: too small to feel")
    for section in (
        "Tension left",
        "Ankle bend",
        "Next-day soreness",
        "Cramps after workouts",
        "Four ways",
        "Companions",
    ):
        assert re.search(r"95 ?% interval", turned(page, section))
    assert "ankle bend by planned massage in the 14 days before" in turned(page, "Ankle bend")


def test_one_belief_may_be_told_and_hides_nothing(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([*cramps(), *massages()], label="both")
    page = open_page("benefits")
    assert "Seven things people say massage does" in words(page)
    page.get_by_key("belief-massage").set_value("I do not think so").run()
    assert logbook.recall(BELIEFS) == {"massage": "I do not think so"}
    assert "you said: *i do not think so*." in words(page)


def test_beliefs_of_the_older_form_stand_beside_their_claims(
    open_page: Opener, asked: Logbook
) -> None:
    asked.keep([*cramps(), *massages()], label="both")
    shown = turned(open_page("benefits"), "Tension left")
    assert "you said: *i think so*. Your log: **not enough data**" in shown


def test_what_changed_since_the_last_visit(open_page: Opener, asked: Logbook) -> None:
    asked.keep(cramps(), label="cramps")
    gone = {"standing": "better", "low": -2.0, "high": -1.0, "unit": "points"}
    asked.remember(LAST_VISIT, {"circulation": gone})
    shown = words(open_page("benefits"))
    assert "Massage improves circulation: the estimate was withdrawn" in shown
    assert asked.recall(LAST_VISIT)["circulation"]["standing"] == "not enough data"
    assert "withdrawn" not in words(open_page("benefits"))


def test_most_massages_after_cramps_raises_a_notice(open_page: Opener, asked: Logbook) -> None:
    after = [Massage(at=AT - timedelta(days=3 * n) + timedelta(hours=8)) for n in range(20)]
    asked.keep([*cramps(), *after], label="after")
    assert "of your 20 planned massages come within 24 hours after a cramp" in words(
        open_page("benefits")
    )


def test_companions_name_what_was_believed(open_page: Opener, asked: Logbook) -> None:
    stress = [
        Reading(day=date(2026, 3, 8) - timedelta(days=n), factor="stress", value=n % 7)
        for n in range(60)
    ]
    asked.keep([*cramps(), *stress], label="stress")
    shown = turned(open_page("benefits"), "Companions")
    assert "expected these to go with your cramps: stress" in shown
    assert "stress (same day and night)" in shown


def test_the_safety_page_holds_every_level(open_page: Opener) -> None:
    shown = words(open_page("safety"))
    assert "4 or more nights in which a cramp woke you" in shown
    for line in (
        "Emergency: call the local emergency number",
        "Get care today",
        "Book an appointment",
        "Do not massage the legs",
        "light pressure only",
        "could be a clot",
    ):
        assert line in shown


def test_a_long_cramp_is_asked_about_where_people_look(open_page: Opener, asked: Logbook) -> None:
    asked.keep([Cramp(at=RECENT, minutes=14)], label="long")
    for name in ("overview", "today"):
        assert "Your cramp lasted 14 minutes. Is it still there?" in words(open_page(name))
    page = open_page("overview")
    page.button(key="safety-still").click().run()
    assert "Get care today. A cramp that lasts more than 10 minutes" in words(page)
    page.button(key="safety-over-now").click().run()
    assert "Is it still there?" not in words(open_page("overview"))


def test_a_notice_stands_on_the_first_screen_until_it_is_replied_to(
    open_page: Opener, asked: Logbook
) -> None:
    nights = [RECENT - timedelta(days=2 * n) for n in range(4)]
    asked.keep([Cramp(at=at, woke_me=True) for at in nights], label="four nights")
    page = open_page("overview")
    assert "In the last 28 days cramps woke you 4 nights." in words(page)
    assert "Book an appointment" in words(page)
    page.button(key="safety-appointment").click().run()
    assert "cramps woke you" not in words(open_page("overview"))
    said = words(open_page("safety"))
    assert "I have an appointment" in said
    assert "not a diagnosis" in said
