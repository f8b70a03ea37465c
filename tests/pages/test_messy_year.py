"""A runner's year as it really looks, through the real page, equal to what it was made from."""

from __future__ import annotations

import io
from datetime import date, timedelta
from random import Random

import openpyxl
from streamlit.testing.v1 import AppTest

from legcare.records import Log, TrackedSpan
from legcare.storage.logbook import Logbook
from tests.pages.conftest import Opener
from tests.pages.test_upload import choose, keep_button, texts, upload

FIRST = date(2025, 1, 1)
HEAD = ["Datum", "Uhrzeit", "Art", "Ort", "Dauer", "Stärke", "Notiz"]
TIMES = ["03:10", "ca. 3 Uhr", "nachts", "2-3 Uhr", "04:45", "", "24:00"]
PLACES = ["Wade li", "Wade re.", "R Fuß", "Oberschenkel hinten", "Wdae"]


def rows() -> tuple[list[list[object]], dict[str, int], list[date]]:
    """The sheet of a year and what truly happened."""
    random = Random(7)
    truth = {"cramp": 0, "massage": 0, "workout": 0}
    ran: list[date] = []
    sheet: list[list[object]] = [["Mein Krampf-Tagebuch 2025"], [], list(HEAD)]
    for number in range(365):
        day = (FIRST + timedelta(days=number)).strftime("%d.%m.%Y")
        begun = False
        if random.random() < 0.13:
            word = "Krmapf" if truth["cramp"] == 4 else random.choice(["Krampf", "Wadenkrampf"])
            sheet.append(
                [day, random.choice(TIMES), word, random.choice(PLACES), "ca. 3 min", "6-7", ""]
            )
            truth["cramp"] += 1
            begun = True
        if random.random() < 0.2:
            length = random.choice(["15 min", "10-20 min", "1/4 h"][:2])
            sheet.append(
                ["" if begun else day, "21:00", "Schaumrolle", "Waden", length, "", "vorm Bett"]
            )
            truth["massage"] += 1
            begun = True
        if random.random() < 0.3:
            sheet.append(["" if begun else day, "18:00", "Lauf", "", "45 min", "", "8 km"])
            truth["workout"] += 1
            ran.append(FIRST + timedelta(days=number))
        if number in (90, 181, 272, 364):
            sheet.append(["Summe", "", "", "", "", truth["cramp"], ""])
    return sheet, truth, ran


def workbook(sheet: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "2025"
    for row in sheet:
        book.active.append(row)
    book.active.merge_cells("G5:G6")
    other = book.create_sheet("Wasser+Schlaf")
    other.append(["Datum", "Wasser (l)", "Schlaf (h)"])
    for number in range(365):
        other.append([(FIRST + timedelta(days=number)).isoformat(), 1.5 + number % 3 / 2, 7])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def semicolons(sheet: list[list[object]]) -> bytes:
    lines = (";".join(str(cell) for cell in row) for row in sheet)
    return "\r\n".join(lines).encode("cp1252", "replace")


def answered(page: AppTest) -> tuple[AppTest, int]:
    """Every open word of the sheets set right; how many answers that took."""
    clicks = 0
    for text, answer in (("Krmapf", "A cramp"), ("Wdae", "Calf")):
        boxes = [box for box in page.selectbox if f"“{text}”" in box.label]
        page = boxes[0].set_value(answer).run()
        clicks += 1
    return page, clicks


def test_a_runners_messy_year_is_read_as_it_was(open_page: Opener, logbook: Logbook) -> None:
    sheet, truth, ran = rows()
    page = upload(open_page("upload"), ("Krampf Training.xlsx", workbook(sheet)))
    assert not page.exception
    assert keep_button(page).disabled
    page, clicks = answered(page)
    assert not page.exception
    page = choose(page, "Were you logging every cramp", "Yes")
    page = keep_button(page).click().run()
    clicks += 2
    assert not page.exception, texts(page)
    log = logbook.log()
    assert {
        "cramp": len(log.cramps),
        "massage": len(log.massages),
        "workout": len(log.workouts),
    } == truth
    assert [workout.at.date() for workout in log.workouts] == ran
    assert len(log.readings) == 2 * 365
    assert {reading.factor for reading in log.readings} == {"hydration_ml", "sleep_h"}
    (span,) = log.spans
    weeks = ((span.last_day - span.first_day).days + 1) / 7
    assert 51 <= weeks <= 52.3
    assert abs(len(log.cramps) / weeks - truth["cramp"] / (365 / 7)) < 0.03
    assert {cramp.muscle for cramp in log.cramps} <= {"calf", "foot", "hamstring"}
    assert {cramp.severity for cramp in log.cramps} == {6.5}
    assert not [
        cramp for cramp in log.cramps if f"{cramp.at:%H:%M}" == "12:00" and cramp.clock.timed
    ]
    assert clicks == 4


def test_the_same_year_with_semicolons_is_the_same_log(open_page: Opener, logbook: Logbook) -> None:
    sheet, truth, _ = rows()
    page = upload(open_page("upload"), ("jahr.csv", semicolons(sheet)))
    page, _ = answered(page)
    page = choose(page, "Were you logging every cramp", "No")
    page = keep_button(page).click().run()
    log: Log = logbook.log()
    assert (len(log.cramps), len(log.massages), len(log.workouts)) == tuple(truth.values())
    assert not [record for record in log.records if isinstance(record, TrackedSpan)]
    page = upload(open_page("upload"), ("jahr.csv", semicolons(sheet)))
    assert not [box for box in page.selectbox if "“Krmapf”" in box.label and box.value is None]
    assert "There is nothing new to keep." in texts(page)
