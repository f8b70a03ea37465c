"""A hosted server's speed: PostgreSQL beside local mode, many other people, many sessions.

Prints one JSON object.

    python benchmarks/hosted.py --others 500000 --sessions 30 --histories 0

Pages: one person with 10,000 events; each page's script runs inside the frame, on SQLite as in
local mode, on PostgreSQL, and on PostgreSQL that holds the events of many other people. Seconds are
processor seconds of the page's process and of PostgreSQL together, the least of six runs in three
rounds, because other programs only ever add; ``cold`` is a new session's first page (the whole log
is read), ``write`` a page after a new entry (it is read again), the others the mean of twenty
touches on a page that is open. Sessions: that many websockets at once on one real server, each its
own session with this log, as a browser opens them. Histories: the isolation property test with so
many random histories (``make test`` runs 500).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402

from benchmarks.bench import FRAME, LAST, ten_years  # noqa: E402
from legcare.records import Cramp  # noqa: E402
from legcare.storage.database import Database  # noqa: E402
from legcare.storage.logbook import Logbook  # noqa: E402
from tests import postgres  # noqa: E402
from tests.browser.server import Server  # noqa: E402

PAGES = ("overview", "today", "log", "frequency", "timing")
ROUNDS, RUNS, TOUCHES, EVENTS_EACH = 3, 2, 20, 500
TARGETS = {"postgresql_at_most_times_local": 1.5, "among_others_at_most_times_postgresql": 1.1}


def fill(url: str) -> None:
    """The person's own log of ten years."""
    database = Database.open(url)
    Logbook(database, database.person("local", "owner")).keep(ten_years(), label="bench")
    database.close()


