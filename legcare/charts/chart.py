"""A chart is never only a picture.

It carries the data it draws and a sentence that says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from plotly.graph_objects import Figure


@dataclass(frozen=True)
class Chart:
    """One picture with its twin in words and numbers.

    ``name`` is the file name of its CSV (lower case, hyphens); ``data`` is the tidy frame that the
    figure draws, complete enough to draw it again; ``sentence`` is the text twin, with interval and
    number of days, and may have several lines; ``caveats`` are whole sentences that must stand
    beside it.
    """

    name: str
    title: str
    figure: Figure
    data: pd.DataFrame
    sentence: str
    caveats: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """The sentence on one line, for a screen reader."""
        return " ".join(self.sentence.split())
