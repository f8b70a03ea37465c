"""What every test shares: hypothesis is repeatable and never judges by the clock."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "legcare",
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("legcare")
