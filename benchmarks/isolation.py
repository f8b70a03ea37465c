"""Random histories of three people and a coach, looking for a row of one with another.

One JSON object.

Full run: ``python benchmarks/isolation.py --histories 20000`` (about 20 minutes); ``--database``
takes the address of an empty PostgreSQL database instead of memory.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from hypothesis.errors import Flaky

sys.path.insert(0, str(Path(__file__).parents[1]))

from legcare.storage.database import Database
from tests.sharing.isolation import Isolation, histories

STEPS = 30
PART = 500


def main() -> None:
    """Run the histories in parts, each on a seed of its own, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--database", default="sqlite://")
    chosen = parser.parse_args()
    began, leaks, found = time.process_time(), 0, ""
    Isolation.histories = 0
    for seed in range(-(-chosen.histories // PART)):
        store = Database.open(chosen.database)
        try:
            histories(store, min(PART, chosen.histories - seed * PART), steps=STEPS, seed=seed)
        except (AssertionError, Flaky) as leak:
            leaks, found = leaks + 1, str(leak)
        store.close()
    result = {
        "histories": chosen.histories,
        "steps": STEPS,
        "leaks": leaks,
        "first": found,
        "cpu_seconds": round(time.process_time() - began, 1),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
