"""The report in a real browser.

Opens without a network, prints on a few pages, the doctor's facts on the first.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from legcare.records import Log, Preferences
from legcare.reports.first_page import Cover
from legcare.reports.html import PARTS, report
from legcare.samples import load

MOST_PAGES = 5  # the first page, charts, and 174 cramps one by one
SIZES = {"A4": (703, 1032), "Letter": (725, 965)}  # pixels within the margins


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the runner of the sample data, as a file."""
    made = report(Log(load("runner").records), Preferences(), Cover(date(2026, 3, 10), "Ann <b>"))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(made.html, encoding="utf-8")
    return path


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_opens_offline_and_prints_on_a_few_pages(
    chromium: Browser, file: Path, paper: str
) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    assert page.locator("svg").count() > len(PARTS)
    assert page.locator("h1").inner_text() == "Leg cramps: Ann <b>"
    printed = page.pdf(format=paper, print_background=True)
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 1 <= pages <= MOST_PAGES


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_first_page_is_one_page(chromium: Browser, file: Path, paper: str) -> None:
    width, height = SIZES[paper]
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    box = page.locator(".cover").bounding_box()
    page.close()
    assert box is not None
    assert box["height"] <= height
