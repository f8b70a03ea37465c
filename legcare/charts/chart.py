"""A chart is never only a picture.

It carries the data it draws and a sentence that says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from legcare.charts.svg import Drawing

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class Chart:
    """One picture with its twin in words and numbers.

    ``name`` is the file name of its CSV (lower case, hyphens). ``figure`` is a plotly figure, or a
    drawing that needs no script. ``data`` is the tidy frame that it draws, complete enough to draw
    it again. ``sentence`` is the text twin, with interval and number of days, and may have several
    lines. ``caveats`` are whole sentences that must stand beside it; ``detail`` are those that
    stand one tap away, under ``detail_label``: interval, days, method.
    """

    name: str
    title: str
    figure: Figure | Drawing
    data: pd.DataFrame
    sentence: str
    caveats: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    detail_label: str = "How sure is this?"

    @property
    def alt(self) -> str:
        """The sentence on one line, for a screen reader."""
        return " ".join(self.sentence.split())

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to look at beside the sentence."""
        if isinstance(self.figure, Drawing):
            return bool(self.figure.panels)
        return bool(self.figure.data)
