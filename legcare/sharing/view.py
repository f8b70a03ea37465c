"""What a coach's pages get in place of a logbook.

Read only, and already cut down to what was granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from legcare.records import Log, Preferences
from legcare.sharing.grant import Grant
from legcare.storage.documents import LogState


@dataclass(frozen=True)
class LogView:
    """One shared log. Has no method that writes; what it reads comes redacted.

    ``state`` is as of when it was opened, and of the documents it has the shared preferences alone.
    ``key`` and its revision change with what can be seen, for whoever keeps computed pages.
    """

    grant: Grant
    key: str
    state: LogState = field(repr=False, compare=False)
    _log: Callable[[], Log] = field(repr=False, compare=False)

    @property
    def revision(self) -> int:
        """Changes whenever the log behind it changes."""
        return self.state.revision

    @property
    def preferences(self) -> Preferences:
        """How the log is to be read: day start, units, shared own factors."""
        return self.state.preferences

    def log(self) -> Log:
        """What was granted of the log.

        Raises ``NotAllowed`` from the moment the share is revoked or has expired.
        """
        return self._log()

    def left_out(self) -> tuple[str, ...]:
        """What cannot be seen here, one sentence each."""
        return self.grant.left_out()
