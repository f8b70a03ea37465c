"""Several finished experiments on the same question, read as one answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from legcare.analysis.estimate import Verdict
from legcare.analysis.experiment.pairs import t_quantile
from legcare.analysis.experiment.result import Effect, finding_of, threshold
from legcare.errors import LegcareError
from legcare.records.experiment import Outcome, OutcomeKind

DISAGREE = 0.5


def combined(effects: Sequence[Effect], outcome: Outcome, worthwhile: float) -> Effect:
    """Inverse-variance mean of two or more effects with the same A, B and outcome (fixed effect).

    On the log ratio for counts. The interval uses t with all pairs together less one per
    experiment, and a standard error widened by the experiments' disagreement where they scatter
    more than their errors allow (Birge ratio). Raises ``LegcareError`` for fewer than two
    experiments with an estimate.
    """
    shown = [effect for effect in effects if effect.shown and effect.se > 0]
    if len(shown) < 2:
        raise LegcareError("Two finished experiments with an estimate are needed to combine them.")
    values, errors = (
        np.array([getattr(effect, name) for effect in shown]) for name in ("log_value", "se")
    )
    weights = errors**-2.0
    value = float((weights * values).sum() / weights.sum())
    q = float((weights * (values - value) ** 2).sum())
    spread = max(1.0, q / (len(shown) - 1))
    se = float(np.sqrt(spread / weights.sum()))
    pairs = sum(effect.n_pairs for effect in shown) - len(shown) + 1
    reach = t_quantile(max(pairs, 2)) * se
    return _as_effect(shown, outcome, worthwhile, value=value, se=se, reach=reach, q=q)


def _as_effect(
    shown: Sequence[Effect],
    outcome: Outcome,
    worthwhile: float,
    *,
    value: float,
    se: float,
    reach: float,
    q: float,
) -> Effect:
    scale = np.exp if outcome.kind is OutcomeKind.COUNT else np.asarray
    low, high = value - reach, value + reach
    better = 1.0 if outcome.lower_is_better else -1.0
    return Effect(
        value=float(scale(value)),
        low=float(scale(low)),
        high=float(scale(high)),
        n_days=sum(effect.n_days for effect in shown),
        n_events=sum(effect.n_events for effect in shown),
        unit=shown[0].unit,
        method=f"{len(shown)} experiments combined, inverse variance",
        verdict=Verdict.LOWER if high < 0 else Verdict.HIGHER if low > 0 else Verdict.NO_CLEAR,
        caveats=_agreement(q, len(shown)),
        finding=finding_of(low, high, threshold(outcome, worthwhile), better=better),
        n_pairs=sum(effect.n_pairs for effect in shown),
        worthwhile=worthwhile,
        log_value=value,
        se=se,
    )


def _agreement(q: float, number: int) -> tuple[str, ...]:
    said = ["The combined answer takes the effect to be the same in every experiment."]
    if q > 0 and (q - number + 1) / q > DISAGREE:
        said.append(
            "The experiments disagree more than chance explains: something was different between"
            " them, so look at each one before the combined figure. The interval was widened"
            " for it."
        )
    return tuple(said)
