"""Backup and restore from a shell.

    python -m legcare.storage backup legcare-2026-11-20.backup
    python -m legcare.storage restore legcare-2026-11-20.backup

Stop the servers before a restore; a backup may be taken while they run. What was there before a
restore is kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from legcare.config import config
from legcare.errors import LegcareError
from legcare.storage.backup import backup, restore


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what was done, or why it was not; 0 where it was done."""
    asked = _parser().parse_args(arguments)
    try:
        url = asked.database or config().database_url
        if asked.what == "backup":
            backup(asked.file, url)
            print(f"Backed up to {asked.file}.")
        else:
            aside = restore(asked.file, url)
            print(
                f"Restored {asked.file}."
                + (f" What was there before is now in {aside}." if aside else "")
            )
    except LegcareError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m legcare.storage",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "what", choices=("backup", "restore"), help="copy the database to a file, or put one back"
    )
    parser.add_argument("file", type=Path, help="the backup to write or to read")
    parser.add_argument(
        "--database",
        metavar="URL",
        help=(
            "the database (default: LEGCARE_DATABASE_URL, or this user's file); for PostgreSQL with"
            " a role that may read every row: a superuser or one with BYPASSRLS"
        ),
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
