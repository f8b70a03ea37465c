"""A coach's roster of 200 people.

Seconds of the page beside an empty page, on SQLite and on PostgreSQL.

    python benchmarks/roster.py --people 200

Each person has logged for 400 days (three samples in turn, each with its own records). ``read`` is
the roster itself, ``first`` a coach's first look at the page and ``again`` a touch on it; ``empty``
is a page of the same application that draws a heading only. Processor seconds of this process and
of PostgreSQL together. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from streamlit.testing.v1 import AppTest  # noqa: E402

from benchmarks.bench import FRAME  # noqa: E402
from benchmarks.hosted import _spent  # noqa: E402
from legcare.records import Record  # noqa: E402
from legcare.records.models import new_id  # noqa: E402
from legcare.samples import load  # noqa: E402
from legcare.sharing import Grant, Guest, Sharing  # noqa: E402
from legcare.storage.database import Database  # noqa: E402
from legcare.storage.logbook import Logbook  # noqa: E402
from legcare.ui import sign_in  # noqa: E402
from legcare.ui.shell.sign_in import Identity  # noqa: E402
from sample_data.people import LAST_DAY, PEOPLE  # noqa: E402
from tests import postgres  # noqa: E402

COACH = Identity("https://id.example", "coach", "coach@example.org", 0, "coach@example.org")
RUNS = 5


def fill(url: str, people: int) -> int:
    """The logs of a club whose members all let the coach in; returns how many records they hold."""
    database, kept = Database.open(url), 0
    logs = [load(person.key).records for person in PEOPLE]
    for number in range(people):
        person = database.person("club", f"member {number}")
        records = [_own(record) for record in logs[number % len(logs)]]
        kept += Logbook(database, person).keep(records, label="bench").count
        Sharing(database, person).share(Grant(name=f"Member {number}", email=COACH.email))
    database.close()
    return kept


def _own(record: Record) -> Record:
    return record.model_copy(update={"id": new_id()})


def measured(url: str, people: int) -> dict[str, float]:
    """Processor seconds of the roster and of its page (medians)."""
    os.environ |= {"LEGCARE_DATABASE_URL": url, "LEGCARE_CLOCK": f"{LAST_DAY}T12:00:00+00:00"}
    sign_in.configured, sign_in.identity = lambda: True, lambda: COACH
    spent = _spent(url)
    database = Database.open(url)
    guest = Guest(database, COACH.email)
    assert len(guest.roster(LAST_DAY)) == people
    told = {"read": _median(spent, lambda: guest.roster(LAST_DAY))}
    database.close()
    app = AppTest.from_file(str(FRAME), default_timeout=600).run()
    told["empty"] = _median(spent, lambda: app.switch_page("../../pages/safety.py").run())
    told["first"] = spent(lambda: app.switch_page("../../pages/people.py").run())
    told["again"] = _median(spent, app.run)
    if (
        app.exception
        or len([button for button in app.button if button.label.startswith("Open ")]) != people
    ):
        raise SystemExit("The roster does not show everybody.")
    return {name: round(seconds, 4) for name, seconds in told.items()}


def _median(spent: Callable[[Callable[[], object]], float], work: Callable[[], object]) -> float:
    return statistics.median(spent(work) for _ in range(RUNS))


def main() -> int:
    """Measure both databases and print one object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    people = parser.parse_args().people
    told: dict[str, object] = {"people": people, "load": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory() as folder, postgres.started() as server:
        for name, url in (("local", f"sqlite:///{folder}/bench.db"), ("postgresql", server.url)):
            told["records"] = fill(url, people)
            told[name] = measured(url, people)
    print(json.dumps(told, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
