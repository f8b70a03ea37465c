"""Sealing a plan before the first day, and checking it after the last.

The seal is the SHA-256 of the plan written as canonical JSON (keys sorted, no spaces, UTF-8), seed
and salt included. The order follows from seed and salt (``random_order``). So anyone who holds the
plan can check seal and order with the standard library of any language.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping

from legcare.analysis.experiment.random_order import bit
from legcare.errors import LegcareError
from legcare.records.experiment import Arm, CoinTrial, Experiment, Plan


class BrokenSeal(LegcareError):
    """The plan is not the one that was sealed at the start, so no result may be read from it."""


def fresh_seed() -> dict[str, int | str]:
    """A fresh seed and salt for a new plan, from the operating system's random source."""
    return {"seed": secrets.randbits(53), "salt": secrets.token_hex(16)}


def canonical(plan: Plan) -> str:
    """The plan as the one JSON text that is sealed.

    Keys sorted, no spaces, everything spelled out.
    """
    return json.dumps(
        plan.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def seal_of(plan: Plan) -> str:
    """The SHA-256 of the canonical plan, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(plan).encode("utf-8")).hexdigest()


def sealed(plan: Plan) -> Experiment:
    """A new experiment: the plan with its seal, not yet begun."""
    return Experiment(plan=plan, seal=seal_of(plan))


def is_whole(experiment: Experiment) -> bool:
    """Whether the plan still is the sealed one."""
    return hmac.compare_digest(seal_of(experiment.plan), experiment.seal)


def check_seal(experiment: Experiment, *, written_down: str = "") -> None:
    """Raise ``BrokenSeal`` unless the plan still is the sealed one.

    ``written_down`` is the seal as the person kept it elsewhere (sheet, calendar): whole, or its
    first 12 digits.
    """
    copy = "".join(written_down.split()).casefold()
    true = seal_of(experiment.plan)
    if not is_whole(experiment):
        raise BrokenSeal(
            "This plan is not the one that was sealed at the start: it was changed afterwards, so"
            " its result would mean nothing. Restore the log from a backup made before the change,"
            " or start a new experiment."
        )
    if copy and (len(copy) < 12 or not true.startswith(copy)):
        raise BrokenSeal(
            f"The seal you wrote down ({copy[:12]}...) does not belong to this plan, whose seal"
            f" begins {true[:12]}. Check for a slip of the pen; if it was copied exactly, this is"
            " not the plan you started with."
        )


def coin(trial: CoinTrial, number: int) -> Arm:
    """What the coin says for the session with this number (from 1), independent of all others."""
    return Arm.B if bit(trial.salt, trial.seed, number) else Arm.A


def unsealed(experiment: Experiment, *, finished: bool) -> Mapping[str, object]:
    """The plan as it may be handed out.

    Whole when finished, before that without seed and salt (they give it away).
    """
    plan = experiment.plan.model_dump(mode="json")
    if not finished:
        plan |= {"seed": "sealed until the end", "salt": "sealed until the end"}
    return plan
