"""Say in ten lines what this machine has and what to do about what is missing.

Standard library only, so that it runs before anything is installed: ``python3 tools/doctor.py``.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent))
from environment import PYTHON, ROOT

NEEDED_MB = 3000
PORT = 8501
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Asked of the installed program, which alone knows the settings and the data folder.
DATABASE_URL = (
    "from legcare.config import config; from legcare.storage import engine;"
    " print(engine.url_of(config().database_url))"
)


def main() -> int:
    """Print the lines; 1 when something stands in the way of ``make run``."""
    lines = [
        _python(),
        _pip(),
        _packages(),
        _disk(),
        _port(),
        _database(),
        _browser(),
        _postgres(),
        _accounts(),
    ]
    for fine, topic, text in lines:
        print(f"{'ok  ' if fine else 'LOOK'} {topic:<11} {text}")
    return 0 if all(fine for fine, *_ in lines[:6]) else 1


Line = tuple[bool, str, str]


def _python() -> Line:
    version = sys.version.split()[0]
    if sys.version_info < (3, 11):
        return False, "Python", f"{version} ({sys.executable}): install 3.11 or newer"
    return True, "Python", f"{version} ({sys.executable})"


def _pip() -> Line:
    python = str(PYTHON) if PYTHON.exists() else sys.executable
    version = _output([python, "-m", "pip", "--version"]).split(" from ")[0]
    if not version:
        return False, "pip", "none; on Debian and Ubuntu: apt-get install python3-venv"
    return True, "pip", f"{version}, of {'.venv' if PYTHON.exists() else 'this Python'}"


def _packages() -> Line:
    if not PYTHON.exists():
        return True, "Packages", "not installed yet: make run does it, with the network"
    trouble = _output([str(PYTHON), "-m", "pip", "check"], wrong=True)
    if trouble:
        return False, "Packages", f"{trouble.splitlines()[0]}: remove .venv, then make run"
    return True, "Packages", "complete, and they fit together"


def _disk() -> Line:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    advice = "" if free > NEEDED_MB else f": make room, {NEEDED_MB:,} MB are needed to install"
    return free > NEEDED_MB, "Disk", f"{free:,} MB free{advice}"


def _port() -> Line:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", PORT)) == 0:
            return True, "Port", f"{PORT} is taken (legcare may run already): make run PORT=8600"
    return True, "Port", f"{PORT} is free"


def _database() -> Line:
    """Where the log lies, and whether SQLite finds it whole."""
    url = os.environ.get("LEGCARE_DATABASE_URL") or ""
    if not url and PYTHON.exists():
        url = _output([str(PYTHON), "-c", DATABASE_URL])
    if not url.startswith("sqlite:///"):
        # An address may hold a password, so nothing of it is printed.
        return True, "Log", "on a database server" if url else "its place is known once installed"
    path = Path(unquote(url.removeprefix("sqlite:///")))
    if not path.exists():
        return True, "Log", f"{path}: none yet, made at the first start"
    size = f"{path}, {path.stat().st_size // 1000:,} kB"
    if not os.access(path, os.W_OK):
        return False, "Log", f"{size}: give yourself the right to write it"
    health = _health(path)
    if health != "ok":
        return False, "Log", f"{size}, damaged ({health}): put the last backup in its place"
    return True, "Log", f"{size}, whole"


def _health(path: Path) -> str:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as log:
            return str(log.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)


def _browser() -> Line:
    chosen = os.environ.get("LEGCARE_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), ""
    )
    advice = "none found: make test installs one, or set LEGCARE_CHROMIUM"
    return bool(chosen), "Chromium", f"{chosen} (for tests only)" if chosen else advice


def _postgres() -> Line:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    place = str(programs[-1].parent) if programs else shutil.which("initdb") or ""
    advice = "none found (for tests and hosting only); on Debian: apt-get install postgresql"
    return bool(place), "PostgreSQL", f"{place} (for tests and hosting only)" if place else advice


def _accounts() -> Line:
    """Every account of a machine reaches what listens on it, and so the local log."""
    others = _others()
    if not others or os.environ.get("LEGCARE_START_KEY"):
        return True, "Accounts", "nobody else can open this log here"
    return (
        False,
        "Accounts",
        f"this machine has other accounts ({', '.join(others[:3])}) and each can open this log"
        " while legcare runs: set LEGCARE_START_KEY=true",
    )


def _others() -> list[str]:
    """Accounts of people, by their shell and number; none where the system has no such list."""
    try:
        import pwd
    except ImportError:
        return []
    mine, people = os.getuid(), range(1000, 60_000)
    entries = [each for each in pwd.getpwall() if each.pw_uid in people and each.pw_uid != mine]
    away = ("nologin", "false")
    return [each.pw_name for each in entries if not each.pw_shell.endswith(away)]


def _output(command: list[str], *, wrong: bool = False) -> str:
    """What a program says; with ``wrong``, only when it says that something is wrong."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if bool(done.returncode) is wrong else ""


if __name__ == "__main__":
    sys.exit(main())
