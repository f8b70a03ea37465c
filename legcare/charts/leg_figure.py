"""What every picture of the legs shares.

Outlines and names, and spots all over each region that take a click.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plotly import graph_objects as go

from legcare.charts.legs import Region, left_edge, regions, sides, silhouettes, spots
from legcare.charts.theme import CLEAR, TEXT, Meaning, colour, faded, figure_of, hover

# Picking a spot must not fade everything else: what is chosen is drawn by the page itself.
UNFADED = {"marker": {"opacity": 1}, "textfont": {"color": TEXT}}
UNSEEN = {"marker": {"opacity": 0}}
THICK, THIN = 3, 1


@dataclass(frozen=True)
class Look:
    """How one region is drawn.

    What its fill means, how strong it is, and whether its outline stands out.
    """

    meaning: Meaning
    strength: float = 0.0
    heavy: bool = False


def leg_figure(look: Callable[[Region], Look], *, height: int) -> go.Figure:
    """Both legs, front and back, each region as ``look`` says."""
    figure = figure_of([], height=height)
    for leg in silhouettes():
        _outline(figure, leg, {"color": faded(Meaning.UNKNOWN, 0.5), "width": THIN})
    for region in regions():
        seen = look(region)
        edge = {
            "color": colour(seen.meaning if seen.heavy else Meaning.UNKNOWN),
            "width": THICK if seen.heavy else THIN,
        }
        _outline(figure, region, edge, fillcolor=faded(seen.meaning, seen.strength))
    _names(figure)
    figure.update_xaxes(visible=False, range=[-0.3, 12.3], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-1.2, 11.8], fixedrange=True, automargin=False)
    return figure


def click_spots(spoken: Callable[[Region], str]) -> go.Scatter:
    """Unseen spots all over every region.

    Pointing anywhere on it says its sentence, a click tells its place.

    Each carries (sentence, muscle, side).
    """
    placed = [(spot, region, spoken(region)) for region in regions() for spot in spots(region)]
    marks = hover(sentence for _, _, sentence in placed)
    marks["customdata"] = [[sentence, region.muscle, region.side] for _, region, sentence in placed]
    return go.Scatter(
        x=[round(x, 2) for (x, _), _, _ in placed],
        y=[round(y, 2) for (_, y), _, _ in placed],
        mode="markers",
        marker={"size": 14, "color": CLEAR},
        name="regions",
        selected=UNSEEN,
        unselected=UNSEEN,
        **marks,
    )


def _outline(figure: go.Figure, region: Region, line: dict[str, object], **fill: str) -> None:
    figure.add_shape(type="path", path=region.path, line=line, layer="below", **fill)


def _names(figure: go.Figure) -> None:
    for view in ("front", "back"):
        for place, side in enumerate(sides(view)):
            middle = left_edge(view, place) + 1.2
            figure.add_annotation(
                x=middle, y=-0.7, text=f"{side.capitalize()} leg", showarrow=False
            )
        figure.add_annotation(
            x=left_edge(view, 1) - 0.15, y=11.3, text=f"<b>{view.capitalize()}</b>", showarrow=False
        )
