"""Poisson and least-squares fits on an orthonormal design: the plain part of the psi-t engine."""

from __future__ import annotations

import numpy as np

from legcare.analysis.timeline import Floats

MOST_ROUNDS = 60
CLOSE_ENOUGH = 1e-12
LARGEST_ETA = 30.0


def orthonormal(z: Floats) -> Floats:
    """The column space of ``z`` with mean square 1 per column.

    Columns that add nothing are left out.
    """
    q, r = np.linalg.qr(z)
    kept = np.abs(np.diag(r)) > 1e-9 * np.maximum(np.linalg.norm(z, axis=0), 1e-300)
    return np.asarray(q[:, kept] * np.sqrt(z.shape[0]), dtype=float)


def poisson_fit(y: Floats, design: Floats, penalty: Floats) -> tuple[Floats, Floats]:
    """Coefficients and fitted means of a Poisson regression with log link.

    The first column is the intercept.

    Newton steps on an orthonormal design, halved until the penalised likelihood rises: clipping
    single coefficients instead makes the fit run away on records of a year. ``penalty`` is the
    ridge of each coefficient.
    """
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(max(float(np.mean(y)), 1e-8)) / design[0, 0]
    mu = np.exp(design @ beta)
    gain = _likelihood(y, design, beta, penalty)
    for _ in range(MOST_ROUNDS):
        gradient = design.T @ (y - mu) - penalty * beta
        step = np.asarray(
            np.linalg.solve((design.T * mu) @ design + np.diag(penalty), gradient), dtype=float
        )
        beta, better = _halved(y, design, beta, step, penalty, gain)
        mu = np.exp(np.minimum(design @ beta, LARGEST_ETA))
        if better - gain <= CLOSE_ENOUGH * (abs(better) + 1.0):
            break
        gain = better
    return beta, mu


def _halved(
    y: Floats, design: Floats, beta: Floats, step: Floats, penalty: Floats, gain: float
) -> tuple[Floats, float]:
    for _ in range(MOST_ROUNDS):
        better = _likelihood(y, design, beta + step, penalty)
        if better >= gain:
            return beta + step, better
        step = step / 2
    return beta, gain


def _likelihood(y: Floats, design: Floats, beta: Floats, penalty: Floats) -> float:
    eta = design @ beta
    if eta.max() > LARGEST_ETA:
        return -np.inf
    return float(y @ eta - np.exp(eta).sum() - 0.5 * penalty @ beta**2)


def weighted_residual(x: Floats, q: Floats, weight: Floats) -> Floats:
    """What is left of ``x`` after the columns of ``q`` are taken out, weighted by ``weight``."""
    weighted = q.T * weight
    tiny = 1e-10 * weight.sum()
    return np.asarray(
        x - q @ np.linalg.solve(weighted @ q + tiny * np.eye(q.shape[1]), weighted @ x), dtype=float
    )
