"""What a coach's pages get in place of a logbook.

Read only, and already cut down to what was granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from legcare.records import Log, Preferences
from legcare.sharing.grant import Grant


@dataclass(frozen=True)
class LogView:
    """One shared log. Has no method that writes; what it reads comes redacted (see ``redaction``).

    ``key`` and ``revision()`` change together with what can be seen, for whoever keeps computed
    pages. Reading raises ``NotAllowed`` from the moment the share is revoked or has expired.
    """

    grant: Grant
    key: str
    _revision: Callable[[], int] = field(repr=False, compare=False)
    _log: Callable[[], Log] = field(repr=False, compare=False)
    _preferences: Callable[[], Preferences] = field(repr=False, compare=False)

    def revision(self) -> int:
        """Changes whenever the log behind it changes."""
        return self._revision()

    def log(self) -> Log:
        """What was granted of the log."""
        return self._log()

    def preferences(self) -> Preferences:
        """How the log is to be read: day start, units, shared own factors."""
        return self._preferences()

    def left_out(self) -> tuple[str, ...]:
        """What cannot be seen here, one sentence each."""
        return self.grant.left_out()
