"""The legs as lines to draw by other means than a chart.

What a page shows where a person points at a place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from legcare.charts.legs import left_edge, regions, sides, silhouettes

LEFT, TOP, WIDTH, HEIGHT = -0.3, 11.8, 12.6, 13.0
Where = tuple[str, str]


class Part(TypedDict):
    """One region.

    Its place, its name, its outline as SVG path, where its marks stand, and whether it has them.
    """

    muscle: str
    side: str
    name: str
    path: str
    x: float
    y: float
    chosen: bool
    sore: bool


class Title(TypedDict):
    """A word of the drawing and the middle of where it stands."""

    text: str
    x: float
    y: float


class Drawing(TypedDict):
    """Everything to draw, in units of the drawing with y upwards.

    ``box`` is left, top, width and height.
    """

    box: tuple[float, float, float, float]
    outlines: list[str]
    parts: list[Part]
    titles: list[Title]


def leg_drawing(chosen: Collection[Where], sore: Collection[Where] = ()) -> Drawing:
    """Both legs, front and back.

    ``chosen`` and ``sore`` places are (muscle, side), side left or right.
    """
    parts = [
        Part(
            muscle=region.muscle,
            side=region.side,
            name=f"{region.side.capitalize()} {region.muscle}",
            path=region.path,
            x=region.centre[0],
            y=region.centre[1],
            chosen=(region.muscle, region.side) in chosen,
            sore=(region.muscle, region.side) in sore,
        )
        for region in regions()
    ]
    outlines = [leg.path for leg in silhouettes()]
    return Drawing(box=(LEFT, TOP, WIDTH, HEIGHT), outlines=outlines, parts=parts, titles=_titles())


def _titles() -> list[Title]:
    views = [
        Title(text=view.capitalize(), x=left_edge(view, 1) - 0.15, y=11.3)
        for view in ("front", "back")
    ]
    legs = [
        Title(text=f"{side.capitalize()} leg", x=left_edge(view, place) + 1.2, y=-0.75)
        for view in ("front", "back")
        for place, side in enumerate(sides(view))
    ]
    return [*views, *legs]
