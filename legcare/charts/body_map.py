"""Cramps and tender spots on both legs, front and back.

Shaded by shrunken share, every region with its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from legcare.charts.chart import Chart
from legcare.charts.leg_figure import UNFADED, Look, click_spots, leg_figure
from legcare.charts.legs import Region, regions
from legcare.charts.theme import Meaning, colour, plain
from legcare.records import written

NAME, TITLE = "body-map", "Where your cramps come"
FAINTEST, STRONGEST = 0.06, 0.62
FLAG_BOUTS = 50
FLAT = 1.0
SHRUNK = (
    "Shares are pulled towards an even spread over the 16 places while there are few cramps, and"
    " more so where one place repeats; the interval is 90 %."
)
EARLY = f"No place is called one that stands out before {FLAG_BOUTS} separate bouts of cramp."


def body_map(
    places: pd.DataFrame, *, bouts: int, unplaced: int = 0, chosen: tuple[str, str] | None = None
) -> Chart:
    """Both legs, front and back.

    ``places`` is ``place_table``; ``bouts`` how many separate bouts have a place; ``unplaced``
    cramps without muscle or side; ``chosen`` a (muscle, side) to outline. The last trace's points
    carry (sentence, muscle, side), so that a page can tell which region was clicked. ``data`` is
    the same as a table, and is what the keyboard reaches.
    """
    rows = {(str(row["muscle"]), str(row["side"])): row for row in places.to_dict("records")}
    figure = _legs(rows, chosen)
    spots = click_spots(lambda region: _spoken(rows[(region.muscle, region.side)]))
    figure.add_traces([_labels(rows), *_tender(rows), spots])
    caveats = (SHRUNK, *((EARLY,) if bouts < FLAG_BOUTS else ()))
    if unplaced:
        caveats += (
            f"{unplaced} cramps are not on the map, because their muscle or side is not noted.",
        )
    return Chart(NAME, TITLE, figure, places.copy(), _sentence(places, bouts), caveats)


def _legs(rows: dict[tuple[str, str], dict[Any, Any]], chosen: tuple[str, str] | None) -> go.Figure:
    top = max(max(row["share"] for row in rows.values()), 1e-9)

    def look(region: Region) -> Look:
        place = (region.muscle, region.side)
        strength = (
            FAINTEST + (STRONGEST - FAINTEST) * rows[place]["share"] / top
            if rows[place]["bouts"]
            else 0.0
        )
        return Look(Meaning.CRAMP, strength, bool(rows[place]["stands_out"]) or place == chosen)

    return leg_figure(look, height=520)


def _labels(rows: dict[tuple[str, str], dict[Any, Any]]) -> go.Scatter:
    held = [(region.centre, rows[(region.muscle, region.side)]) for region in regions()]
    return go.Scatter(
        x=[centre[0] for centre, _ in held],
        y=[centre[1] for centre, _ in held],
        mode="text",
        text=[_share(row, "share") if row["bouts"] else "–" for _, row in held],
        textfont={"size": 12},
        name="share of cramps",
        hoverinfo="skip",
        unselected={"textfont": UNFADED["textfont"]},
    )


def _tender(rows: dict[tuple[str, str], dict[Any, Any]]) -> list[go.Scatter]:
    """Tender finds as squares below the number, in one view only, so that none is counted twice."""
    drawn: dict[tuple[str, str], Region] = {}
    for region in regions():
        drawn.setdefault((region.muscle, region.side), region)
    found = [(region, rows[place]) for place, region in drawn.items() if rows[place]["tender"]]
    if not found:
        return []
    spots = [_beside(region) for region, _ in found]
    return [
        go.Scatter(
            x=[spot[0] for spot in spots],
            y=[spot[1] for spot in spots],
            mode="markers+text",
            marker={"symbol": "square", "size": 9, "color": colour(Meaning.MASSAGE)},
            text=[f" {row['tender']}" for _, row in found],
            textposition="middle right",
            textfont={"size": 11},
            name="tender spots found",
            hoverinfo="skip",
            unselected=UNFADED,
        )
    ]


def _beside(region: Region) -> tuple[float, float]:
    """Where the tender mark stands: below the number, or outside a region too flat for both."""
    x, y = region.centre
    heights = [point[1] for point in region.outline]
    return (x, y - 0.42) if max(heights) - min(heights) > FLAT else (x + 0.78, y)


def _share(row: Mapping[Any, Any] | pd.Series, column: str) -> str:
    return written.percent(row[column])


def _spoken(row: dict[Any, Any]) -> str:
    words = (
        f"{plain(row['side'].capitalize())} {plain(row['muscle'])}: {row['bouts']} bouts of cramp"
    )
    words += f", {_share(row, 'share')} of all ({_share(row, 'low')} to {_share(row, 'high')})"
    if row["stands_out"]:
        words += ", more than an even share"
    return words + (f", found tender {row['tender']} times" if row["tender"] else "")


def _sentence(places: pd.DataFrame, bouts: int) -> str:
    if bouts == 0:
        return "No cramp with muscle and side is logged yet, so the map is empty."
    first = places.sort_values("share", ascending=False).iloc[0]
    words = (
        f"In your data so far, {bouts} bouts of cramp have a place; most often the {first['side']}"
        f" {first['muscle']}, with {_share(first, 'share')} of them (90 % interval"
        f" {_share(first, 'low')} to {_share(first, 'high')})."
    )
    out = [f"{row.side} {row.muscle}" for row in places.itertuples() if row.stands_out]
    return words + (f" Beyond an even share: {', '.join(out)}." if out else "")
