"""The Log page: every record can be seen, changed, deleted and brought back.

Days can be settled.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from pydantic import ValidationError

from legcare.records import Cramp, Log, Massage, Preferences, Reading, TrackedSpan
from legcare.storage.logbook import Logbook
from legcare.ui.log.many import set_field
from legcare.ui.parts.records import record_frame
from legcare.ui.shell.formats import formats_of
from tests.pages.conftest import Opener

ISO = formats_of(Preferences(), "")
AT = datetime(2026, 3, 8, 2, 30, tzinfo=UTC)


def test_an_empty_log_says_so(open_page: Opener) -> None:
    page = open_page("log")
    assert "There are no cramps in the chosen period." in "\n".join(
        element.value for element in page.markdown
    )


def test_the_table_holds_every_cramp_newest_first(open_page: Opener, logbook: Logbook) -> None:
    logbook.keep([Cramp(at=AT, severity=4), Cramp(at=AT.replace(day=9), note="*x*")], label="two")
    page = open_page("log")
    frame = next(table for table in page.dataframe if table.key == "table-cramp").value
    assert list(frame["When"]) == [pd.Timestamp(2026, 3, 9, 2, 30), pd.Timestamp(2026, 3, 8, 2, 30)]
    assert list(frame["Severity"].fillna(-1)) == [-1, 4]


def test_settling_a_stretch_makes_it_tracked(open_page: Opener, logbook: Logbook) -> None:
    page = open_page("log")
    page.date_input(key="settle-range").set_value((date(2026, 3, 1), date(2026, 3, 5)))
    next(b for b in page.button if b.label == "Settle these days").click().run()
    (span,) = logbook.log().spans
    assert (span.first_day, span.last_day) == (date(2026, 3, 1), date(2026, 3, 5))


def test_the_gap_between_settled_days_is_suggested(open_page: Opener, logbook: Logbook) -> None:
    for first, last in ((1, 2), (6, 7)):
        span = TrackedSpan(first_day=date(2026, 3, first), last_day=date(2026, 3, last))
        logbook.keep([span], label="settled")
    page = open_page("log")
    assert page.date_input(key="settle-range").value == (date(2026, 3, 3), date(2026, 3, 5))


def test_a_change_can_be_undone_from_the_list_of_changes(
    open_page: Opener, logbook: Logbook
) -> None:
    change = logbook.keep([Cramp(at=AT)], label="a *cramp*")
    page = open_page("log")
    page.button(key=f"undo-late-{change.id}").click().run()
    assert len(logbook.log()) == 0
    assert not [b for b in page.button if b.key == f"undo-late-{change.id}"]


def test_a_record_is_shown_in_words_and_without_empty_columns() -> None:
    massage = Massage(
        at=AT, minutes=10, method="foam_roller", areas=({"muscle": "calf", "side": "left"},)
    )
    frame, records = record_frame([massage], ISO, {})
    assert records == [massage]
    assert frame.loc[0, "Method"] == "Foam roller"
    assert frame.loc[0, "Areas"] == "Left calf"
    assert "Oil" not in frame
    told = [Reading(day=date(2026, 3, 1), factor="stress", value=3)]
    told += [Reading(day=date(2026, 3, 1), factor="hydration_ml", value=473.176473)]
    readings, _ = record_frame(told, ISO, Log((), ()).factors)
    day = pd.Timestamp(2026, 3, 1)
    rows = readings[["Day", "Factor", "Value"]].to_numpy().tolist()
    assert rows == [[day, "Stress (0-10)", 3.0], [day, "Hydration (ml)", 473.18]]
    american, _ = record_frame(told, formats_of(Preferences(), "en-US"), Log((), ()).factors)
    assert american.loc[1, ["Day", "Factor", "Value"]].tolist() == [day, "Hydration (fl oz)", 16.0]
    unknown, _ = record_frame(told[:1], ISO, {})
    assert unknown.loc[0, ["Day", "Factor", "Value"]].tolist() == [day, "stress", 3.0]


def test_everything_of_one_source_goes_in_one_step_and_comes_back(
    open_page: Opener, logbook: Logbook
) -> None:
    kept = [Cramp(at=AT), Cramp(at=AT.replace(day=9), source="file: a.csv")]
    kept.append(Massage(at=AT.replace(day=10), source="file: a.csv"))
    logbook.keep(kept, label="three")
    page = open_page("log")
    box = next(box for box in page.selectbox if box.label == "Source")
    assert box.options == ["file: a.csv (2 entries)"]
    box.set_value("file: a.csv")
    page = next(b for b in page.button if b.label == "Delete all of it").click().run()
    assert not page.exception
    assert [record.id for record in logbook.log().records] == [kept[0].id]
    change = logbook.changes(1)[0]
    logbook.undo(change.id)
    assert len(logbook.log()) == 3


def test_one_field_of_many_entries_is_set_at_once() -> None:
    cramps = [Cramp(at=AT, severity=4), Cramp(at=AT.replace(day=9), side="left", note="x")]
    changed = [set_field(cramp, "side", "right") for cramp in cramps]
    assert [(cramp.side, cramp.note) for cramp in changed] == [("right", ""), ("right", "x")]
    assert [cramp.id for cramp in changed] == [cramp.id for cramp in cramps]
    with pytest.raises(ValidationError):
        set_field(cramps[0], "side", "up")
