"""The legs to point at.

Every place is there, marked where it was chosen, and stands where its name says.
"""

import json

from legcare.analysis.benefits.places import PLACES
from legcare.charts.leg_drawing import leg_drawing
from legcare.charts.legs import SPACING, regions, spots


def test_every_place_can_be_pointed_at() -> None:
    parts = leg_drawing([])["parts"]
    assert {(part["muscle"], part["side"]) for part in parts} == set(PLACES)
    assert not any(part["chosen"] or part["sore"] for part in parts)


def test_chosen_and_sore_places_are_marked_in_every_view_and_no_other() -> None:
    parts = leg_drawing([("foot", "left")], [("foot", "left"), ("calf", "right")])["parts"]
    assert [part["name"] for part in parts if part["chosen"]] == ["Left foot", "Left foot"]
    assert sorted(part["name"] for part in parts if part["sore"]) == [
        "Left foot",
        "Left foot",
        "Right calf",
    ]


def test_marks_and_titles_stand_inside_the_box() -> None:
    drawing = leg_drawing([])
    left, top, width, height = drawing["box"]
    for thing in (*drawing["parts"], *drawing["titles"]):
        assert left < thing["x"] < left + width
        assert top - height < thing["y"] < top


def test_titles_say_which_leg_stands_where() -> None:
    titles = {(title["text"], round(title["x"], 2)) for title in leg_drawing([])["titles"]}
    middles = {
        (f"{region.side.capitalize()} leg", region.view): region.centre[0]
        for region in regions()
        if region.muscle == "foot"
    }
    for (text, _), foot in middles.items():
        assert any(said == text and abs(x - foot) < 0.5 for said, x in titles)


def test_the_drawing_can_be_sent_to_the_browser() -> None:
    assert json.loads(json.dumps(leg_drawing([("calf", "left")])))["parts"][0]["path"].startswith(
        "M "
    )


def test_wherever_one_points_in_a_region_a_spot_of_it_is_nearest() -> None:
    everywhere = [(spot, region) for region in regions() for spot in spots(region)]
    for region in regions():
        assert region.centre in spots(region)
        for x, y in spots(region):
            for dx, dy in ((0.12, 0), (-0.12, 0), (0, 0.12), (0, -0.12)):
                at = (x + dx * SPACING, y + dy * SPACING)
                nearest = min(
                    everywhere,
                    key=lambda held: (held[0][0] - at[0]) ** 2 + (held[0][1] - at[1]) ** 2,
                )
                assert nearest[1] == region
