"""What went wrong with the database, as a sentence.

Without the person's data and without the database's own words.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from legcare.errors import StorageError, Unreachable
from legcare.storage.log_file import LogDamaged

LOGGER = logging.getLogger("legcare")
SENTENCES = (
    (
        "full",
        (
            "The disk that holds the log is full. Nothing was half-kept; free some space and try"
            " again."
        ),
    ),
    (
        "readonly",
        (
            "The log may not be written: its file is read-only. Allow writing to it, or move it"
            " with LEGCARE_DATABASE_URL."
        ),
    ),
    (
        "unable to open",
        (
            "The file of the log cannot be opened. Check that its folder exists and may be written,"
            " or set LEGCARE_DATABASE_URL to another place."
        ),
    ),
    (
        "not a database",
        (
            "The file that LEGCARE_DATABASE_URL names is not a legcare log. Name another file; this"
            " one was left as it is."
        ),
    ),
    (
        "malformed",
        (
            "The file of the log is damaged. Put a backup in its place; the damaged file was left"
            " as it is."
        ),
    ),
    ("authentication failed", "The database refuses the user or password in LEGCARE_DATABASE_URL."),
    (
        "does not exist",
        (
            "The database in LEGCARE_DATABASE_URL does not exist, or lacks a table. Create it, then"
            " start legcare again."
        ),
    ),
)

LATER = (
    (
        "locked",
        "The log is busy with another change. Nothing was half-kept; try again in a moment.",
    ),
    *(
        (sign, "The database cannot be reached for now. Nothing was half-kept; try again soon.")
        for sign in ("connect", "timeout", "terminating", "starting up", "shutting down", "eof")
    ),
)
HINT = "The database cannot be reached: check that it runs, and LEGCARE_DATABASE_URL."


def storage_error(error: SQLAlchemyError) -> StorageError:
    """The sentence for an error of the database."""
    if isinstance(error, IntegrityError):
        return StorageError(
            "This log was changed or deleted meanwhile. Nothing was half-kept; reload the page."
        )
    said = str(getattr(error, "orig", None) or error).lower()
    for sign, sentence in SENTENCES:
        if sign in said:
            return LogDamaged(sentence) if sign == "malformed" else StorageError(sentence)
    for sign, sentence in LATER:
        if sign in said:
            if sign != "locked":
                LOGGER.error(HINT)
            return Unreachable(sentence)
    return StorageError(
        "The log could not be read or written. Nothing was half-kept; try again, or restart"
        " legcare."
    )
