"""The seven claims as a table and small pictures, named by what is measured."""

from __future__ import annotations

import pytest

from legcare.analysis.benefits import Seven, seven_benefits
from legcare.analysis.benefits.material import material_of
from legcare.charts.claims import NAMINGS, claims_chart, claims_table
from legcare.records import DAY_START
from legcare.samples import load


@pytest.fixture(scope="module")
def seven() -> Seven:
    return seven_benefits(material_of(load("runner"), day_start=DAY_START))


def test_every_claim_has_its_row_and_none_is_called_better_or_a_toxin(seven: Seven) -> None:
    table = claims_table(seven)
    assert table["What is measured"].tolist() == [NAMINGS[one.key].name for one in seven.benefits]
    words = " ".join(table.to_numpy().ravel())
    assert "oxin" not in words
    assert "etter" not in words
    assert "Not tested: cramps" in words


def test_the_picture_has_one_axis_in_its_own_unit_for_each_claim_with_a_number(
    seven: Seven,
) -> None:
    chart = claims_chart(seven)
    shown = [one for one in seven.benefits if one.headline.shown]
    assert len(chart.data) == len(shown)
    layout = chart.figure.layout
    titles = [layout["xaxis" if n == 0 else f"xaxis{n + 1}"].title.text for n in range(len(shown))]
    units = ["times as many" if unit == "ratio" else unit for unit in chart.data["unit"]]
    assert all(unit in title for unit, title in zip(units, titles, strict=True))
    assert chart.data["value"].between(chart.data["low"], chart.data["high"]).all()
