"""Backups without thinking: a folder of verified copies beside the log, thinned as they age."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock, Thread

from legcare.errors import StorageError
from legcare.storage.log_file import LogFile, copy_file, entries_of, remove

EVERY = timedelta(minutes=30)
UNDO_ERASE = timedelta(days=30)
ERASED = "erase"
FEWEST = 2
_NAME = re.compile(r"legcare-(\d{8}-\d{6})-(\d+)(?:-([a-z]+))?\.sqlite3")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """One copy: when it was made (UTC), how many entries it holds, before what it was made."""

    path: Path
    at: datetime
    entries: int
    reason: str

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        return self.path.stat().st_size


class Backups:
    """The automatic backups of one file, at most ``limit_mb`` of them; 0 turns them off."""

    def __init__(self, file: LogFile, limit_mb: int) -> None:
        self.folder = file.path.with_name(f"{file.path.stem}-backups")
        self.file = file
        self._limit = limit_mb * 1_000_000
        self._lock = Lock()
        self._last: datetime | None = None

    def all(self) -> tuple[Backup, ...]:
        """Every backup, the newest first."""
        there = self.folder.glob("legcare-*.sqlite3") if self.folder.is_dir() else ()
        found = (_backup(path) for path in there)
        return tuple(sorted(filter(None, found), key=lambda each: each.path.name, reverse=True))

    def make(self, reason: str = "") -> Backup | None:
        """Copy the log now and thin the older copies; None where backups are off.

        Raises ``StorageError`` where the log is damaged: no sound backup is thrown away for it.
        """
        with self._lock:
            if not (self._limit or reason == ERASED) or not entries_of(self.file.path):
                self._last = None
                return None
            self.folder.mkdir(mode=0o700, exist_ok=True)
            fresh = self.folder / "unfinished"
            remove(fresh)
            copy_file(self.file.path, fresh)
            entries, now = entries_of(fresh), datetime.now(UTC)
            end = f"-{reason}" if reason else ""
            target = self.folder / f"legcare-{now:{_STAMP}}-{entries}{end}.sqlite3"
            fresh.replace(target)
            self._last = now
            self.file.note(entries)
            self._thin(now)
        return _backup(target)

    def after_write(self) -> None:
        """Back up in the background where the newest backup is half an hour old."""
        now = datetime.now(UTC)
        if not self._limit:
            return
        if self._last is None:
            self._last = max((each.at for each in self.all()), default=now - EVERY)
        if now - self._last >= EVERY:
            self._last = now
            Thread(target=self.make_quietly, name="legcare-backup").start()

    def remove_all(self) -> None:
        """Delete every backup of this log, and what restores, repairs and rescues left."""
        with self._lock:
            for backup in self.all():
                remove(backup.path)
            remove(self.folder / "unfinished")
        place = self.file.path
        for kind in ("before", "rescued"):
            for aside in place.parent.glob(f"{place.stem}.{kind}-*{place.suffix}"):
                remove(aside)

    def make_quietly(self, reason: str = "") -> None:
        """Back up now; where that fails, say so in the server's log and go on."""
        try:
            self.make(reason)
        except (StorageError, OSError) as error:
            reason = str(error) if isinstance(error, StorageError) else type(error).__name__
            logging.getLogger("legcare").error("No backup of the log was made: %s", reason)

    def _thin(self, now: datetime) -> None:
        every = self.all()
        kept = [each for each in every if each.path in _worth_keeping(every, now)]
        while len(kept) > FEWEST and sum(each.size for each in kept) > self._limit:
            kept.pop()
        for each in every:
            if each not in kept:
                remove(each.path)


def _worth_keeping(every: Iterable[Backup], now: datetime) -> set[Path]:
    """All of the last day, the newest of 7 days, 5 weeks and 12 months.

    One that was made before everything was deleted is kept for 30 days.
    """
    periods: tuple[tuple[Callable[[datetime], object], int], ...] = (
        (lambda at: at.date(), 7),
        (lambda at: at.isocalendar()[:2], 5),
        (lambda at: (at.year, at.month), 12),
    )
    usual = [each for each in every if each.reason != ERASED]
    kept = {each.path for each in usual if now - each.at < timedelta(days=1)}
    for period, count in periods:
        newest: dict[object, Path] = {}
        for each in usual:
            newest.setdefault(period(each.at), each.path)
        kept |= set(list(newest.values())[:count])
    kept |= {each.path for each in every if each.reason == ERASED and now - each.at < UNDO_ERASE}
    return kept


def _backup(path: Path) -> Backup | None:
    name = _NAME.fullmatch(path.name)
    try:
        at = datetime.strptime(name[1] if name else "", _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, at, int(name[2]), name[3] or "") if name else None
