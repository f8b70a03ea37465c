"""The upload page: what a person sees between a file and their log."""

from __future__ import annotations

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from legcare.records import Cramp, Log, Preferences
from legcare.reports.archive import write_zip
from legcare.storage.logbook import Logbook
from tests.pages.conftest import Opener

GERMAN = """\
Datum;Uhrzeit;Bein;Stärke;Dauer (min);Notiz
14.02.2026;03:10;links;7,5;2,5;*stark*
03.03.2026;22:45;rechts;3;0,5;
"""
OPEN = "date,time,side\n03/02/2026,10:00,left\n05/02/2026,11:00,right\n"


def upload(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    return (
        page.file_uploader[0]
        .set_value([(name, data, "application/octet-stream") for name, data in files])
        .run()
    )


def texts(page: AppTest) -> str:
    return "\n".join(
        element.value
        for kind in ("markdown", "caption", "error", "info")
        for element in getattr(page, kind)
    )


def labelled(page: AppTest, kind: str, label: str) -> object:
    return next(element for element in getattr(page, kind) if label in element.label)


def choose(page: AppTest, question: str, answer: str) -> AppTest:
    radio = labelled(page, "radio", question)
    return radio.set_value(
        next(option for option in radio.options if option.startswith(answer))
    ).run()


def keep_button(page: AppTest) -> object:
    return next(button for button in page.button if button.key == "upload-keep")


def test_a_german_diary_goes_in_and_comes_out_again(open_page: Opener, logbook: Logbook) -> None:
    page = upload(open_page("upload"), ("krampf *x*.csv", GERMAN.encode("cp1252")))
    assert not page.exception
    assert page.header[0].value == r"krampf \*x\*.csv"
    assert "2 cramps, from 14 February 2026 to 3 March 2026" in texts(page)
    assert keep_button(page).disabled
    assert logbook.log().records == ()
    page = choose(page, "Were you logging every cramp", "Yes")
    assert keep_button(page).label == "Keep all 3 records"
    page = keep_button(page).click().run()
    assert not page.exception
    log = logbook.log()
    assert [(cramp.severity, cramp.minutes, cramp.note) for cramp in log.cramps] == [
        (7.5, 2.5, "*stark*"),
        (3.0, 0.5, ""),
    ]
    (span,) = log.spans
    assert (span.first_day.isoformat(), span.last_day.isoformat()) == ("2026-02-13", "2026-03-03")
    assert "Former imports" in [heading.value for heading in page.header]
    assert not page.file_uploader[0].value
    page = labelled(page, "button", "Undo this import").click().run()
    assert logbook.log().records == ()
    assert "Undone" in texts(page)


def test_the_same_file_again_adds_nothing_and_is_read_as_before(
    open_page: Opener, logbook: Logbook
) -> None:
    page = upload(open_page("upload"), ("cramps.csv", OPEN.encode()))
    assert "(03/02/2026, 05/02/2026)" in labelled(page, "radio", "How are the dates").label
    assert keep_button(page).disabled
    page = choose(page, "How are the dates", "day first")
    page = choose(page, "Were you logging", "No")
    page = keep_button(page).click().run()
    assert [f"{cramp.at:%Y-%m-%d}" for cramp in logbook.log().cramps] == [
        "2026-02-03",
        "2026-02-05",
    ]
    page = upload(page, ("cramps again.csv", OPEN.encode()))
    assert not [radio for radio in page.radio if "dates" in radio.label]
    assert "it is read the same way" in texts(page)
    assert "**2** of 2 are already in your log" in texts(page)
    assert "There is nothing new to keep." in texts(page)


def test_a_column_can_be_taken_for_something_else(open_page: Opener, logbook: Logbook) -> None:
    data = b"when,side,how it felt\n2026-02-14 03:10,left,like fire\n2026-02-15 03:10,purple,mild\n"
    page = upload(open_page("upload"), ("cramps.csv", data))
    reasons = [frame.value for frame in page.dataframe if "Reason" in frame.value]
    assert "This word is not known here" in reasons[0]["Reason"].str.cat()
    box = labelled(page, "selectbox", "how it felt")
    page = box.set_value("Note").run()
    page = choose(page, "Were you logging", "No")
    keep_button(page).click().run()
    assert [(cramp.note, cramp.side) for cramp in logbook.log().cramps] == [
        ("like fire", "left"),
        ("mild", None),
    ]


def test_bad_files_get_a_sentence_and_the_good_one_is_kept(
    open_page: Opener, logbook: Logbook
) -> None:
    files = (
        ("empty.csv", b""),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256))),
        ("ok.csv", OPEN.encode()),
    )
    page = upload(open_page("upload"), *files)
    assert not page.exception
    said = [error.value for error in page.error]
    assert "is empty" in said[0]
    assert "picture" in said[1]
    page = choose(page, "How are the dates", "day first")
    page = choose(page, "Were you logging", "No")
    keep_button(page).click().run()
    assert len(logbook.log().cramps) == 2


