"""The report in a real browser.

Opens without a network, draws every chart, prints on a few pages.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from legcare.records import Log, Preferences
from legcare.reports.html import PARTS, report
from legcare.samples import load

MOST_PAGES = 4


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the runner of the sample data, as a file."""
    made = report(
        Log(load("runner").records), Preferences(), made_on=date(2026, 3, 10), name="Ann <b>"
    )
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
    page.locator(".main-svg").first.wait_for()
    assert page.locator(".js-plotly-plot").count() == len(PARTS)
    assert page.locator("h1").inner_text() == "Leg cramps: Ann <b>"
    printed = page.pdf(format=paper, print_background=True)
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 1 <= pages <= MOST_PAGES
