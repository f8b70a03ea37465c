"""What time it is for the person who is looking.

Every page asks here, so that a test can move the clock.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from legcare.records import Preferences, fixed, legcare_day
from legcare.records import now as utc_now

MOVED_CLOCK = "LEGCARE_CLOCK"


def zone(preferences: Preferences) -> ZoneInfo:
    """The person's zone: the one they chose, else the browser's, else UTC."""
    browser = getattr(st.context, "timezone", None)
    return preferences.in_zone(browser if isinstance(browser, str) else None)


def now(where: ZoneInfo) -> datetime:
    """This moment on the person's clock.

    ``LEGCARE_CLOCK`` (an ISO time, for tests) stands in for it.
    """
    moved = os.environ.get(MOVED_CLOCK)
    moment = datetime.fromisoformat(moved) if moved else utc_now()
    return fixed(moment.astimezone(where))


def today(where: ZoneInfo, day_start: time) -> date:
    """The legcare day that it is now for the person.

    After midnight still yesterday's, until the day starts.
    """
    return legcare_day(now(where), day_start)
