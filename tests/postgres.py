"""A real PostgreSQL of the tests' own: this machine's binaries, a socket in a temporary folder.

``python tests/postgres.py`` says which it is, and installs it where it can.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import debian

# A superuser passes by row-level security, so the tests work as an ordinary role, as a hosted
# server should.
ROLE = "legcare"


class Postgres:
    """A running server: ``url`` is for legcare, ``admin`` for the tests' own cleaning up."""

    def __init__(self, socket: Path) -> None:
        self.url = f"postgresql+psycopg://{ROLE}@/{ROLE}?host={socket}"
        self.admin = f"host={socket} user=postgres dbname={ROLE}"
        self._template = f"host={socket} user=postgres dbname=postgres"

    def begin(self) -> None:
        """The role and its empty database."""
        with psycopg.connect(self._template, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")
            connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")

    def empty(self, *, whole: bool = False) -> None:
        """Delete every row, or the tables themselves."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            if whole:
                connection.execute(f"DROP OWNED BY {ROLE}")
                connection.execute(f"GRANT ALL ON SCHEMA public TO {ROLE}")
            else:
                connection.execute("TRUNCATE person CASCADE")


def missing() -> str:
    """Why no PostgreSQL can be started here; empty where one can."""
    if os.name != "posix":
        return "PostgreSQL tests skipped: they need Linux or macOS."
    if _programs() is None:
        return "PostgreSQL tests skipped: no initdb found (Debian: apt-get install postgresql)."
    if os.geteuid() == 0 and _other_user() is None:
        return (
            "PostgreSQL tests skipped: PostgreSQL does not run as root, and there is no user"
            " postgres or nobody."
        )
    return ""


@contextmanager
def started() -> Iterator[Postgres]:
    """Start a server, hand it over, stop it and delete its folder."""
    folder = Path(tempfile.mkdtemp(prefix="legcare-pg-"))
    data, programs = folder / "data", _programs()
    assert programs is not None
    user = _other_user() if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    _run(
        user,
        folder,
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    )
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c"
        " max_connections=50"
    )
    control = programs / "pg_ctl"
    try:
        _run(user, folder, control, "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
        server = Postgres(folder)
        server.begin()
        yield server
    finally:
        _run(user, folder, control, "-D", data, "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


@cache
def shared() -> Postgres:
    """The one server of this test run.

    Started when first asked for and stopped when Python ends.
    """
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(started())


def program(name: str) -> Path:
    """One of PostgreSQL's own programs."""
    folder = _programs()
    assert folder is not None
    return folder / name


def _programs() -> Path | None:
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(4)
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _other_user() -> pwd.struct_passwd | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _run(
    user: pwd.struct_passwd | None, folder: Path, *command: object, check: bool = True
) -> None:
    switch = (
        {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user is not None else {}
    )
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "LC_ALL": "C"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        **switch,  # type: ignore[call-overload]
    )
    if check and done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))


def main() -> int:
    """Say in one line which PostgreSQL the tests will use and how it came here."""
    whence = "found on this machine"
    if _programs() is None and os.name == "posix" and debian.install("postgresql"):
        whence = "installed just now: Debian's package"
    reason = missing()
    print(reason or f"PostgreSQL tests use {_programs()}, {whence}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
