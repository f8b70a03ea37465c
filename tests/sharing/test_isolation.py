"""No row of one person with another, in random histories of three people and a coach, on both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from legcare.storage.database import Database
from tests.postgres import Postgres
from tests.sharing.isolation import Isolation

STEPS = 30


def histories(store: Database, count: int) -> None:
    machine = type("Histories", (Isolation,), {"store": store})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=count, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_five_hundred_histories_in_memory_leak_nothing() -> None:
    store = Database.open("sqlite://")
    histories(store, 500)
    store.close()


@pytest.mark.postgres
def test_histories_on_postgresql_leak_nothing(postgres: Postgres) -> None:
    store = Database.open(postgres.url)
    histories(store, 10)
    store.close()
