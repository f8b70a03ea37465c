"""Experiments as documents of the person's logbook."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd
import streamlit as st
from pydantic import BaseModel, ValidationError

from legcare import days as tables
from legcare.analysis.experiment.looks import next_look, take_looks
from legcare.analysis.experiment.plan import BrokenSeal
from legcare.analysis.experiment.result import Result, result
from legcare.analysis.experiment.schedule import is_over
from legcare.records.experiment import CoinTrial, Experiment
from legcare.ui.shell.saving import writable
from legcare.ui.shell.session import View, page_view

EXPERIMENTS, TRIALS = "experiment/", "sessions/"
Model = TypeVar("Model", bound=BaseModel)


def experiments(view: View) -> tuple[Experiment, ...]:
    """Every experiment of this person, the one that began last first.

    Raises ``BrokenSeal`` where one can no longer be read: it was changed outside legcare.
    """
    found = _all(view, EXPERIMENTS, Experiment)
    return tuple(
        sorted(
            found,
            key=lambda experiment: (experiment.plan.first_day, experiment.sealed_at),
            reverse=True,
        )
    )


def current(view: View) -> Experiment | None:
    """The experiment that waits, runs or is paused, if there is one."""
    return next((each for each in experiments(view) if not is_over(each, view.today)), None)


def take_due_looks(view: View) -> None:
    """Take the planned looks that are due, for a visitor who may write; nothing else peeks."""
    experiment = current(view) if view.logbook is not None else None
    due = None if experiment is None else next_look(experiment, view.today)
    if experiment is None or due is None or due[1] >= view.today:
        return
    after = take_looks(
        experiment, days(view), now=view.now, today=view.today, earlier=experiments(view)
    )
    if after != experiment:
        keep(after, view)
        st.rerun()


def answer_of(view: View, experiment: Experiment) -> Result:
    """What a finished experiment says, with the earlier runs that it names; computed once."""
    return view.once(
        ("experiment", experiment),
        lambda: result(experiment, days(view), today=view.today, earlier=experiments(view)),
    )


def trials(view: View) -> tuple[CoinTrial, ...]:
    """Every coin-flip trial, the newest first."""
    return tuple(
        sorted(_all(view, TRIALS, CoinTrial), key=lambda trial: trial.started_at, reverse=True)
    )


def keep(document: Experiment | CoinTrial, view: View | None = None) -> None:
    """Remember an experiment or trial in place of its earlier state."""
    writable(view or page_view()).remember(document.document, document.model_dump(mode="json"))


def days(view: View) -> pd.DataFrame:
    """The day table of the whole log: an experiment does not end where the chosen period does."""
    return view.once(
        "experiment-days",
        lambda: tables.day_table(view.whole, day_start=view.preferences.day_start),
    )


def _all(view: View, prefix: str, model: type[Model]) -> list[Model]:
    try:
        return [model.model_validate(value) for value in view.documents(prefix).values()]
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BrokenSeal(
            f"An experiment in this log can no longer be read (its {place} is not as legcare writes"
            " it): it was changed outside legcare. Restore the log from a backup made before the"
            " change."
        ) from error
