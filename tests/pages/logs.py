"""The four logs that every analysis page must be able to show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from streamlit.testing.v1 import AppTest

from legcare.records import Cramp, Record, TrackedSpan
from legcare.samples import load

ONE = (Cramp(at=datetime(2026, 3, 9, 2, 30, tzinfo=UTC)),)


def only_cramps() -> tuple[Record, ...]:
    """Forty days in which every fourth night held a cramp, and nothing else was logged."""
    first = datetime(2026, 1, 20, 23, tzinfo=UTC)
    cramps = [
        Cramp(at=first + timedelta(days=day), severity=5, minutes=2) for day in range(0, 40, 4)
    ]
    return (*cramps, TrackedSpan(first_day=date(2026, 1, 20), last_day=date(2026, 2, 28)))


def sample() -> tuple[Record, ...]:
    """The runner of the sample data."""
    return load("runner").records


def said(page: AppTest) -> str:
    """Everything the page says in words."""
    parts = (
        *page.title,
        *page.header,
        *page.subheader,
        *page.markdown,
        *page.info,
        *page.warning,
        *page.error,
    )
    return "\n".join(str(part.value) for part in parts)
