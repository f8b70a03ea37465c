"""PostgreSQL's own programs, called as docs/hosting.md writes them: ``pg_dump`` and ``pg_restore``.

Row-level security holds for the role that legcare works as, so that role cannot copy every row: the
address must be that of a superuser or of a role with BYPASSRLS. A password goes by the environment,
never by the command line, where every user of the machine could read it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sqlalchemy import URL

from legcare.errors import StorageError

TABLES = ("TABLE DATA public record ", "TABLE DATA public alembic_version ")


def write(address: URL, target: Path) -> None:
    """Dump the database to a file that only its owner may read.

    Raises ``StorageError`` with what pg_dump said.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _run(
            address, "pg_dump", "--format=custom", f"--file={target}", f"--dbname={_place(address)}"
        )
    except StorageError:
        target.unlink()
        raise


def read(address: URL, source: Path, aside: Path) -> Path:
    """Put a dump in the place of what is there, in one transaction.

    What is there is dumped to ``aside`` first.

    Returns ``aside``. An older dump is brought up to date when the server starts, as the role that
    owns the tables. Raises ``StorageError`` for a file that is no dump of a legcare database, or
    where it cannot be put back; then nothing was changed.
    """
    listed = subprocess.run(
        ["pg_restore", "--list", str(source)], capture_output=True, check=False, text=True
    )
    if listed.returncode or not all(table in listed.stdout for table in TABLES):
        raise StorageError(
            f"{source} is damaged or not a backup of a legcare database. Nothing was changed."
        )
    write(address, aside)
    whole = ("--clean", "--if-exists", "--single-transaction", "--exit-on-error")
    _run(address, "pg_restore", *whole, f"--dbname={_place(address)}", str(source))
    return aside


def _place(address: URL) -> str:
    """The address as PostgreSQL's programs read it, without the password."""
    return address.set(drivername="postgresql", password=None).render_as_string()


def _run(address: URL, program: str, *options: str) -> None:
    secret = {"PGPASSWORD": str(address.password)} if address.password else {}
    command = [program, "--no-password", *options]
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, text=True, env={**os.environ, **secret}
        )
    except FileNotFoundError:
        raise StorageError(
            f"There is no {program} on this machine. Install PostgreSQL's client programs."
        ) from None
    if done.returncode:
        raise StorageError(f"{program} failed and nothing was changed: {_reason(done.stderr)}")


def _reason(said: str) -> str:
    """The first line of the program's complaint; the further ones may quote rows."""
    if "row-level security" in said:
        return (
            "this role may not read every row. Give --database an address whose role is a superuser"
            " or has BYPASSRLS."
        )
    if "COPY" in said:
        return "a row does not fit the tables. Was the dump made by a newer version of legcare?"
    return next(iter(said.splitlines()), "it gave no reason").strip()
