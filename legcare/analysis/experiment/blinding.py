"""Whether a person could tell packets apart that somebody else had packed."""

from __future__ import annotations

from dataclasses import dataclass

from legcare.analysis.experiment.random_order import random_order
from legcare.records.experiment import Experiment


@dataclass(frozen=True)
class GuessIndex:
    """Blocks with a guess, how many were right, and the index: 0 is chance, 1 is knowing.

    Of Bang, Ni and Davis (2004, Controlled Clinical Trials 25), both arms together: right less
    wrong guesses over all blocks, "cannot say" among them.
    """

    blocks: int
    right: int
    index: float


def guess_index(experiment: Experiment) -> GuessIndex | None:
    """The guesses against the plan, the last word on a block counts; None where there is none."""
    order = random_order(experiment.plan)
    guesses = {guess.block: guess.arm for guess in experiment.guesses if guess.block <= len(order)}
    if not guesses:
        return None
    right = sum(order[block - 1] is arm for block, arm in guesses.items())
    wrong = sum(arm is not None for arm in guesses.values()) - right
    return GuessIndex(len(guesses), right, (right - wrong) / len(guesses))
