"""What every test shares: repeatable properties, browser tests last, and an honest last line."""

from __future__ import annotations

import os
import platform
from collections import Counter

import pytest

from tests import profile

profile.load()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: an open browser keeps an event loop that other tests stumble over."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _skips(reporter: pytest.TerminalReporter) -> Counter[str]:
    return Counter(
        str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr)
        for report in reporter.stats.get("skipped", [])
    )


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skip is a failure where ``CI`` is set: there nothing may be missing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") and _skips(reporter) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which Python this was, and everything that was left out, with its reason."""
    skips = _skips(terminalreporter)
    for reason, count in skips.items():
        failing = "a failure, for CI is set" if os.environ.get("CI") else "not a failure here"
        terminalreporter.write_line(f"{count} skipped ({failing}): {reason}")
    nothing = "" if skips else ", nothing skipped"
    terminalreporter.write_line(f"Python {platform.python_version()}{nothing}")
