"""The drawing of the legs.

Own outlines of the regions, front and back, left and right, in units of one leg.

One leg is drawn once per view, from its outer side (x = 0) to its inner side (x = 1), from toes (y
= 0) upwards, and mirrored for the other leg. Seen from the front the person's right leg stands on
the left of the picture, seen from the back the left one, as when standing before somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import ceil

Point = tuple[float, float]

FRONT: dict[str, tuple[Point, ...]] = {
    "quadriceps": (
        (0.08, 8.7),
        (0.35, 9.1),
        (0.62, 8.8),
        (0.66, 7.4),
        (0.62, 5.9),
        (0.42, 5.5),
        (0.22, 5.9),
        (0.06, 7.4),
    ),
    "adductor": ((0.74, 8.7), (0.98, 8.6), (0.97, 7.5), (0.86, 6.2), (0.74, 5.9), (0.76, 7.3)),
    "shin": (
        (0.26, 4.4),
        (0.45, 4.6),
        (0.66, 4.4),
        (0.70, 3.4),
        (0.58, 1.7),
        (0.47, 1.5),
        (0.36, 1.7),
        (0.22, 3.3),
    ),
    "foot": ((0.34, 1.35), (0.62, 1.35), (0.76, 0.75), (0.50, 0.62), (0.22, 0.75)),
    "toes": ((0.20, 0.50), (0.50, 0.42), (0.80, 0.50), (0.78, 0.04), (0.50, -0.22), (0.22, 0.04)),
}
BACK: dict[str, tuple[Point, ...]] = {
    "glute": (
        (0.04, 9.9),
        (0.35, 10.6),
        (0.85, 10.5),
        (0.99, 9.8),
        (0.90, 9.1),
        (0.45, 8.9),
        (0.10, 9.1),
    ),
    "hamstring": (
        (0.10, 8.5),
        (0.50, 8.6),
        (0.93, 8.4),
        (0.88, 7.0),
        (0.72, 5.7),
        (0.47, 5.4),
        (0.24, 5.7),
        (0.08, 7.0),
    ),
    "calf": (
        (0.24, 4.5),
        (0.46, 4.7),
        (0.68, 4.5),
        (0.80, 3.6),
        (0.64, 2.3),
        (0.48, 1.6),
        (0.34, 2.3),
        (0.14, 3.6),
    ),
    "foot": ((0.36, 1.25), (0.58, 1.25), (0.64, 0.55), (0.48, 0.05), (0.32, 0.55)),
}
SILHOUETTES: dict[str, tuple[Point, ...]] = {
    "front": (
        *(
            (0.0, 9.2),
            (0.0, 7.2),
            (0.16, 5.6),
            (0.19, 4.8),
            (0.14, 3.4),
            (0.28, 1.7),
            (0.26, 1.2),
            (0.14, 0.6),
        ),
        *(
            (0.15, 0.0),
            (0.50, -0.38),
            (0.85, 0.0),
            (0.86, 0.6),
            (0.72, 1.2),
            (0.66, 1.7),
            (0.78, 3.4),
            (0.74, 4.8),
        ),
        *((0.80, 5.6), (1.02, 7.4), (1.03, 8.9), (0.50, 9.4)),
    ),
    "back": (
        *(
            (0.0, 10.0),
            (0.02, 9.0),
            (0.02, 7.2),
            (0.16, 5.6),
            (0.17, 4.8),
            (0.08, 3.6),
            (0.26, 1.7),
            (0.30, 1.1),
        ),
        *(
            (0.25, 0.5),
            (0.48, -0.2),
            (0.71, 0.5),
            (0.64, 1.1),
            (0.68, 1.7),
            (0.86, 3.6),
            (0.76, 4.8),
            (0.80, 5.6),
        ),
        *((0.98, 7.2), (1.03, 9.0), (1.03, 10.2), (0.50, 10.8)),
    ),
}
VIEWS = {"front": FRONT, "back": BACK}
WIDTH = 2.4
STEP = 2.7
GAP = 1.4
SPACING = 0.36


@dataclass(frozen=True)
class Region:
    """One outlined region of one leg in one view.

    Where its outline runs and where its label stands.
    """

    view: str
    muscle: str
    side: str
    outline: tuple[Point, ...]

    @property
    def centre(self) -> Point:
        """The middle of the outline's box: where the number stands."""
        x, y = zip(*self.outline, strict=True)
        return (min(x) + max(x)) / 2, (min(y) + max(y)) / 2

    @property
    def path(self) -> str:
        """The outline as one smooth closed SVG path (a Catmull-Rom curve through its points)."""
        points, n = self.outline, len(self.outline)
        parts = [f"M {points[0][0]:.3f},{points[0][1]:.3f}"]
        for i in range(n):
            before, here, there, after = (points[(i + step) % n] for step in (-1, 0, 1, 2))
            bends = (_bend(here, there, before), _bend(there, here, after))
            parts.append("C " + " ".join(f"{x:.3f},{y:.3f}" for x, y in (*bends, there)))
        return " ".join(parts) + " Z"


def _bend(at: Point, towards: Point, away: Point) -> Point:
    return at[0] + (towards[0] - away[0]) / 6, at[1] + (towards[1] - away[1]) / 6


@cache
def regions() -> tuple[Region, ...]:
    """Every region of both legs, front and back; the foot is drawn in both views."""
    return tuple(
        Region(view, muscle, side, _placed(outline, view, place, mirrored=place == 1))
        for view, outlines in VIEWS.items()
        for place, side in enumerate(sides(view))
        for muscle, outline in outlines.items()
    )


@cache
def silhouettes() -> tuple[Region, ...]:
    """The outline of each whole leg in each view.

    It carries no data, it shows where the knee is.
    """
    return tuple(
        Region(view, "leg", side, _placed(outline, view, place, mirrored=place == 1))
        for view, outline in SILHOUETTES.items()
        for place, side in enumerate(sides(view))
    )


@cache
def spots(region: Region) -> tuple[Point, ...]:
    """Points spread evenly over a region, never further apart than ``SPACING``.

    Wherever one points, one is near.
    """
    x, y = zip(*region.outline, strict=True)
    grid = [(across, up) for across in _steps(min(x), max(x)) for up in _steps(min(y), max(y))]
    return (region.centre, *(point for point in grid if _inside(point, region.outline)))


def _steps(first: float, last: float) -> list[float]:
    """The middles of equal steps from ``first`` to ``last``."""
    number = max(1, ceil((last - first) / SPACING))
    return [first + (last - first) * (step + 0.5) / number for step in range(number)]


def _inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def sides(view: str) -> tuple[str, str]:
    """Which leg stands on the left and which on the right of the picture."""
    return ("right", "left") if view == "front" else ("left", "right")


def left_edge(view: str, place: int) -> float:
    """Where a leg's drawing begins on the picture."""
    return (0.0 if view == "front" else 2 * STEP + GAP) + place * STEP


def _placed(
    outline: tuple[Point, ...], view: str, place: int, *, mirrored: bool
) -> tuple[Point, ...]:
    start = left_edge(view, place)
    return tuple((start + WIDTH * (1 - x if mirrored else x), y) for x, y in outline)
