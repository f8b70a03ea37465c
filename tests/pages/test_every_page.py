"""Every page with an empty log, one record, only cramps and a whole sample.

It says something, and never breaks.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from legcare import samples as sample
from legcare.analysis.benefits.visits import BELIEFS
from legcare.records import Cramp, Massage, Record, TrackedSpan, Workout
from legcare.storage.logbook import Logbook
from legcare.ui.shell.menu import ENTRIES, ROOT
from tests.pages.conftest import Opener

PAGES = [name for name in ENTRIES if name != "people"]  # that one is for a coach with grants only
ANALYSES = [
    name
    for name in ("overview", "frequency", "timing", "associations", "benefits")
    if name in PAGES
]
EVENING = "2026-11-15T21:30:00+00:00"
ONE = (Cramp(at=datetime(2026, 11, 15, 2, 10, tzinfo=UTC)),)
TODAY = (
    Cramp(at=datetime(2026, 11, 15, 9, 10, tzinfo=UTC)),
    Massage(at=datetime(2026, 11, 15, 20, 10, tzinfo=UTC), minutes=10),
    Workout(at=datetime(2026, 11, 15, 17, 10, tzinfo=UTC), minutes=10),
)
ONLY_CRAMPS = (
    TrackedSpan(first_day=date(2026, 9, 1), last_day=date(2026, 11, 14)),
    *(
        Cramp(at=datetime(2026, 9, 1, 3, tzinfo=UTC) + timedelta(days=2 * n), severity=n % 8)
        for n in range(36)
    ),
)


def test_every_page_stands_in_the_menu() -> None:
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == set(ENTRIES)


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("LEGCARE_CLOCK", EVENING)


def texts(page: AppTest) -> str:
    """Everything that the page says in words."""
    kinds = (
        "markdown",
        "caption",
        "title",
        "subheader",
        "header",
        "info",
        "warning",
        "success",
        "metric",
    )
    found = [str(getattr(element, "value", "")) for kind in kinds for element in page.get(kind)]
    labels = [str(element.label) for kind in ("metric", "button") for element in page.get(kind)]
    return "\n".join([*found, *labels])


def opened(open_page: Opener, logbook: Logbook, name: str, records: tuple[Record, ...]) -> AppTest:
    if records:
        logbook.keep(records, label="test")
        logbook.remember(BELIEFS, {})  # the Benefits page asks first; here it was answered
    page = open_page(name)
    assert [entry.message for entry in page.exception] == []
    assert [entry.value for entry in page.error] == []
    assert [entry.value for entry in page.title] == [ENTRIES[name][0]]
    return page


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_log_gets_a_way_on_and_no_chart(
    name: str, open_page: Opener, logbook: Logbook
) -> None:
    page = opened(open_page, logbook, name, ())
    assert len(page.get("plotly_chart")) == 0
    assert len(texts(page)) > 60
    ways = [found.proto.label for found in page.get("page_link")]
    assert ("When to get help, and when not to massage" in ways) is (name != "safety")
    if name in ANALYSES[1:]:
        assert "Your log is empty" in texts(page)


@pytest.mark.parametrize("name", PAGES)
def test_one_record_claims_nothing(name: str, open_page: Opener, logbook: Logbook) -> None:
    page = opened(open_page, logbook, name, ONE)
    said = texts(page)
    assert len(said) > 60
    assert not re.search(r"\b(nan|inf|None|NaT|<NA>)\b", said)
    if name in ANALYSES:
        assert "95 %" not in said  # one cramp on one day has no rate, so no interval either


@pytest.mark.parametrize("name", PAGES)
def test_a_log_that_began_today(name: str, open_page: Opener, logbook: Logbook) -> None:
    page = opened(open_page, logbook, name, TODAY)
    assert not page.exception
    assert not re.search(r"\b(nan|inf|NaT|<NA>)\b", texts(page))


@pytest.mark.parametrize("name", PAGES)
def test_a_log_of_cramps_alone(name: str, open_page: Opener, logbook: Logbook) -> None:
    page = opened(open_page, logbook, name, ONLY_CRAMPS)
    said = texts(page)
    assert not re.search(r"\b(nan|inf|NaT|<NA>)\b", said)
    if name in ("frequency", "timing"):
        assert len(page.get("plotly_chart")) >= 1
        # 36 cramps in 75 logged days; every one of them at 03:00, which is no hour to name.
        assert re.search(r"\b(36|75)\b|times are exactly 03:00", said)


@pytest.mark.parametrize("name", PAGES)
def test_the_sample_fills_every_page(name: str, open_page: Opener, logbook: Logbook) -> None:
    page = opened(open_page, logbook, name, sample.load("older").records)
    said = texts(page)
    charts, takeaways = (
        page.get("plotly_chart"),
        [button.label for button in page.get("download_button")],
    )
    assert not re.search(r"\b(nan|inf|NaT|<NA>)\b", said)
    assert (
        not re.search(
            r"\b(prevents?|treats?|cures?|detoxif\w+)\b(?! or)", said, flags=re.IGNORECASE
        )
        or name == "safety"
    )
    assert takeaways.count("CSV") >= len(charts)
    if name in ANALYSES:
        # The first screen draws without a script; Benefits opens its charts on a tap.
        assert name in ("overview", "benefits") or len(charts) >= 1
        assert re.search(r"\d+ (tracked |logged )?days", said)
