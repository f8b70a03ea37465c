"""The wizard: own words of a diary, stopping a long reading, and several sources for one thing."""

from __future__ import annotations

from datetime import date

import pytest

from legcare.importers import Cancelled
from legcare.records import Log, Preferences, Reading
from legcare.storage.logbook import Logbook
from legcare.ui.parts.sources import chosen, overlap_frame
from legcare.ui.upload.parts import Part
from legcare.ui.upload.watching import COMMAND, Bar, stop
from tests.pages.conftest import Opener
from tests.pages.test_upload import choose, keep_button, labelled, texts, upload

DIARY = (
    b"full_date,date,weekday,time,mood,activities,scales,note_title,note\n"
    b'2026-02-02,"2 February",Monday,18:50,meh,"work | Wadenkrampf | *knots*","","",""\n'
    b'2026-02-03,"3 February",Tuesday,18:52,good,"menstrual cramps | zwicken","","",""\n'
    b'2026-02-04,"4 February",Wednesday,18:52,good,"zwicken","","",""\n'
)
STEPS = b"""<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData ANY>]>
<HealthData locale="en_GB">
<Record type="HKQuantityTypeIdentifierStepCount" sourceName="iPhone" unit="count" value="120"
creationDate="2026-02-14 10:05:00 +0100" startDate="2026-02-14 10:00:00 +0100"
endDate="2026-02-14 10:05:00 +0100"/>
</HealthData>"""


def steps(source: str, day: int, value: float) -> Reading:
    return Reading(day=date(2026, 2, day), factor="steps", value=value, source=source)


def test_the_words_of_a_diary_are_asked_remembered_and_used(
    open_page: Opener, logbook: Logbook
) -> None:
    page = upload(open_page("upload"), ("diary.csv", DIARY))
    assert not page.exception
    answers = {radio.label: radio.value for radio in page.radio if radio.label.startswith("“")}
    assert answers == {
        "“Wadenkrampf” (1 time)": "cramp",
        "“menstrual cramps” (1 time)": "leave out",
    }
    others = labelled(page, "multiselect", "Other entries that mean a leg cramp")
    assert others.options == ["zwicken (2)", "work (1)", "*knots* (1)"]
    page = others.select("zwicken").run()
    page = (
        labelled(page, "multiselect", "Other entries that mean a massage").select("*knots*").run()
    )
    assert "3 cramps, 1 massage," in texts(page)
    assert r"“\*knots\*” (1 time)" in [radio.label for radio in page.radio]
    assert logbook.recall("words") is None
    page = choose(page, "Were you logging", "No")
    page = keep_button(page).click().run()
    assert not page.exception
    assert [f"{cramp.at:%d} {cramp.note}" for cramp in logbook.log().cramps] == [
        "02 Wadenkrampf",
        "03 zwicken",
        "04 zwicken",
    ]
    assert logbook.recall("words") == {"zwicken": "cramp", "knots": "massage"}
    page = upload(page, ("later.csv", DIARY.replace(b"2026-02", b"2026-03")))
    assert "3 cramps, 1 massage," in texts(page)


def test_a_known_word_can_be_left_out(open_page: Opener, logbook: Logbook) -> None:
    page = upload(open_page("upload"), ("diary.csv", DIARY))
    page = labelled(page, "radio", "Wadenkrampf").set_value("leave out").run()
    assert "There is nothing new to keep." in texts(page)
    assert [f"{radio.label}: {radio.value}" for radio in page.radio][:1] == [
        "“Wadenkrampf” (1 time): leave out"
    ]


def test_a_stopped_reading_leaves_nothing_and_can_be_taken_up(
    open_page: Opener, logbook: Logbook
) -> None:
    page = open_page("upload")
    page = upload(page, ("export.xml", STEPS))
    ((part,),) = page.session_state["upload-parts"].values()
    stop(part)
    page.run()
    assert "Reading was stopped. Nothing of this file is kept." in texts(page)
    assert not [button for button in page.button if "Keep all" in button.label]
    page = labelled(page, "button", "Read it after all").click().run()
    keep_button(page).click().run()
    assert [reading.value for reading in logbook.log().readings] == [120.0]


