"""Make the sample data: ``make sample``.

The same files come out each time, with ``truth.json`` beside them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from legcare.records import Cramp, Log, Record
from sample_data.life import Life
from sample_data.people import PEOPLE, Person
from sample_data.sheets import sheets

HERE = Path(__file__).resolve().parent
NOTES = (
    "after the long one; nearly 30 km",
    "slept on the sofa",
    "new shoes",
    "- or was it the other leg?",
    "=worst this month",
    "hot night, window open",
    'the "usual" place',
)


def files() -> dict[str, bytes]:
    """Every sample file by its name."""
    made: dict[str, bytes] = {}
    for person in PEOPLE:
        records = _noted(person, Life(person).lived())
        made[f"{person.key}.json"] = _lines(records)
        made |= sheets(person.key, Log(records))
    made["truth.json"] = _json(
        {"invented": True, "made_by": "sample_data/make.py", "people": _truths()}
    )
    return made


def _noted(person: Person, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """A note on every twelfth cramp or so, some of them such as break careless programs."""
    chance = np.random.default_rng(person.seed + 1000)
    return tuple(
        (
            record.model_copy(update={"note": NOTES[chance.integers(len(NOTES))]})
            if isinstance(record, Cramp) and chance.random() < 0.08
            else record
        )
        for record in records
    )


def _lines(records: Sequence[Record]) -> bytes:
    """A JSON array with one record a line, without the fields that hold nothing."""
    lines = (
        json.dumps(
            {"type": record.type, **record.model_dump(mode="json", exclude_defaults=True)},
            ensure_ascii=False,
        )
        for record in records
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _truths() -> dict[str, object]:
    return {
        person.key: {
            "name": person.name,
            "about": person.about,
            "massage": person.massage,
            **_truth(person),
        }
        for person in PEOPLE
    }


def _truth(person: Person) -> dict[str, object]:
    return {
        "days": person.days,
        "seed": person.seed,
        "why_this_seed": (
            "Of some tens tried, one whose data show the truth about as clearly as such data"
            " usually do."
        ),
        "effects_on_cramps": _effects(person),
        "massage_follows_cramps": bool(person.massage_after_cramp),
        "eased_by_a_massage_on_average": person.eases,
        "soreness_eased_after_exercise": person.soreness_eased,
        "ankle_cm_per_hour_of_massage_in_14_days": person.ankle_per_hour,
        "cramps_in_a_tender_place_within_7_days": person.tender_ratio,
    }


def _effects(person: Person) -> list[dict[str, object]]:
    """True rate ratios on cramps; 1 means that nothing acts."""
    said = [
        {
            "factor": "massages",
            "lag": 0,
            "rate_ratio": person.massage_ratio,
            "per": "the 24 h after a planned massage",
        }
    ]
    if person.load_ratio != 1:
        said.append(
            {
                "factor": "exercise_load",
                "lag": 0,
                "rate_ratio": person.load_ratio,
                "per": "200 min x effort",
            }
        )
    for habit in person.habits:
        per = f"{habit.sd:g} more, the day-to-day spread"
        said.append({"factor": habit.factor, "lag": 0, "rate_ratio": habit.ratio, "per": per})
    return said


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def main() -> int:
    """Write every file beside this script."""
    for name, content in files().items():
        (HERE / name).write_bytes(content)
        print(f"sample_data/{name}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
