"""A day table that carries what is known of its columns."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd

from legcare.records import DESCRIBED, Factors


class Days(pd.DataFrame):
    """A day table together with what is known of its columns (``factors``).

    A frame in every other way; what is cut from it or added to it keeps the factors.
    """

    _metadata: ClassVar[list[str]] = ["factors"]
    factors: Factors = DESCRIBED

    @property
    def _constructor(self) -> type[Days]:
        return Days

    def __finalize__(self, other: object, method: str | None = None, **rest: object) -> Days:
        """Keep the factors of the first of several frames that were put together, too."""
        super().__finalize__(other, method=method, **rest)  # type: ignore[misc]
        parts = (one for one in getattr(other, "input_objs", ()) if isinstance(one, Days))
        self.factors = next(parts, self).factors
        return self


def described(frame: pd.DataFrame, factors: Factors) -> Days:
    """A frame as a day table of these factors."""
    days = Days(frame)
    days.factors = factors
    return days


def factors_of(days: pd.DataFrame) -> Factors:
    """What is known of a day table's columns: of a bare frame, what the built-in factors say."""
    return days.factors if isinstance(days, Days) else DESCRIBED
