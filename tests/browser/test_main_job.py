"""The main job in a real browser.

From a cold start on an inner address to a chart's CSV and a restarted server.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, time

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from legcare import samples as sample
from legcare.records import tracked_days
from tests.browser.conftest import Visit
from tests.browser.server import ROOT, Server, kept, ready, settled

pytestmark = pytest.mark.browser
CRAMPS = ROOT / "sample_data" / "runner-cramps.csv"
MASSAGES = ROOT / "sample_data" / "runner-massages.xlsx"


def rows_of_the_sheet() -> list[dict[str, str]]:
    """The cramps as they stand in the file, read by Python's own reader."""
    return list(csv.DictReader(io.StringIO(CRAMPS.read_text(encoding="utf-8-sig")), delimiter=";"))


def per_week(server: Server) -> tuple[int, str]:
    """Tracked days of the log, and cramps of the *file* per week of those days.

    Written as a page writes it.
    """
    days = len(tracked_days(kept(server), day_start=time(6)))
    return days, f"{7 * len(rows_of_the_sheet()) / days:.1f}"


def test_a_cold_inner_address_shows_the_frame_and_a_way_on(visit: Visit, server: Server) -> None:
    """The very first visit to a fresh server.

    The old way of Streamlit would run the page without the frame.
    """
    page = visit("/timing", heading="When")
    expect(page.get_by_role("link", name="What goes with it")).to_be_visible()
    expect(page.get_by_role("combobox", name="Period")).to_be_visible()
    expect(page.get_by_text("Your log is empty")).to_be_visible()


def test_a_sample_is_explored_and_leaves_nothing_behind(visit: Visit, server: Server) -> None:
    page = visit("/", heading="Today")
    page.get_by_role("button", name="The runner, 35").click()
    expect(page.get_by_text("nothing you see or enter here is kept")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="How often").click()
    ready(page, "How often")
    log = sample.load("runner")
    days = len(tracked_days(log, day_start=time(6)))
    said = rf"In {days} tracked days you had {7 * len(log.cramps) / days:.1f} cramps a week"
    expect(page.get_by_text(re.compile(said))).to_be_visible()
    page.get_by_role("button", name="Back to my own log").click()
    expect(page.get_by_text("Your log is empty")).to_be_visible()
    assert kept(server).records == ()


def test_two_spreadsheets_go_in_and_the_right_rate_comes_out(visit: Visit, server: Server) -> None:
    page = visit("/upload", heading="Add files")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        [CRAMPS, MASSAGES]
    )
    settled(page)
    expect(page.get_by_text(re.compile(r"Every row and cell is kept")).first).to_be_visible()
    assert kept(server).records == ()  # nothing before the person says so
    page.get_by_text("Yes, I logged every cramp").click()
    settled(page)
    page.get_by_role("button", name=re.compile("Keep all")).click()
    expect(page.get_by_text(re.compile(r"Imported 142 cramps")).first).to_be_visible()
    log = kept(server)
    in_the_file = [
        datetime.strptime(f"{row['Date']} {row['Time']}", "%d/%m/%Y %H:%M")
        for row in rows_of_the_sheet()
    ]
    assert sorted(cramp.at.replace(tzinfo=None) for cramp in log.cramps) == sorted(in_the_file)
    minutes = [
        float(row["Duration (min)"].replace(",", "."))
        for row in rows_of_the_sheet()
        if row["Duration (min)"]
    ]
    assert sorted(c.minutes for c in log.cramps if c.minutes is not None) == sorted(minutes)
    assert len(log.massages) == len(sample.load("runner").massages)


def test_a_chart_is_taken_away_and_says_what_it_draws(visit: Visit, server: Server) -> None:
    days, rate = per_week(server)
    page = visit("/frequency", heading="How often")
    expect(
        page.get_by_text(re.compile(rf"In {days} tracked days you had {rate} cramps a week"))
    ).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").first.click()
    assert download.value.suggested_filename == "legcare-cramps-per-week.csv"
    table = pd.read_csv(download.value.path())
    drawn = bars(page)
    assert pd.to_datetime(table["week"]).tolist() == pd.to_datetime(pd.Series(drawn["x"])).tolist()
    assert table["cramps_in_week"].fillna(0).tolist() == [value or 0 for value in drawn["y"]]
    assert table["cramps_in_week"].sum() == len(rows_of_the_sheet())


def bars(page: Page) -> dict[str, list[float | str | None]]:
    """The bars of the first figure on the page, as the browser drew them."""
    page.wait_for_function("() => document.querySelector('.js-plotly-plot')?._fullData?.length > 0")
    found: dict[str, list[float | str | None]] = page.evaluate("""() => {
          const traces = document.querySelector('.js-plotly-plot')._fullData;
          const bar = traces.find(trace => trace.type === 'bar');
          return {x: [...bar.x], y: [...bar.y].map(value => Number.isFinite(value) ? value : null)};
        }""")
    return found


@pytest.mark.parametrize("kill", [False, True], ids=["stopped", "killed"])
def test_everything_is_still_there_after_a_restart(
    visit: Visit, server: Server, kill: bool
) -> None:
    before = {record.id for record in kept(server).records}
    days, rate = per_week(server)
    server.restart(kill=kill)
    assert {record.id for record in kept(server).records} == before
    page = visit("/frequency", heading="How often")
    expect(
        page.get_by_text(re.compile(rf"In {days} tracked days you had {rate} cramps a week"))
    ).to_be_visible()


def test_a_cramp_is_one_tap_and_one_undo(visit: Visit, server: Server) -> None:
    before = len(kept(server).cramps)
    page = visit(
        "/today",
        heading="Day and night",
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
        has_touch=True,
    )
    page.get_by_role("button", name="Cramp now").tap()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    settled(page)
    assert len(kept(server).cramps) == before + 1
    newest = max(kept(server).cramps, key=lambda cramp: cramp.created_at)
    assert (newest.severity, newest.side, newest.minutes) == (None, None, None)
    page.get_by_role("button", name="Undo").first.tap()
    settled(page)
    assert len(kept(server).cramps) == before
