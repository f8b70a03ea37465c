"""False findings on real yes/no diaries: another person's air against days that were lived.

Takes the path of a CSV with one row per person and day (columns ``id``, ``dos``, ``airq`` and
``headache``, yes or no); the data set KosteckiDillon of the R package carData is one. Nothing of
it is kept.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from legcare.analysis.associations import admission, after_fit, question
from legcare.analysis.quasi_poisson import fit
from legcare.analysis.question import rows_of
from legcare.analysis.timeline import timeline

FEWEST_DAYS = 21
RATIO = 0.5


def diaries(path: Path) -> Iterator[pd.DataFrame]:
    """One day table per person with at least 21 days and some of either kind."""
    held = pd.read_csv(path)
    for _, rows in held.groupby("id"):
        days = rows.drop_duplicates("dos").set_index("dos").sort_index()
        headache = (days["headache"] == "yes").astype(float)
        if len(headache) >= FEWEST_DAYS and 3 <= headache.sum() <= len(headache) - 3:
            counted = {"cramps": headache, "score": headache, "air": days["airq"]}
            yield pd.DataFrame({"tracked": True, **counted})


def air_of_another(
    rng: np.random.Generator, days: pd.DataFrame, others: Sequence[pd.DataFrame]
) -> pd.Series:
    """The air quality of another person's weeks, laid on these days: real, and without meaning."""
    while True:
        other = others[int(rng.integers(len(others)))]
        if other is not days and len(other) >= FEWEST_DAYS:
            break
    place = (days.index - days.index[0]).to_numpy() + other.index[0]
    return other["air"].reindex(place).set_axis(days.index)


def p_of(days: pd.DataFrame, outcome: str) -> float:
    """P of the factor of the same day; NaN where the answer would be refused."""
    asked = question(outcome, "factor", lag=0)
    rows = rows_of(timeline(days, [outcome, "factor"]), asked)
    if admission(asked, rows):
        return float("nan")
    found = fit(rows, counts=asked.counts)
    return float("nan") if after_fit(asked, found) else found.p


def lowered(rng: np.random.Generator, days: pd.DataFrame) -> pd.DataFrame:
    """The same diary with half of the events on days of much of the factor taken away."""
    much = (days["factor"] > days["factor"].median()).to_numpy()
    gone = much & (rng.random(len(days)) < 1 - RATIO)
    kept = np.where(gone, 0.0, days["cramps"])
    return days.assign(cramps=kept, score=kept)


def measured(path: Path, repeats: int) -> dict[str, Any]:
    """Share of p below 5 % without and with an effect, as counts and as scores."""
    rng = np.random.default_rng(20240519)
    found: dict[str, list[float]] = {
        f"{kind}_{outcome}": [] for kind in ("null", "halved") for outcome in ("cramps", "score")
    }
    people = list(diaries(path))
    for _ in range(repeats):
        for days in people:
            given = days.assign(factor=air_of_another(rng, days, people))
            for kind, log in (("null", given), ("halved", lowered(rng, given))):
                for outcome in ("cramps", "score"):
                    found[f"{kind}_{outcome}"].append(p_of(log, outcome))
    shares = {name: np.array(values) for name, values in found.items()}
    return {
        "people": len(people),
        **{
            name: {
                "shown": int(np.isfinite(p).sum()),
                "below_5_percent": float(np.mean(p[np.isfinite(p)] < 0.05)),
            }
            for name, p in shares.items()
        },
    }


def main() -> None:
    """Run and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the CSV with the diaries")
    parser.add_argument("--repeats", type=int, default=20, help="factors drawn per person")
    asked = parser.parse_args()
    print(json.dumps(measured(asked.path, asked.repeats), indent=1))


if __name__ == "__main__":
    main()
