"""One cell at a time: dates, times, numbers, words, each in the spellings that people use."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from legcare.importers.cells.cell import Bad
from legcare.importers.cells.clocks import Clocked, clock_in, clock_of
from legcare.importers.cells.dates import Order, moment_in, order_of
from legcare.importers.cells.numbers import Scale, decimal_sign, number_in
from legcare.importers.tables.values import counted, reader
from legcare.records import Cramp, Massage, Muscle, Place, Relief, Side


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2026-05-14", date(2026, 5, 14), None),
        ("2026/5/4 7:05", date(2026, 5, 4), time(7, 5)),
        ("20260514", date(2026, 5, 14), None),
        ("14.05.26", date(2026, 5, 14), None),
        ("14.05.2026, 03:10 Uhr", date(2026, 5, 14), time(3, 10)),
        ("28. 11. 2020 8:12", date(2020, 11, 28), time(8, 12)),
        ("04/05/2026 3:10 PM", date(2026, 5, 4), time(15, 10)),
        ("Thu, 14 May 2026", date(2026, 5, 14), None),
        ("14. März 2026", date(2026, 3, 14), None),
        ("3 août 2026 03h10", date(2026, 8, 3), time(3, 10)),
        ("5 de mayo de 2026", date(2026, 5, 5), None),
        ("May 14th, 2026 at 3 pm", date(2026, 5, 14), time(15, 0)),
        ("46156", date(2026, 5, 14), None),
        ("46156,25", date(2026, 5, 14), time(6, 0)),
        (46156.5, date(2026, 5, 14), time(12, 0)),
        (datetime(2026, 5, 14, 3, 10), date(2026, 5, 14), time(3, 10)),
        (date(2026, 5, 14), date(2026, 5, 14), None),
    ],
)
def test_dates(text: str | float | date, day: date, clock: time | None) -> None:
    assert moment_in(text, Order.DMY)[:3] == (day, clock, None)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-05-14T03:10:00Z", "2026-05-14T03:10"),
        ("2026-05-14T03:10:00+02:00", "2026-05-14T01:10"),
        ("2026-05-14 03:10:00 -0500", "2026-05-14T08:10"),
        (1778728200, "2026-05-14T03:10"),
        ("1778728200000", "2026-05-14T03:10"),
    ],
)
def test_instants(text: str | int, utc: str) -> None:
    found = moment_in(text, Order.DMY)
    assert not isinstance(found, str)
    assert found[2] is not None
    assert found[2].astimezone(UTC).isoformat(timespec="minutes") == f"{utc}+00:00"


@pytest.mark.parametrize(
    "cell", ["hello", "30/02/2026", "14/05/2026 99:00", 7, True, "", "2026-13-01"]
)
def test_what_is_no_date_gets_a_sentence(cell: str | int) -> None:
    found = moment_in(cell, Order.DMY)
    assert isinstance(found, str)
    assert found.endswith(".")


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("3:10 am", time(3, 10)),
        ("12:05 AM", time(0, 5)),
        ("12 p.m.", time(12)),
        ("3.10 PM", time(15, 10)),
        ("0310", time(3, 10)),
        ("15h10", time(15, 10)),
        ("03:10:22", time(3, 10, 22)),
        (0.5, time(12)),
        (310, time(3, 10)),
        (timedelta(hours=3), time(3)),
        (datetime(1899, 12, 31, 4, 5), time(4, 5)),
        (time(4), time(4)),
        ("", None),
    ],
)
def test_times_of_day(cell: str | float | time, clock: time | None) -> None:
    found = clock_of(cell)
    assert (found.at if isinstance(found, Clocked) else found) == clock


@pytest.mark.parametrize("text", ["25:00", "13:00 pm", "0 am", "soon", "12:60"])
def test_what_is_no_time_gets_a_sentence(text: str) -> None:
    found = clock_in(text)
    assert isinstance(found, str)
    assert "Write it as 03:10" in found


@pytest.mark.parametrize(
    ("cells", "order", "needed", "why"),
    [
        (["14/05/2026", "01/02/2026"], Order.DMY, True, "first part goes up to 14"),
        (["05/14/2026"], Order.MDY, True, "second part goes up to 14"),
        (["01.02.2026"], Order.DMY, True, "dots"),
        (["01/02/2026", "03-04-2026"], None, True, "no date of the file has a part above 12"),
        (["14/05/2026", "05/14/2026"], None, True, "some rows can only be day first"),
        (["2026-05-14", "14 May 2026", date(2026, 1, 2)], None, False, "year first"),
    ],
)
def test_the_order_of_day_and_month(
    cells: list[str | date], order: Order | None, needed: bool, why: str
) -> None:
    found = order_of(cells)
    assert (found.order, found.needed) == (order, needed)
    assert why in found.why


@pytest.mark.parametrize(
    ("cell", "decimal", "target", "value"),
    [
        ("7,5", ",", "", 7.5),
        ("1.250,5", ",", "", 1250.5),
        ("1,250.5", ".", "", 1250.5),
        ("7,902", ".", "steps", 7902.0),
        ("1 250", ".", "", 1250.0),
        ("1’250", ".", "", 1250.0),
        ("−3.5", ".", "cm", -3.5),
        ("+4", ".", "", 4.0),
        ("7/10", ".", "0-10", 7.0),
        ("3/5", ".", "0-10", 6.0),
        ("500 ml", ".", "ml", 500.0),
        ("1,5 l", ",", "ml", 1500.0),
        ("8 oz", ".", "ml", 8 * 29.5735295625),
        ("90 min", ".", "h", 1.5),
        ("7:30", ".", "h", 7.5),
        ("4h 15m", ".", "min", 255.0),
        ("1h20", ".", "min", 80.0),
        ("45 Sek", ".", "min", 0.75),
        ("1 Std 5 min", ".", "min", 65.0),
        ("12 %", ".", "", 12.0),
        (time(0, 30), ".", "min", 30.0),
        (timedelta(hours=2), ".", "h", 2.0),
        (4, ".", "", 4.0),
        (True, ".", "", 1.0),
        ("98.6 °F", ".", "°C", 37.0),
        ("None", ".", "", None),
        (".5", ".", "", 0.5),
        ("12 steps", ".", "steps", 12.0),
    ],
)
def test_numbers(cell: str | float | time, decimal: str, target: str, value: float | None) -> None:
    found = number_in(cell, decimal, Scale(target=target))
    assert found == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize(
    ("cell", "target", "said"),
    [
        ("abc", "", "no number"),
        ("1.2.3", "", "not clear"),
        ("12,34,5", "", "not clear"),
        ("5 kg", "ml", "cannot be turned into ml"),
        ("3 apples", "ml", "cannot be turned into ml"),
        ("about ten min", "min", "no number"),
    ],
)
def test_what_is_no_number_gets_a_sentence(cell: str, target: str, said: str) -> None:
    found = number_in(cell, ".", Scale(target=target))
    assert isinstance(found, str)
    assert said in found


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["7,5", "3"], ","),
        (["7.5"], "."),
        (["1.250,5"], ","),
        (["1,250.5"], "."),
        (["1,250", "2,300"], None),
        (["3"], "."),
        (["6,5", "7,902"], ","),
        (["0,125"], "."),
    ],
)
def test_the_decimal_sign_of_a_file(cells: list[str], sign: str | None) -> None:
    assert decimal_sign(cells)[0] == sign


@pytest.mark.parametrize(
    ("record", "field", "cell", "value"),
    [
        (Cramp, "severity", "moderate", 5.0),
        (Cramp, "severity", "très forte", 9.0),
        (Cramp, "woke_me", "Ja", True),
        (Cramp, "woke_me", "non", False),
        (Cramp, "woke_me", 1, True),
        (Cramp, "side", "Li.", Side.LEFT),
        (Cramp, "muscle", "Left calf muscle", Muscle.CALF),
        (Cramp, "relief", "Dehnen, Wärme", (Relief.STRETCH, Relief.HEAT)),
        (Cramp, "relief", "nichts", (Relief.NONE,)),
        (Cramp, "context", "im Bett", "in_bed"),
        (Cramp, "note", "'=1+1", "=1+1"),
        (Cramp, "note", 12.0, "12"),
        (Massage, "oil", "Magnesiumöl", "magnesium"),
        (Massage, "reason", "vor dem Sport", "before_exercise"),
        (
            Massage,
            "areas",
            "calf:left; foot:right",
            (Place(muscle=Muscle.CALF, side=Side.LEFT), Place(muscle=Muscle.FOOT, side=Side.RIGHT)),
        ),
        (Massage, "areas", "left: calf", (Place(muscle=Muscle.CALF, side=Side.LEFT),)),
        (
            Massage,
            "tender",
            "left, calf and shin",
            (Place(muscle=Muscle.CALF, side=Side.LEFT), Place(muscle=Muscle.SHIN, side=Side.LEFT)),
        ),
    ],
)
def test_words(record: type[Cramp], field: str, cell: str, value: object) -> None:
    assert (
        reader(record, field, ".", Scale(target="0-10" if field == "severity" else ""))(cell)
        == value
    )


@pytest.mark.parametrize(
    ("field", "cell", "said"),
    [
        ("side", "up", "Known are: left, right, both, unknown"),
        ("woke_me", "perhaps", "neither yes nor no"),
        ("woke_me", 7, "yes or no"),
        ("severity", "12", "less than or equal to 10"),
        ("relief", "stretch, magic", "not known"),
        ("minutes", "2000", "less than or equal to 1440"),
    ],
)
def test_bad_words_say_what_would_be_accepted(field: str, cell: str, said: str) -> None:
    found = reader(Cramp, field, ".", Scale())(cell)
    assert isinstance(found, Bad)
    assert said in found.reason


@pytest.mark.parametrize(
    ("cell", "count"), [("2", 2), ("ja", 1), ("no", 0), (0, 0), (3.0, 3), (True, 1)]
)
def test_cramps_of_a_day(cell: str | float, count: int) -> None:
    assert counted(".")(cell) == count


@pytest.mark.parametrize("cell", ["1.5", "-2", "1000", "many"])
def test_cramps_of_a_day_that_cannot_be(cell: str) -> None:
    assert isinstance(counted(".")(cell), Bad)
