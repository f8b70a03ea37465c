"""Taking an experiment away.

Days as a table, everything as JSON, a calendar file, and a sheet to print.

None of them gives away a block that has not begun, nor seed and salt before the end.
"""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time
from html import escape

import pandas as pd

from legcare.analysis.experiment.days import experiment_days
from legcare.analysis.experiment.plan import unsealed
from legcare.analysis.experiment.random_order import random_order
from legcare.analysis.experiment.result import Effect, Result
from legcare.analysis.experiment.schedule import PlannedDay, is_over, open_days, schedule
from legcare.records import written
from legcare.records.experiment import Experiment, Plan
from legcare.reports.calendar import Entry, calendar


def day_rows(
    experiment: Experiment, days: pd.DataFrame, *, today: date, finished: bool = False
) -> pd.DataFrame:
    """One row per day that is over, ready for a CSV.

    The outcome (``value``) is part of it only after the end, and so are the arms where they are
    packed. ``finished`` says that the end has come.
    """
    lived = experiment_days(experiment, days, today=today).reset_index()
    if finished or is_over(experiment, today):
        return lived
    return lived.drop(columns=["value", "arm"] if experiment.plan.hidden else ["value"])


def as_json(
    experiment: Experiment, days: pd.DataFrame, *, today: date, result: Result | None = None
) -> str:
    """Plan, seal, marks, pauses, days and (after the end) the result, as one JSON document."""
    rows = day_rows(experiment, days, today=today)
    packed = experiment.plan.hidden and not is_over(experiment, today)
    since = experiment.model_dump(mode="json", exclude={"plan", *(["marks"] if packed else [])})
    document = {
        "plan": dict(unsealed(experiment, finished=is_over(experiment, today))),
        **since,
        "days": json.loads(
            rows.assign(day=rows["day"].dt.strftime("%Y-%m-%d")).to_json(orient="records")
        ),
        "result": None if result is None else answers(result),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def answers(result: Result) -> dict[str, object]:
    """Every reading of a finished experiment by name."""
    others = [(f"{arm} against B", effect) for arm, effect in result.others]
    named = [("as planned", result.planned), *others, ("as done", result.done), *result.checks]
    return {name: _numbers(effect) for name, effect in named}


def _numbers(effect: Effect) -> dict[str, object]:
    if not effect.shown:
        return {"refusal": effect.refusal, "still_needed": effect.still_needed}
    numbers = {
        name: value if math.isfinite(value := getattr(effect, name)) else None
        for name in ("value", "low", "high", "level", "p", "se", "worthwhile")
    }
    counts = {name: getattr(effect, name) for name in ("n_days", "n_events", "n_pairs")}
    return {
        "finding": str(effect.finding),
        "unit": effect.unit,
        "method": effect.method,
        **numbers,
        **counts,
    }


def block_entries(experiment: Experiment, today: date, remind_at: time) -> list[Entry]:
    """One calendar entry per block; only blocks that have begun say which arm they are."""
    known = {day.block: day.arm for day in open_days(experiment, today)}
    blocks: dict[int, list[PlannedDay]] = {}
    for day in schedule(experiment, today):
        blocks.setdefault(day.block, []).append(day)
    plan = experiment.plan
    return [
        Entry(
            uid=f"{plan.id}-{number}@legcare",
            first_day=days[0].day,
            last_day=days[-1].day,
            title=f"Experiment, block {number} of {len(plan.arms) * plan.pairs}"
            + (f": {plan.words(known[number])}" if number in known else ""),
            text=(
                "Open legcare to see what today is, and mark whether you did it.\n"
                f"{_arms_named(plan)}\nSeal: {experiment.seal}"
            ),
            remind_at=remind_at,
        )
        for number, days in blocks.items()
    ]


def _arms_named(plan: Plan, *, bold: bool = False) -> str:
    """The arms in the person's own words, one a line, for plain text or (bold) for HTML."""
    if bold:
        return "<br>".join(f"<b>{arm}:</b> {escape(plan.words(arm))}" for arm in plan.arms)
    return "\n".join(f"{arm}: {plan.words(arm)}" for arm in plan.arms)


def as_packing_list(experiment: Experiment) -> str:
    """For whoever packs, and for no one else: what goes into each numbered packet."""
    plan = experiment.plan
    lines = (
        f"Packet {number}: {arm}, {plan.words(arm)}"
        for number, arm in enumerate(random_order(plan), start=1)
    )
    note = "For the person who packs. Do not show it to the one who takes it.\n\n"
    return note + "\n".join(lines) + "\n"


def as_calendar(experiment: Experiment, *, today: date, remind_at: time, stamp: datetime) -> str:
    """The whole plan as a calendar file with a daily reminder."""
    return calendar(
        block_entries(experiment, today, remind_at), name="legcare experiment", stamp=stamp
    )


def as_sheet(experiment: Experiment, *, today: date) -> str:
    """A page to print and hang up: the question, the seal, and a box to tick for every day."""
    plan = experiment.plan
    known = {day.day: str(day.arm) for day in open_days(experiment, today)}
    rows = "".join(
        f"<tr><td>{day.block}</td><td>{day.day:%a}"
        f" {written.day(day.day)}</td><td>{known.get(day.day, '&hellip;')}</td><td>&#9744; done"
        " &nbsp; &#9744; not done</td></tr>"
        for day in schedule(experiment, today)
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>legcare'
        " experiment</title><style>body{font:14px"
        " system-ui,sans-serif;margin:2em}td,th{border:1px solid #999;padding:3px"
        " 8px;text-align:left}table{border-collapse:collapse}tr{break-inside:avoid}"
        "code{word-break:break-all}</style></head><body><h1>My"
        f" experiment</h1><p>{_arms_named(plan, bold=True)}"
        f"<br><b>Outcome:</b> {escape(plan.outcome.label)}</p><p><b>Seal:</b>"
        f" <code>{experiment.seal}</code><br>Compare it with the seal shown with the"
        " result.</p><p>What a later block is appears in legcare when it begins: write its"
        " letter in its place.</p><table><tr><th>Block</th><th>Day</th><th>What"
        f"</th><th>Tick</th></tr>{rows}</table></body></html>"
    )