def test_a_reader_that_is_cancelled_keeps_nothing(
    open_page: Opener, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = upload(open_page("upload"), ("export.xml", STEPS))
    ((part,),) = page.session_state["upload-parts"].values()

    def cancelled(*_: object) -> None:
        raise Cancelled("stopped")

    part.held = None
    monkeypatch.setattr(Part, "read", cancelled)
    page.run()
    assert not page.exception
    assert part.stopped
    assert part.held is None
    assert logbook.log().records == ()


def test_a_rerun_does_not_read_again(open_page: Opener, logbook: Logbook) -> None:
    page = upload(open_page("upload"), ("export.xml", STEPS))
    ((part,),) = page.session_state["upload-parts"].values()
    first = part.held
    page.run()
    ((same,),) = page.session_state["upload-parts"].values()
    assert isinstance(same, Part)
    assert same.held is first


def test_the_bar_says_what_is_left_and_draws_five_times_a_second() -> None:
    drawn: list[tuple[float, str]] = []
    ticks = iter([0.0, 0.1, 0.15, 0.25, 0.3, 0.5])
    bar = Bar(lambda done, said: drawn.append((done, said)), clock=lambda: next(ticks))
    for done in (0.0, 0.1, 0.2, 0.4, 0.6, 1.2):
        bar(done, "Reading *x*.xml")
    assert drawn == [
        (0.0, r"Reading \*x\*.xml: 0 % read, 100 % left"),
        (0.4, r"Reading \*x\*.xml: 40 % read, 60 % left"),
        (1.0, r"Reading \*x\*.xml: 100 % read, 0 % left"),
    ]


def test_the_page_says_the_limit_and_the_way_beyond(open_page: Opener, logbook: Logbook) -> None:
    said = texts(open_page("upload"))
    assert "It is read on the machine where legcare runs" in said
    assert COMMAND in said


def test_the_person_sees_who_says_what_and_one_source_counts(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep([steps("Watch", 13, 900.0), steps("Watch", 14, 1000.0)], label="watch")
    page = upload(open_page("upload"), ("export.xml", STEPS))
    assert "Steps: several sources on 1 day" in [expander.label for expander in page.expander]
    tables = [frame.value for frame in page.dataframe if "Counts for the day" in frame.value]
    assert tables[0].to_dict("list") == {
        "Date": ["2026-02-14", "2026-02-14"],
        "Source": ["Apple Health: iPhone", "Watch"],
        "Value": [120.0, 1000.0],
        "Counts for the day": [1000.0, 1000.0],
    }


def test_the_preferred_source_is_chosen_in_the_settings_and_changeable(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep(
        [steps("Watch", 13, 9.0), steps("Watch", 14, 10.0), steps("Phone", 14, 2.0)], label="both"
    )
    page = open_page("settings")
    box = page.selectbox(key="source-steps")
    assert (box.options, box.value) == (["Automatic", "Phone", "Watch"], "")
    page = box.set_value("Phone").run()
    assert logbook.preferences().preferred_sources == {"steps": ("Phone",)}
    (table,) = [frame.value for frame in page.dataframe if "Counts for the day" in frame.value]
    assert table["Counts for the day"].tolist() == [2.0, 2.0]
    page.selectbox(key="source-steps").set_value("").run()
    assert logbook.preferences().preferred_sources == {}


def test_settings_ask_nothing_where_sources_do_not_overlap(
    open_page: Opener, logbook: Logbook
) -> None:
    logbook.keep([steps("Watch", 13, 9.0), steps("Phone", 14, 2.0)], label="apart")
    page = open_page("settings")
    assert not [box for box in page.selectbox if box.key == "source-steps"]


def test_an_overlap_is_listed_newest_first_and_days_of_one_source_are_not() -> None:
    log = Log(
        (
            steps("a", 1, 1.0),
            steps("b", 1, 2.0),
            steps("a", 2, 3.0),
            steps("a", 3, 5.0),
            steps("b", 3, 4.0),
        )
    )
    frame = overlap_frame(log, "steps")
    assert frame["Date"].tolist() == ["2026-02-03", "2026-02-03", "2026-02-01", "2026-02-01"]
    assert frame["Counts for the day"].tolist() == [5.0, 5.0, 1.0, 1.0]
    assert len(overlap_frame(log, "caffeine_mg")) == 0


def test_choosing_a_source_leaves_the_others_alone() -> None:
    before = Preferences(preferred_sources={"weight_kg": ("scales",), "steps": ("Watch",)})
    assert chosen(before, "steps", "Phone").preferred_sources == {
        "weight_kg": ("scales",),
        "steps": ("Phone",),
    }
    assert chosen(before, "steps", "").preferred_sources == {"weight_kg": ("scales",)}
    assert before.preferred_sources["steps"] == ("Watch",)
