"""How often the seven claims are wrongly called clear.

Invented people per scenario, printed as one JSON object.

Full run: ``python -m benchmarks.wrong_claims --people 200``. A wrong claim is a headline called
better or worse where the truth of the scenario is none; ``alone`` is the share whose own 95 %
interval leaves out no difference, before the seven comparisons are accounted for. In the scenario
of a true effect ``found`` is the share called better, where the scenario has an effect on that
claim.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.simulated_people import Person, Scenario, simulated
from legcare.analysis.benefits import Benefit, Standing, material_of, seven_benefits
from legcare.records import DAY_START

UNTOUCHED = frozenset(
    {"tension"}
)  # no scenario lets tension left after a massage matter for cramps


def tally(scenario: Scenario, seeds: Iterable[int], person: Person) -> dict[str, dict[str, float]]:
    """Per claim the shares over the invented people.

    Shown, wrong or found, interval alone, mean position.
    """
    counts: dict[str, Counter[str]] = {}
    people = 0
    for seed in seeds:
        people += 1
        found = seven_benefits(material_of(simulated(scenario, seed, person), day_start=DAY_START))
        for benefit in found.benefits:
            counts.setdefault(benefit.key, Counter()).update(_marks(benefit))
    return {key: _shares(key, scenario, held, people) for key, held in counts.items()}


def _marks(benefit: Benefit) -> list[str]:
    marks = [benefit.standing.name.lower()]
    position = benefit.position
    if position is not None:
        marks.append("shown")
        marks += ["alone"] if position.low > 0 or position.high < 0 else []
    return marks


def _shares(key: str, scenario: Scenario, held: Counter[str], people: int) -> dict[str, float]:
    shown = max(held["shown"], 1)
    true = scenario is Scenario.EFFECT and key not in UNTOUCHED
    wrong = held[Standing.WORSE.name.lower()] + (0 if true else held[Standing.BETTER.name.lower()])
    shares = {
        "shown": held["shown"] / people,
        "wrong": wrong / people,
        "alone": held["alone"] / shown,
    }
    return shares | ({"found": held[Standing.BETTER.name.lower()] / people} if true else {})


def main() -> None:
    """Run every scenario and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40, help="invented people per scenario")
    parser.add_argument("--days", type=int, default=365)
    chosen = parser.parse_args()
    warnings.simplefilter("error")
    person = Person(days=chosen.days)
    shares = {str(one): tally(one, range(chosen.people), person) for one in Scenario}
    print(
        json.dumps(
            {"people_per_scenario": chosen.people, "days": chosen.days, "scenarios": shares},
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