def add_others(server: postgres.Postgres, events: int) -> None:
    """Events of other people, 500 for each, in bulk."""
    body = Cramp(at=LAST, severity=5, minutes=3, note="after the long run").model_dump_json()
    change = uuid5(NAMESPACE_OID, "others")
    people = [uuid5(NAMESPACE_OID, f"other {number}") for number in range(events // EVENTS_EACH)]
    with psycopg.connect(server.admin) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY person (person_id, label, revision) FROM STDIN") as copy:
            for person in people:
                copy.write_row((person, "other", 1))
        columns = "person_id, id, type, at_utc, utc_offset_s, day, body, change_id"
        with cursor.copy(f"COPY record ({columns}) FROM STDIN") as copy:
            for number in range(events // EVENTS_EACH * EVENTS_EACH):
                at = datetime(2020, 1, 1) + timedelta(minutes=number % 3_000_000)
                record = uuid5(NAMESPACE_OID, str(number))
                # In turns, so that one person's rows lie far apart, as they do in a database that
                # grew.
                person = people[number % len(people)]
                copy.write_row((person, record, "cramp", at, 0, at.date(), body, change))
    with psycopg.connect(server.admin, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute(
            "CHECKPOINT"
        )  # or it writes in the background while the pages are measured


def page_seconds(url: str) -> dict[str, float]:
    """Processor seconds of each page's script, of a new session and of a run after an entry."""
    from streamlit.testing.v1 import AppTest

    os.environ |= {"LEGCARE_DATABASE_URL": url, "LEGCARE_CLOCK": LAST.isoformat()}
    spent = _spent(url)
    AppTest.from_file(
        str(FRAME), default_timeout=600
    ).run()  # imports and caches are not the page's
    cold = [
        spent(lambda: AppTest.from_file(str(FRAME), default_timeout=600).run()) for _ in range(RUNS)
    ]
    told = {"cold": min(cold)}
    app = AppTest.from_file(str(FRAME), default_timeout=600).run()
    for name in PAGES:
        if name != "overview":
            app.switch_page(f"../../pages/{name}.py")
        app.run()
        if app.exception:
            raise SystemExit(f"The page {name} raised an error.")
        # Many at once, because PostgreSQL's clock ticks slowly.
        told[name] = (
            min(spent(lambda: [app.run() for _ in range(TOUCHES)]) for _ in range(RUNS)) / TOUCHES
        )
    database = Database.open(url)
    logbook = Logbook(database, database.person("local", "owner"))
    after = []
    for number in range(RUNS):
        logbook.keep([Cramp(at=LAST - timedelta(minutes=number + 1))], label="bench")
        after.append(spent(app.run))
    database.close()
    return {name: round(seconds, 4) for name, seconds in {**told, "write": min(after)}.items()}


def _spent(url: str) -> Callable[[Callable[[], object]], float]:
    """Measures processor seconds of this process and, where there is one, of PostgreSQL."""
    folder = url.partition("?host=")[2]

    def clock() -> float:
        return time.process_time() + (_postgres_seconds(Path(folder)) if folder else 0.0)

    def spent(work: Callable[[], object]) -> float:
        gc.collect()
        began = clock()
        work()
        return clock() - began

    return spent


def _postgres_seconds(folder: Path) -> float:
    """Processor seconds of a PostgreSQL and all its processes, in steps of 10 ms (Linux)."""
    head = (folder / "data" / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = place.read_text().rpartition(")")
        except OSError:
            continue  # ended meanwhile
        fields = rest.split()
        if fields[1] == head or name.split()[0] == head:
            ticks += int(fields[11]) + int(fields[12])
            ticks += (int(fields[13]) + int(fields[14])) if name.split()[0] == head else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def session(port: int) -> list[float]:
    """One session on a websocket, as a browser opens it.

    Seconds on the clock until each page is complete.
    """
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    taken = []
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=120) as socket:  # type: ignore[list-item]
        for name in PAGES:
            wish = BackMsg()
            wish.rerun_script.page_name = "" if name == "overview" else name
            began = time.monotonic()
            socket.send(wish.SerializeToString())
            while True:
                said = ForwardMsg()
                said.ParseFromString(socket.recv(timeout=600))  # type: ignore[arg-type]
                if (
                    said.WhichOneof("type") == "delta"
                    and said.delta.new_element.WhichOneof("type") == "exception"
                ):
                    raise RuntimeError("A page raised an error.")
                if said.WhichOneof("type") == "script_finished":
                    break
            taken.append(time.monotonic() - began)
            time.sleep(2)  # someone reads
    return taken


def sessions(url: str, count: int) -> dict[str, object]:
    """Many sessions at once on one server, its memory and what it logged."""
    with tempfile.TemporaryDirectory() as home:
        server = Server(Path(home), LEGCARE_DATABASE_URL=url, LEGCARE_CLOCK=LAST.isoformat())
        server.start()
        try:
            session(server.port)
            before = _resident_mb(server)
            with ThreadPoolExecutor(count) as crowd:
                visits = [crowd.submit(session, server.port) for _ in range(count)]
                errors = [visit for visit in visits if visit.exception()]
                seconds = [
                    taken for visit in visits if not visit.exception() for taken in visit.result()
                ]
            after = _resident_mb(server)
        finally:
            server.stop()
        logged = server.said().count("Unexpected error")
    return {
        "sessions": count,
        "pages_drawn": len(seconds),
        "errors": len(errors) + logged,
        "slowest_page_s": round(max(seconds, default=float("nan")), 1),
        "median_page_s": round(statistics.median(seconds), 2) if seconds else None,
        "memory_mb_before": round(before),
        "memory_mb_per_session": round((after - before) / count, 1),
    }


def _resident_mb(server: Server) -> float:
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1000


def histories(count: int) -> dict[str, object]:
    """The isolation test with many histories; it ends with an error at the first leak."""
    from tests.sharing.test_isolation import STEPS
    from tests.sharing.test_isolation import histories as tried

    store = Database.open("sqlite://")
    began = time.process_time()
    tried(store, count)
    store.close()
    return {
        "histories": count,
        "steps": STEPS,
        "leaks": 0,
        "seconds": round(time.process_time() - began),
    }


@contextmanager
def databases(others: int) -> Iterator[dict[str, str]]:
    """Addresses by name, all filled before anything is measured.

    Later means no busier and no quieter.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.started() as alone,
        postgres.started() as crowded,
    ):
        addresses = {
            "local": f"sqlite:///{folder}/bench.db",
            "postgresql": alone.url,
            "among_others": crowded.url,
        }
        for url in addresses.values():
            fill(url)
        add_others(crowded, others)
        yield addresses


def apart(url: str) -> dict[str, float]:
    """Page seconds from a process of its own, so that nothing is warm from the one before."""
    command = [sys.executable, __file__, "--url", url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def main() -> int:
    """Run every part and print one object."""
    asked = _asked()
    if asked.url:
        print(json.dumps(page_seconds(asked.url)))
        return 0
    told: dict[str, object] = {"targets": TARGETS, "other_events": asked.others}
    with databases(asked.others) as tried:
        # In turns, so that a busy minute hits all alike.
        rounds = [{name: apart(url) for name, url in tried.items()} for _ in range(ROUNDS)]
        seconds = {name: _least([each[name] for each in rounds]) for name in tried}
        told |= {"load": round(os.getloadavg()[0], 1), "page_seconds": seconds}
        told["postgresql_times_local"] = _times(seconds["postgresql"], seconds["local"])
        told["among_others_times_postgresql"] = _times(
            seconds["among_others"], seconds["postgresql"]
        )
        if asked.sessions:
            told["at_once"] = sessions(tried["among_others"], asked.sessions)
    if asked.histories:
        told["isolation"] = histories(asked.histories)
    print(json.dumps(told, indent=2))
    return 0


def _least(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {page: min(each[page] for each in rounds) for page in rounds[0]}


def _times(ours: dict[str, float], floor: dict[str, float]) -> dict[str, float]:
    return {name: round(ours[name] / floor[name], 2) for name in ours}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--others", type=int, default=500_000, help="events of other people (500 for each person)"
    )
    parser.add_argument(
        "--sessions", type=int, default=30, help="sessions at once; 0 leaves the part out"
    )
    parser.add_argument(
        "--histories", type=int, default=0, help="random histories of the isolation test"
    )
    parser.add_argument("--url", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
