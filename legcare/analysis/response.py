"""The shape of an association.

How the rate or score changes along a factor, with an interval at every point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf

import numpy as np
import pandas as pd

from legcare.analysis import verdict as rules
from legcare.analysis.associations import admission, question
from legcare.analysis.quasi_poisson import (
    RIDGE,
    Rows,
    autocorrelation,
    floor_of,
    longest_lag,
    variance_inflation,
)
from legcare.analysis.question import Question, rows_of
from legcare.analysis.regression import orthonormal, poisson_fit
from legcare.analysis.timeline import Flags, Floats, record_time, timeline
from legcare.days import factors_of
from legcare.records import DESCRIBED, Factor, Factors

SPLINE_EVENTS = 50  # fewer cramps than this bend a curve wherever they happen to lie
FEW_VALUES = 6
MUCH_THE_SAME = 0.4
POINTS = 41
PLAIN: Callable[[float], str] = "{:g}".format
MIDDLE = "its middle value ({})"
COLUMNS = ("x", "label", "value", "low", "high", "n", "events")


@dataclass(frozen=True)
class Stretch:
    """One bin of a factor: over ``above``, up to and with ``up_to``.

    The same twice is that one value.
    """

    above: float
    up_to: float

    def words(self, number: Callable[[float], str]) -> str:
        """The bin in words, its borders written by ``number``."""
        if self.above == self.up_to:
            return number(self.above)
        if self.above == -inf:
            return f"up to {number(self.up_to)}"
        if self.up_to == inf:
            return f"over {number(self.above)}"
        return f"over {number(self.above)} to {number(self.up_to)}"


@dataclass(frozen=True)
class Response:
    """A curve or three bins of an outcome along a factor, against a reference level.

    ``table`` has ``x`` (factor value, bin mean), ``label`` (bins only), ``value``/``low``/``high``
    (ratio to the reference for counts, difference for scores; NaN where a bin is too thin), ``n``
    days and ``events`` (bins only). ``kind`` is "spline" or "bins"; ``reference`` says what it is
    compared with: the middle value of a curve, the first of the ``bins``.
    """

    outcome: str
    factor: str
    lag: int
    kind: str
    unit: str
    reference: str
    n_days: int
    n_events: int
    table: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(COLUMNS)), compare=False
    )
    refusal: str = ""
    still_needed: str = ""
    bins: tuple[Stretch, ...] = ()
    middle: float = float("nan")
    factors: Factors = field(default=DESCRIBED, compare=False, repr=False)

    @property
    def measure(self) -> Factor:
        """What is known of the factor."""
        return self.factors[self.factor]

    @property
    def shown(self) -> bool:
        """Whether there is a shape to show."""
        return not self.refusal


@dataclass(frozen=True)
class Shape:
    """A fitted set of columns for the factor.

    Coefficients, what is needed for the variance of any contrast.
    """

    beta: Floats
    left: Floats
    weight: Floats
    phi: float
    of_residual: Floats
    usable: Flags
    parameters: int


def response(
    days: pd.DataFrame,
    *,
    outcome: str,
    factor: str,
    lag: int | None = None,
    adjust: bool = True,
    confounders: Sequence[str] = (),
) -> Response:
    """The shape of an association, adjusted as ``associate`` does.

    A natural spline with three knots where there are at least 50 cramps (or a score) and the factor
    takes many values; otherwise three bins whose borders come from the factor alone: thirds, or
    none, less and more where the factor is often zero. Refused as the association itself is.
    """
    known = factors_of(days)
    asked = question(
        outcome, factor, lag=lag, adjust=adjust, confounders=confounders, factors=known
    )
    rows = rows_of(timeline(days, [outcome, factor, *confounders]), asked)
    refusal = (
        rules.on_same_day_massage() if asked.massage and asked.lag == 0 else admission(asked, rows)
    )
    if refusal:
        return _response(asked, rows, "", "", refusal=refusal)
    return _curve(asked, rows) if smooth(asked, rows) else _bins(asked, rows)


def smooth(asked: Question, rows: Rows) -> bool:
    """Whether a curve may be drawn rather than bins."""
    values, seen = np.unique(rows.x, return_counts=True)
    varied = values.size > FEW_VALUES and seen.max() < MUCH_THE_SAME * rows.x.size
    return bool(varied and (not asked.counts or rows.y.sum() >= SPLINE_EVENTS))


def _curve(asked: Question, rows: Rows) -> Response:
    knots = np.quantile(rows.x, [0.1, 0.5, 0.9])
    if np.unique(knots).size < knots.size:
        return _bins(asked, rows)
    middle = float(np.median(rows.x))
    low, high = (float(limit) for limit in np.quantile(rows.x, [0.05, 0.95]))
    at = np.linspace(low, high, POINTS)
    shape = fit_shape(rows, curve_basis(rows.x, knots), counts=asked.counts)
    contrasts = curve_basis(at, knots) - curve_basis(np.array([middle]), knots)
    table = pd.DataFrame(
        contrast_rows(shape, contrasts, asked.counts), columns=["value", "low", "high"]
    )
    table = table.assign(x=at, label="", n=rows.y.size, events=_events(asked, rows.y))
    return replace(
        _response(asked, rows, "spline", MIDDLE.format(PLAIN(middle)), table=table), middle=middle
    )


def curve_basis(x: Floats, knots: Floats) -> Floats:
    """Natural cubic spline through three knots.

    A straight line and one bend, straight beyond the outer knots.
    """
    width = knots[2] - knots[0]
    place, bend = (x - knots[1]) / width, (knots - knots[1]) / width
    cubes = [np.maximum(place - knot, 0.0) ** 3 for knot in bend]
    first = (cubes[0] - cubes[2]) / (bend[2] - bend[0])
    second = (cubes[1] - cubes[2]) / (bend[2] - bend[1])
    return np.column_stack([place, first - second])


def _bins(asked: Question, rows: Rows) -> Response:
    bins, stretches = three_bins(rows.x)
    labels = [each.words(PLAIN) for each in stretches]
    refusal = _on_reference(asked, rows.y[bins == 0], labels[0])
    if refusal:
        return _response(asked, rows, "bins", labels[0], refusal=refusal)
    columns = np.column_stack([(bins == number).astype(float) for number in range(1, len(labels))])
    shape = fit_shape(rows, columns, counts=asked.counts)
    null = 1.0 if asked.counts else 0.0
    found = [(null, null, null), *contrast_rows(shape, np.eye(len(labels) - 1), asked.counts)]
    table = pd.DataFrame(found, columns=["value", "low", "high"])
    groups = [bins == number for number in range(len(labels))]
    table["x"] = [float(rows.x[group].mean()) for group in groups]
    table["label"] = labels
    table["n"] = [int(group.sum()) for group in groups]
    table["events"] = [_events(asked, rows.y[group]) for group in groups]
    if asked.counts:
        table.loc[table["events"] < rules.FEWEST_EVENTS_EACH, ["value", "low", "high"]] = np.nan
    return replace(_response(asked, rows, "bins", labels[0], table=table), bins=tuple(stretches))


def _on_reference(asked: Question, y: Floats, words: str) -> rules.Refusal:
    missing = rules.FEWEST_EVENTS_EACH - _events(asked, y) if asked.counts else 0
    if missing <= 0:
        return rules.ACCEPTED
    reason = f"Too few cramps where the factor is {words} to compare the other days with."
    return rules.Refusal(reason, f"{rules.more(missing, 'cramp')} on such days")


def three_bins(x: Floats) -> tuple[np.ndarray, list[Stretch]]:
    """Bin number per day and the bins.

    Borders come from the factor alone, never from the outcome.
    """
    values = np.unique(x)
    if values.size <= 3:
        return np.searchsorted(values, x), [Stretch(float(value), float(value)) for value in values]
    lowest = float(values[0])
    if np.mean(x == values[0]) >= MUCH_THE_SAME:
        half = float(np.median(x[x > values[0]]))
        bins = np.where(x == values[0], 0, np.where(x <= half, 1, 2))
        borders = [(lowest, lowest), (lowest, half), (half, inf)]
    else:
        first, second = (float(border) for border in np.quantile(x, [1 / 3, 2 / 3]))
        bins = np.where(x <= first, 0, np.where(x <= second, 1, 2))
        borders = [(-inf, first), (first, second), (second, inf)]
    held = [number for number in range(3) if np.any(bins == number)]
    return np.searchsorted(held, bins), [Stretch(*borders[number]) for number in held]


def fit_shape(rows: Rows, columns: Floats, *, counts: bool) -> Shape:
    """Fit several columns for the factor at once, with drift and week taken out."""
    q = orthonormal(rows.z)
    design = np.column_stack([q, columns])
    if counts:
        penalty = np.concatenate(
            [[0.0], np.full(q.shape[1] - 1, RIDGE), np.full(columns.shape[1], 1e-6)]
        )
        beta, mu = poisson_fit(rows.y, design, penalty)
        weight, residual = mu, (rows.y - mu) / np.sqrt(mu)
    else:
        beta = np.asarray(np.linalg.lstsq(design, rows.y, rcond=None)[0], dtype=float)
        weight, residual = np.ones(rows.y.size), rows.y - design @ beta
    left = columns - q @ np.linalg.solve((q.T * weight) @ q, (q.T * weight) @ columns)
    phi = float(np.sum(residual**2) / max(rows.y.size - design.shape[1], 1))
    lags = longest_lag(record_time(rows.usable)[1])
    return Shape(
        beta=np.asarray(beta[q.shape[1] :], dtype=float),
        left=np.asarray(left, dtype=float),
        weight=weight,
        phi=max(floor_of(rows.y, weight, np.ones(weight.size)), phi) if counts else phi,
        of_residual=autocorrelation(residual, rows.usable, lags),
        usable=rows.usable,
        parameters=design.shape[1],
    )


def contrast_rows(
    shape: Shape, contrasts: Floats, counts: bool
) -> list[tuple[float, float, float]]:
    """Value and interval of each contrast.

    Psi-t with the persistence of the days that carry that contrast.
    """
    from scipy import special

    inverse = np.linalg.pinv((shape.left.T * shape.weight) @ shape.left)
    n, found = shape.left.shape[0], []
    for contrast in contrasts:
        carried = shape.left @ (inverse @ contrast)
        of_factor = autocorrelation(carried, shape.usable, shape.of_residual.size)
        inflation = variance_inflation(shape.of_residual, of_factor, n)
        se = float(np.sqrt(max(0.0, shape.phi * inflation * (contrast @ inverse @ contrast))))
        half = float(special.stdtrit(max(n / inflation - shape.parameters, 3.0), 0.975)) * se
        middle = float(contrast @ shape.beta)
        limits = (middle, middle - half, middle + half)
        found.append(tuple(np.exp(np.clip(limits, -50, 50)).tolist()) if counts else limits)
    return found


def _events(asked: Question, y: Floats) -> int:
    return int(y.sum()) if asked.counts else 0


def _response(
    asked: Question,
    rows: Rows,
    kind: str,
    reference: str,
    *,
    table: pd.DataFrame | None = None,
    refusal: rules.Refusal = rules.ACCEPTED,
) -> Response:
    empty = pd.DataFrame(columns=list(COLUMNS))
    return Response(
        outcome=asked.outcome,
        factor=asked.factor,
        lag=asked.lag,
        kind=kind,
        unit="ratio" if asked.counts else "points",
        reference=reference,
        n_days=rows.y.size,
        n_events=_events(asked, rows.y),
        table=empty if table is None else table[list(COLUMNS)],
        refusal=refusal.reason,
        still_needed=refusal.needed,
        factors=asked.factors,
    )
