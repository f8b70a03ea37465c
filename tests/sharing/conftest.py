"""Sharing is tested on the same two databases as storage."""

from tests.storage.conftest import database, logbook, postgres, url

__all__ = ["database", "logbook", "postgres", "url"]
