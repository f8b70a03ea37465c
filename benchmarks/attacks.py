"""What every page together calls clear for people as they live, though nothing matters.

Each attack runs from records through the ledger of findings to the verdicts, with two generating
processes. One JSON object; ``--table`` writes docs/methods.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time as clock
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.lived_people import Life, lived
from legcare.analysis.findings import PAGES, Finding, findings

METHODS = Path(__file__).parents[1] / "docs" / "methods.md"
PROCESSES = ("breeding", "latent")
TRUE_BY_NIGHT = ("hour", "night")
BEGIN, END = "<!-- attacks: start -->", "<!-- attacks: end -->"


@dataclass(frozen=True)
class Attack:
    """A life, the pages that are read, what is true in it, and what warns."""

    life: Life
    pages: Collection[str] = PAGES
    true: tuple[str, ...] = TRUE_BY_NIGHT
    warning: str = ""


ATTACKS = (
    Attack(Life()),
    Attack(
        Life("water, magnesium, stress follow a cramp the same day", same_day=True),
        ("associations", "benefits"),
        warning="came first",
    ),
    Attack(
        Life("sleep under the date of going to bed", short_nights=True),
        ("associations", "benefits"),
        warning="came first",
    ),
    Attack(
        Life("a default value tapped on quiet days", default_water=True),
        ("associations", "benefits"),
        warning="habit of tapping",
    ),
    Attack(Life("a remedy the day after a cramp", day_after=True), ("associations", "benefits")),
    Attack(Life("cramps in both legs, in spells", both_legs=True), ("benefits",)),
    Attack(
        Life("all logged at 07:00 the next morning", clock="next morning", even_clock=True),
        ("timing",),
        true=(),
        warning="exactly",
    ),
    Attack(
        Life("30 % of times a default 03:00", clock="default", even_clock=True),
        ("timing",),
        true=(),
        warning="exactly",
    ),
    Attack(Life("even clock, exact times", even_clock=True), ("timing",), true=()),
    Attack(
        Life("massage because of a cramp, called planned", massage="because of cramps"),
        ("benefits", "associations"),
    ),
    Attack(
        Life("massage after a bad week", massage="after a bad week"), ("benefits", "associations")
    ),
    Attack(Life("eight rare yes/no factors", rare_factors=8), ("associations",)),
    Attack(Life("bursts of 6 to 13 in a night", bursts=True), ("associations", "frequency")),
    Attack(
        Life("weekends in cramps and exercise, half logged", weekend=True),
        ("associations", "benefits"),
    ),
    Attack(Life("28-day cycle, not marked", cycle=True), ("associations", "benefits")),
    Attack(Life("28-day cycle, marked", cycle=True, marked=True), ("associations", "benefits")),
    Attack(
        Life("new medicine with a massage habit, marked", step=True, marked=True),
        ("associations", "benefits"),
    ),
)


def false_findings(attack: Attack, found: Collection[Finding]) -> list[str]:
    """The clear findings that are false in this life."""
    true = (*attack.true, *(("weekday",) if attack.life.weekend else ()))
    return [one.key for one in found if one.clear and one.key not in true]


def warned(attack: Attack, found: Collection[Finding]) -> bool:
    """Whether some sentence beside a finding warns of this life."""
    if not attack.warning:
        return False
    said = (" ".join((one.estimate.refusal, *one.estimate.caveats)) for one in found)
    return any(attack.warning in words for words in said)


def cell(attack: Attack, process: str, logs: int) -> dict[str, Any]:
    """One attack by one process."""
    seed = [ord(sign) for sign in f"{attack.life.name} {process}"]
    any_false, warnings, which = 0, 0, Counter[str]()
    for number in range(logs):
        rng = np.random.default_rng([*seed, number])
        log = lived(rng, attack.life, process)
        found = findings(log, day_start=clock(6), pages=attack.pages)
        false = false_findings(attack, found)
        any_false, warnings = any_false + bool(false), warnings + warned(attack, found)
        which.update(false)
    share = any_false / logs
    return {
        "attack": attack.life.name,
        "process": process,
        "pages": list(attack.pages),
        "logs": logs,
        "any_false": share,
        "error": float(np.sqrt(max(share * (1 - share), 0.25 / logs) / logs)),
        "warned": warnings / logs if attack.warning else None,
        "which": dict(which.most_common(4)),
    }


def table(cells: list[dict[str, Any]]) -> str:
    """The cells as a table in Markdown."""
    rows = [
        "| attack (nothing matters) | process | pages | logs | any false | warned | which |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in cells:
        pages = "all" if set(one["pages"]) >= set(PAGES) else ", ".join(one["pages"])
        told = "" if one["warned"] is None else f"{one['warned']:.0%}"
        which = ", ".join(f"{key} {held}" for key, held in one["which"].items())
        rate = f"{100 * one['any_false']:.1f} ± {100 * one['error']:.1f} %"
        rows.append(
            f"| {one['attack']} | {one['process']} | {pages} | {one['logs']} | {rate} |"
            f" {told} | {which} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--logs", type=int, default=100, help="logs per attack and process")
    parser.add_argument("--only", help="attacks whose name holds these words")
    parser.add_argument("--out", type=Path, help="also write every finished cell to this file")
    parser.add_argument("--table", action="store_true", help="write the table into docs/methods.md")
    asked = parser.parse_args()
    began, cells = time.perf_counter(), []
    for attack in ATTACKS:
        if asked.only and asked.only not in attack.life.name:
            continue
        for process in PROCESSES:
            cells.append(cell(attack, process, asked.logs))
            if asked.out:
                asked.out.write_text(json.dumps(cells, indent=1))
    if asked.table:
        text = METHODS.read_text()
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        METHODS.write_text(f"{before}{BEGIN}\n\n{table(cells)}\n\n{END}{after}")
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1), "cells": cells}, indent=1))


if __name__ == "__main__":
    main()
