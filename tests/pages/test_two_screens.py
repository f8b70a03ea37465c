"""Two screens, one entry: neither undoes silently what the other saved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from legcare.records import Cramp, Side
from legcare.storage.logbook import EditConflict, Logbook
from tests.pages.conftest import Opener
from tests.pages.test_today import texts

AT = datetime(2026, 3, 10, 2, 10, tzinfo=UTC)


@pytest.fixture
def cramp(logbook: Logbook) -> Cramp:
    made = Cramp(at=AT)
    logbook.keep([made], label="one")
    return made


def sent(page: AppTest, cramp: Cramp, **values: object) -> None:
    for name, value in values.items():
        field = page.get_by_key(f"{cramp.id}-{name}")
        (field.select if name == "severity" else field.input)(value)
    next(b for b in page.button if b.key.startswith(f"submit-{cramp.id}")).click().run()
    assert [error.value for error in page.exception] == []


def test_what_two_screens_changed_of_one_entry_is_both_kept(
    open_page: Opener, logbook: Logbook, cramp: Cramp
) -> None:
    first, second = open_page("today"), open_page("today")
    sent(first, cramp, severity=7.0)
    sent(second, cramp, note="after the run")
    (kept,) = logbook.log().cramps
    assert (kept.severity, kept.note) == (7.0, "after the run")
    sent(first, cramp, note="after the run, cold")
    assert "note (after the run there)" in texts(first)
    assert logbook.log().cramps == (kept,)


def test_a_field_that_both_changed_is_asked_about(
    open_page: Opener, logbook: Logbook, cramp: Cramp
) -> None:
    first, second = open_page("today"), open_page("today")
    sent(first, cramp, severity=7.0, note="mine")
    sent(second, cramp, severity=3.0)
    assert "changed in another window meanwhile: severity (7 there)" in texts(second)
    assert logbook.log().cramps[0].severity == 7.0
    sent(second, cramp)
    (kept,) = logbook.log().cramps
    assert (kept.severity, kept.note) == (3.0, "mine")
    assert second.get_by_key(f"{cramp.id}-again-note").value == "mine"


def test_the_logbook_keeps_what_each_side_changed(logbook: Logbook, cramp: Cramp) -> None:
    logbook.edit(cramp.model_copy(update={"side": Side.LEFT}), base=cramp)
    logbook.edit(cramp.model_copy(update={"severity": 2.0}), base=cramp)
    (kept,) = logbook.log().cramps
    assert (kept.side, kept.severity) == (Side.LEFT, 2.0)
    with pytest.raises(EditConflict) as asked:
        logbook.edit(cramp.model_copy(update={"severity": 3.0}), base=cramp)
    assert (asked.value.fields, asked.value.stored) == (("severity",), kept)
    assert logbook.log().cramps == (kept,)
