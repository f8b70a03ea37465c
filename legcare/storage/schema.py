"""Bring a database up to date.

By Alembic, in this process, in one transaction, also when several servers start.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from legcare.errors import StorageError

HEAD = "0004"
SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x6C656763617265


def upgrade(connection: Connection) -> None:
    """Run the missing migrations on an open writing transaction.

    Raises ``StorageError`` where the database was written by a newer legcare.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    _migrate(connection)


def is_current(connection: Connection) -> bool:
    """Whether the database needs no migration: the usual case at start."""
    return version(connection) == HEAD


def passes_by_policies(connection: Connection) -> bool:
    """Whether PostgreSQL's row-level security does not hold for the role that is connected."""
    if connection.dialect.name != "postgresql":
        return False
    asked = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    return bool(connection.execute(asked).scalar_one())


def version(connection: Connection) -> str | None:
    """The revision of the database; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _migrate(connection: Connection) -> None:
    # Imported here because a database that is up to date, the usual case, does not need it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StorageError(
            "This log was written by a newer version of legcare. Update legcare and start it again;"
            " the log was left as it is."
        ) from None
