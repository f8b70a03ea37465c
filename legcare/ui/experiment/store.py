"""Experiments as documents of the person's logbook."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd
from pydantic import BaseModel, ValidationError

from legcare import days as tables
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.schedule import is_over
from legcare.records.experiment import CoinTrial, Experiment
from legcare.ui.shell.saving import writable
from legcare.ui.shell.session import View, view

EXPERIMENTS, TRIALS = "experiment/", "sessions/"
Model = TypeVar("Model", bound=BaseModel)


def experiments(looking: View) -> tuple[Experiment, ...]:
    """Every experiment of this person, the one that began last first.

    Raises ``BrokenSeal`` where one can no longer be read: it was changed outside legcare.
    """
    found = _all(looking, EXPERIMENTS, Experiment)
    return tuple(
        sorted(
            found,
            key=lambda experiment: (experiment.plan.first_day, experiment.sealed_at),
            reverse=True,
        )
    )


def current(looking: View) -> Experiment | None:
    """The experiment that waits, runs or is paused, if there is one."""
    return next((each for each in experiments(looking) if not is_over(each, looking.today)), None)


def trials(looking: View) -> tuple[CoinTrial, ...]:
    """Every coin-flip trial, the newest first."""
    return tuple(
        sorted(_all(looking, TRIALS, CoinTrial), key=lambda trial: trial.started_at, reverse=True)
    )


def keep(document: Experiment | CoinTrial) -> None:
    """Remember an experiment or trial in place of its earlier state."""
    writable(view()).remember(document.document, document.model_dump(mode="json"))


def days(looking: View) -> pd.DataFrame:
    """The day table of the whole log: an experiment does not end where the chosen period does."""
    return looking.once(
        "experiment-days",
        lambda: tables.day_table(looking.whole, day_start=looking.preferences.day_start),
    )


def _all(looking: View, prefix: str, model: type[Model]) -> list[Model]:
    if looking.logbook is None:
        return []
    try:
        return [model.model_validate(value) for value in looking.logbook.documents(prefix).values()]
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BrokenSeal(
            f"An experiment in this log can no longer be read (its {place} is not as legcare writes"
            " it): it was changed outside legcare. Restore the log from a backup made before the"
            " change."
        ) from error
