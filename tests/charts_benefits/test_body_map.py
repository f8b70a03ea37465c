"""The body map.

Every region of both legs, its number, its shade, its tender spots, and what a click tells.
"""

from datetime import UTC, datetime, time, timedelta

import pandas as pd
import pytest

from legcare.analysis.benefits.places import PLACES, place_table
from legcare.charts.body_map import body_map
from legcare.charts.legs import Region, regions
from legcare.charts.theme import TEXT
from legcare.days import cramp_table, tender_table
from legcare.records import Cramp, Log, Massage, Muscle, Place, Side

TENDER = Place(muscle=Muscle.FOOT, side=Side.LEFT)
AT = datetime(2025, 3, 1, 23, tzinfo=UTC)


def places(*cramps: Cramp, tender: tuple[Place, ...] = ()) -> pd.DataFrame:
    log = Log((*cramps, Massage(at=AT, tender=tender)))
    return place_table(cramp_table(log, day_start=time(6)), tender_table(log, day_start=time(6)))


def calves(n: int) -> list[Cramp]:
    return [
        Cramp(
            at=AT + timedelta(days=2 * i),
            muscle=Muscle.CALF,
            side=Side.LEFT if i % 4 else Side.RIGHT,
        )
        for i in range(n)
    ]


def test_every_place_is_drawn_and_only_the_foot_twice() -> None:
    drawn = [(region.muscle, region.side) for region in regions()]
    assert set(drawn) == set(PLACES)
    assert sorted(place for place in set(drawn) if drawn.count(place) == 2) == [
        ("foot", "left"),
        ("foot", "right"),
    ]


def test_left_and_right_stand_as_before_somebody() -> None:
    middle = {(region.view, region.muscle, region.side): region.centre[0] for region in regions()}
    assert middle["front", "shin", "right"] < middle["front", "shin", "left"]
    assert middle["back", "calf", "left"] < middle["back", "calf", "right"]
    assert (
        middle["front", "quadriceps", "right"]
        < middle["front", "adductor", "right"]
        < middle["front", "adductor", "left"]
    )


def test_regions_of_one_view_do_not_overlap() -> None:
    from itertools import combinations

    def box(region: Region) -> tuple[float, float, float, float]:
        x, y = zip(*region.outline, strict=True)
        return min(x), max(x), min(y), max(y)

    for one, two in combinations(regions(), 2):
        a, b = box(one), box(two)
        apart = a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
        assert (
            apart or one.view != two.view or {one.muscle, two.muscle} == {"quadriceps", "adductor"}
        )


def test_paths_are_closed_curves_through_their_points() -> None:
    region = regions()[0]
    assert region.path.startswith(f"M {region.outline[0][0]:.3f},{region.outline[0][1]:.3f}")
    assert region.path.count("C ") == len(region.outline)
    assert region.path.endswith("Z")


def test_shade_and_number_follow_the_share() -> None:
    table = places(*calves(40))
    chart = body_map(table, bouts=40)
    assert len(chart.figure.layout.shapes) == 4 + len(regions())
    shade = {
        (r.muscle, r.side): shape.fillcolor
        for r, shape in zip(regions(), chart.figure.layout.shapes[4:], strict=True)
    }
    opacity = {place: float(colour.rsplit(",", 1)[1].strip(")")) for place, colour in shade.items()}
    assert opacity["calf", "left"] > opacity["calf", "right"] > opacity["glute", "left"] == 0
    labels = chart.figure.data[0]
    number = {(r.muscle, r.side): text for r, text in zip(regions(), labels.text, strict=True)}
    left = table[(table["muscle"] == "calf") & (table["side"] == "left")].iloc[0]
    assert number["calf", "left"] == f"{100 * left['share']:.0f} %"
    assert number["shin", "left"] == "–"
    assert chart.data.equals(table)
    assert f"the left calf, with {100 * left['share']:.0f} %" in chart.sentence
    assert "40 bouts" in chart.sentence


def test_a_click_tells_muscle_and_side() -> None:
    spots = body_map(places(*calves(3)), bouts=3).figure.data[-1]
    told = {tuple(row) for row in spots.customdata}
    assert {(muscle, side) for _, muscle, side in told} == set(PLACES)
    (calf,) = [sentence for sentence, muscle, side in told if (muscle, side) == ("calf", "left")]
    assert calf.startswith("Left calf: 2 bouts of cramp")


def test_every_part_of_a_region_takes_a_click() -> None:
    spots = body_map(places(*calves(3)), bouts=3).figure.data[-1]
    thigh = [
        y
        for y, row in zip(spots.y, spots.customdata, strict=True)
        if row[1:] == ["quadriceps", "left"]
    ]
    assert max(thigh) - min(thigh) > 3


def test_a_chosen_place_fades_no_number() -> None:
    labels, squares, spots = body_map(places(*calves(2), tender=(TENDER,)), bouts=2).figure.data
    assert labels.unselected.textfont.color == TEXT
    assert squares.unselected.marker.opacity == 1
    assert (spots.selected.marker.opacity, spots.unselected.marker.opacity) == (0, 0)


def test_nothing_stands_out_before_fifty_bouts() -> None:
    early = body_map(places(*calves(40)), bouts=40)
    assert any("before 50 separate bouts" in caveat for caveat in early.caveats)
    late = body_map(places(*calves(60)), bouts=60)
    assert "Beyond an even share: left calf" in late.sentence
    assert not any("before 50" in caveat for caveat in late.caveats)


def test_tender_spots_stand_once_each_with_their_number() -> None:
    tender = (Place(muscle=Muscle.FOOT, side=Side.LEFT), Place(muscle=Muscle.SHIN, side=Side.BOTH))
    _, squares, spots = body_map(places(*calves(2), tender=tender), bouts=2).figure.data
    assert len(squares.x) == 3
    assert [text.strip() for text in squares.text] == ["1", "1", "1"]
    assert squares.marker.symbol == "square"
    assert any("found tender 1 times" in row[0] for row in spots.customdata)


def test_the_chosen_place_is_outlined() -> None:
    chart = body_map(places(*calves(2)), bouts=2, chosen=("shin", "left"))
    widths = {
        (r.muscle, r.side): s.line.width
        for r, s in zip(regions(), chart.figure.layout.shapes[4:], strict=True)
    }
    assert widths["shin", "left"] == 3
    assert widths["shin", "right"] == 1


@pytest.mark.parametrize(("unplaced", "said"), [(0, False), (4, True)])
def test_cramps_without_a_place_are_told(unplaced: int, said: bool) -> None:
    chart = body_map(places(*calves(2)), bouts=2, unplaced=unplaced)
    assert any("not on the map" in caveat for caveat in chart.caveats) is said


def test_an_empty_map_says_so() -> None:
    chart = body_map(places(), bouts=0)
    assert "the map is empty" in chart.sentence
    assert set(chart.figure.data[0].text) == {"–"}