def test_excel_of_massages(open_page: Opener, logbook: Logbook) -> None:
    book = openpyxl.Workbook()
    book.active.append(["When", "Minutes", "Tool"])
    book.active.append(["2026-02-14 21:00", 15, "roller"])
    out = io.BytesIO()
    book.save(out)
    page = upload(open_page("upload"), ("massages.xlsx", out.getvalue()))
    keep_button(page).click().run()
    (massage,) = logbook.log().massages
    assert (massage.minutes, massage.method) == (15.0, "foam_roller")


def test_a_legcare_zip_comes_back(open_page: Opener, logbook: Logbook) -> None:
    log = Log.of([Cramp(at="2026-02-14T03:10:00+01:00", severity=4.0, note="=1")])
    page = upload(open_page("upload"), ("legcare.zip", write_zip(log, Preferences())))
    page = choose(page, "Were you logging", "No")
    keep_button(page).click().run()
    assert logbook.log().records == log.records


def test_a_diary_asks_for_the_unit_keeps_no_noon_and_makes_a_factor(
    open_page: Opener, logbook: Logbook
) -> None:
    data = b"date,cramps,water,Zest (0-5)\n2026-02-14,2,8,3\n2026-02-15,0,7,4\n"
    page = upload(open_page("upload"), ("diary.csv", data))
    assert not page.exception
    assert "Open in diary.csv" in texts(page)
    box = labelled(page, "selectbox", "In which unit is water written? (8, 7)")
    page = box.set_value("glass").run()
    page = (
        labelled(page, "selectbox", "What is the column Zest")
        .set_value("A factor of my own, named like the column")
        .run()
    )
    page = keep_button(page).click().run()
    log = logbook.log()
    assert [(reading.factor, reading.value) for reading in log.readings] == [
        ("hydration_ml", 2000.0),
        ("own_zest", 3.0),
        ("hydration_ml", 1750.0),
        ("own_zest", 4.0),
    ]
    assert [(cramp.at.day, cramp.clock) for cramp in log.cramps] == [(14, "unknown")] * 2
    assert [span.first_day.day for span in log.spans] == [15]
    assert log.own_factors[0].label == "Zest (0-5)"


def test_the_person_says_what_a_row_is_where_the_file_does_not(
    open_page: Opener, logbook: Logbook
) -> None:
    page = upload(open_page("upload"), ("notes.csv", b"when,minutes\n2026-02-14 20:00,15\n"))
    assert keep_button(page).disabled
    page = labelled(page, "selectbox", "What is a row").set_value("One massage per row").run()
    keep_button(page).click().run()
    assert [massage.minutes for massage in logbook.log().massages] == [15.0]


def test_settings_of_a_zip_are_taken_over_only_when_asked(
    open_page: Opener, logbook: Logbook
) -> None:
    data = write_zip(
        Log.of([Cramp(at="2026-02-14T03:10:00+01:00")]), Preferences(zone="Europe/Berlin")
    )
    page = upload(open_page("upload"), ("legcare.zip", data))
    page = choose(page, "Were you logging", "No")
    page = labelled(page, "checkbox", "Take over the settings").check().run()
    keep_button(page).click().run()
    assert logbook.preferences().zone == "Europe/Berlin"


def test_a_watch_export_needs_no_columns(open_page: Opener, logbook: Logbook) -> None:
    health = (
        b'<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData ANY>]><HealthData'
        b' locale="en_GB"><Record type="HKQuantityTypeIdentifierStepCount" sourceName="iPhone"'
        b' unit="count" value="120" creationDate="2026-02-14 10:05:00 +0100" startDate="2026-02-14'
        b' 10:00:00 +0100" endDate="2026-02-14 10:05:00 +0100"/></HealthData>'
    )
    page = upload(open_page("upload"), ("export.xml", health))
    assert not page.exception
    assert not [box for box in page.selectbox if "What is a row" in box.label]
    keep_button(page).click().run()
    assert [(reading.factor, reading.value) for reading in logbook.log().readings] == [
        ("steps", 120.0)
    ]


def test_several_files_are_one_change_and_one_question(open_page: Opener, logbook: Logbook) -> None:
    cramps = b"when,side\n2026-02-14 03:10,left\n2026-02-20 03:10,right\n"
    massages = b"when,minutes,method\n2026-02-25 21:00,15,hands\n"
    page = upload(open_page("upload"), ("cramps.csv", cramps), ("massages.csv", massages))
    assert [radio.label for radio in page.radio] == [
        "Were you logging every cramp between 13 February 2026 and 19 February 2026?"
    ]
    page = choose(page, "Were you logging", "Yes")
    page = keep_button(page).click().run()
    log = logbook.log()
    assert (len(log.cramps), len(log.massages)) == (2, 1)
    assert [(span.first_day.day, span.last_day.day) for span in log.spans] == [(13, 19)]
    labels = [change.label for change in logbook.changes()]
    assert labels == [
        "Imported 2 cramps, 1 massage, 1 stretch of tracked days from cramps.csv, massages.csv"
    ]
