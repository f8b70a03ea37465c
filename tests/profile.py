"""How many examples a property test tries: few at every run, many for ``make bench``.

At every run they are the same; the thorough profile draws new ones, twenty times as many.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

THOROUGH = os.environ.get("LEGCARE_PROPERTIES") == "thorough"
FACTOR = 20 if THOROUGH else 1


def load() -> None:
    """Make the chosen profile the one of every property test."""
    settings.register_profile(
        "legcare",
        deadline=None,
        derandomize=not THOROUGH,
        max_examples=25 * FACTOR,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("legcare")


def examples(count: int) -> settings:
    """``count`` examples at every run, in proportion when thorough."""
    return settings(max_examples=count * FACTOR)
