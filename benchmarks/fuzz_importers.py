"""Mutated files through the importers: no error but a sentence, no file slow, none large in memory.

    python benchmarks/fuzz_importers.py --files 20000 --seed 1

Every file is an invented or (where present) a shared sample file with a few random changes: bytes
flipped, cut out, doubled, digits changed, the end cut off. Prints one JSON object; the exit code is
1 where something got through.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from legcare.errors import LegcareError  # noqa: E402
from legcare.importers import parts  # noqa: E402
from tests.cases.invented import CASES  # noqa: E402
from tests.importers.invented import INVENTED, STRAVA_ZIP  # noqa: E402

SLOW_S, LARGE_MB = 10.0, 300.0
LARGEST = 40_000
MARKS = b"0123456789-,.;:\"'<>{}[]\n\0\xff"


def files() -> list[tuple[str, bytes]]:
    """The files to mutate: one of each format, and the samples of moderate size."""
    found = [(invented.name, invented.data) for invented in INVENTED.values()]
    found.append(("strava.zip", STRAVA_ZIP))
    found += [(case.name, case.data) for case in CASES]
    for path in sorted((ROOT / "tests/samples").rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST and path.suffix != ".md":
            found.append((path.name, path.read_bytes()))
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few random changes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randint(1, 60)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 300)] * chance.randint(1, 5)
            case 3:
                changed[at : at + 1] = bytes([chance.choice(MARKS)])
            case 4:
                changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 12)))
            case _:
                if chance.random() < 0.3:
                    del changed[at:]
    return bytes(changed) or b"x"


def tries(count: int, seed: int) -> Iterator[tuple[int, str, bytes]]:
    """So many mutated files."""
    chance = random.Random(seed)
    known = files()
    for number in range(count):
        name, data = chance.choice(known)
        yield number, name, mutated(data, chance)


def main() -> int:
    """Run and report."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--files", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    outcome: Counter[str] = Counter()
    escaped: dict[str, str] = {}
    slowest = 0.0
    zone = ZoneInfo("Europe/Berlin")
    for number, name, data in tries(options.files, options.seed):
        started = time.perf_counter()
        try:
            found = [part.read() for part in parts(name, io.BytesIO(data), zone=zone)]
            kept = any(one.records for one in found)
            outcome["records" if kept else "nothing for a log"] += 1
        except LegcareError:
            outcome["sentence"] += 1
        except Exception as error:
            outcome["escaped"] += 1
            if len(escaped) < 8:
                escaped.setdefault(
                    f"{type(error).__name__}: {error}"[:40],
                    f"{number} {name}\n{traceback.format_exc()[-900:]}",
                )
        slowest = max(slowest, time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    good = not escaped and slowest <= SLOW_S and peak <= LARGE_MB
    print(
        json.dumps(
            {
                "files": options.files,
                "seed": options.seed,
                **outcome,
                "slowest_s": round(slowest, 3),
                "peak_rss_mb": round(peak, 1),
                "good": good,
                "escapes": escaped,
            },
            indent=1,
        )
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
