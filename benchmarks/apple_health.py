"""Apple Health throughput.

From file to daily readings and workouts, beside a parser that does nothing.

    python benchmarks/apple_health.py --mb 50 --mb 500

Each measurement runs in a process of its own, interleaved, the best of some rounds; CPU seconds,
because the machine is shared. Peak memory is that of the process, less that of one that only
imports the package. The file is checked against the truth that its generator wrote. Prints one JSON
object; exit code 1 below the aims (0.6 of the speed, 150 MB).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAKE = Path(__file__).with_name("make_big_health.py")
LEAST_SPEED, MOST_MB = 0.6, 150.0

NOTHING = """
import sys
from lxml import etree
class Nothing:
    def start(self, tag, attrib): pass
    def end(self, tag): pass
    def close(self): pass
parser = etree.XMLParser(target=Nothing(), huge_tree=True)
with open(sys.argv[1], "rb") as stream:
    while chunk := stream.read(1 << 20):
        parser.feed(chunk)
parser.close()
"""
READ = """
import json, sys
from zoneinfo import ZoneInfo
from legcare.importers import read
with open(sys.argv[1], "rb") as stream:
    found = read("export.xml", stream, zone=ZoneInfo("Etc/GMT-2"))
told = {}
for r in found.records:
    if r.type == "reading":
        factor, day, value = r.factor, r.day, r.value
    else:
        factor, day, value = "workout_min", r.at.date(), r.minutes
    told["|".join((factor, r.source.removeprefix("Apple Health: "), str(day)))] = value
json.dump([told, [str(p) for p in found.problems]], open(sys.argv[2], "w"))
"""
MEASURE = """
import resource, sys, time
code, sys.argv = sys.argv[1], sys.argv[1:]
{imports}
started = time.process_time()
exec(code, {{"__name__": "bench"}})
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
WARM = "import legcare.importers, legcare.importers.apple.health; legcare.importers.formats()"


def measured(code: str, *arguments: str, imports: str = "") -> tuple[float, float]:
    """CPU seconds and peak MB of a piece of code in a process of its own."""
    command = [sys.executable, "-c", MEASURE.format(imports=imports), code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def mismatches(truth: dict[str, dict[str, dict[str, float]]], told: dict[str, float]) -> int:
    """Values that differ from the generator's truth, are missing or invented."""
    wanted = {
        "|".join((f, s, d)): v
        for f, sources in truth.items()
        for s, days in sources.items()
        for d, v in days.items()
    }
    return sum(abs(told.get(key, -1.0) - value) > 1e-4 for key, value in wanted.items()) + len(
        told.keys() - wanted.keys()
    )


def run(mb: float, seed: int, rounds: int, folder: Path) -> dict[str, object]:
    """One size."""
    file, truth, told = (str(folder / name) for name in ("export.xml", "truth.json", "told.json"))
    made = [
        sys.executable,
        str(MAKE),
        f"--mb={mb}",
        f"--seed={seed}",
        f"--out={file}",
        f"--truth={truth}",
    ]
    subprocess.run(made, check=True, capture_output=True)
    nothing, reading = [], []
    for _ in range(rounds):
        nothing.append(measured(NOTHING, file, imports="import lxml.etree"))
        reading.append(measured(READ, file, told, imports=WARM))
    idle = measured("pass", imports=WARM)[1]
    size = Path(file).stat().st_size / 1e6
    records, problems = json.loads(Path(told).read_text())
    best, base = min(reading)[0], min(nothing)[0]
    return {
        "mb": round(size, 1),
        "noop_cpu_s": round(base, 3),
        "read_cpu_s": round(best, 3),
        "noop_mb_per_s": round(size / base, 1),
        "read_mb_per_s": round(size / best, 1),
        "ratio": round(base / best, 3),
        "peak_mb_above_idle": round(max(peak for _, peak in reading) - idle, 1),
        "problems": len(problems),
        "mismatches": mismatches(json.loads(Path(truth).read_text()), records),
    }


def main() -> int:
    """Measure every size and compare with the aims."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--mb", type=float, action="append")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--rounds", type=int, default=3)
    options = asked.parse_args()
    found = []
    for mb in options.mb or [50.0, 500.0]:
        with tempfile.TemporaryDirectory() as folder:
            found.append(run(mb, options.seed, options.rounds, Path(folder)))
    good = all(
        each["ratio"] >= LEAST_SPEED
        and each["peak_mb_above_idle"] <= MOST_MB
        and each["mismatches"] == 0  # type: ignore[operator]
        for each in found
    )
    print(
        json.dumps(
            {"sizes": found, "aim_ratio": LEAST_SPEED, "aim_mb": MOST_MB, "good": good}, indent=1
        )
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
