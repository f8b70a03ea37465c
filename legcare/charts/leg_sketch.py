"""The legs as a small picture: where a cramp was, at a glance."""

from __future__ import annotations

from collections.abc import Collection

from legcare.charts.leg_drawing import Where, leg_drawing
from legcare.charts.svg import Drawing, panel, tag
from legcare.charts.theme import Meaning, colour

HEIGHT = 96


def leg_sketch(places: Collection[Where]) -> Drawing:
    """Both legs, front and back, with the given places (muscle, side left or right) filled."""
    legs = leg_drawing(places)
    left, top, width, height = legs["box"]
    scale = HEIGHT / height
    outlines = [tag("path", d=path, fill="none") for path in legs["outlines"]]
    filled = [
        tag("path", d=part["path"], fill=colour(Meaning.CRAMP))
        for part in legs["parts"]
        if part["chosen"]
    ]
    drawing = tag(
        "g",
        *filled,
        *outlines,
        transform=f"scale({scale:.4f} {-scale:.4f}) translate({-left} {-top})",
        stroke="currentColor",
        stroke_width=round(1.2 / scale, 4),
    )
    return Drawing((panel(round(width * scale), HEIGHT, [drawing]),))
