"""The coach's side of sharing: a link or a signed-in address opens a ``LogView``, or one and the same refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from legcare.errors import NotAllowed
from legcare.records import Log, Preferences, now
from legcare.sharing.grant import Comment, Given, Grant, address
from legcare.sharing.owner import email_key, given, token_key
from legcare.sharing.redaction import redacted
from legcare.sharing.view import LogView
from legcare.storage.database import Database
from legcare.storage.shares import KeptComment, KeptShare, Shares

REFUSED = (
    "This link does not open a log: it is wrong, has expired or was taken back, or it is meant for somebody who signs "
    "in with another address. Ask the person who sent it for a new one."
)
# A wrong link costs the same look-ups as an expired or revoked one.
_NOBODY = (UUID(int=0), UUID(int=0))


@dataclass(frozen=True)
class Shared:
    """A share that is open now: whose log, and how its owner sees it."""

    person_id: UUID
    given: Given


class Guest:
    """A visitor with a link, or signed in with an address (``email``, None where not signed in)."""

    def __init__(self, database: Database, email: str | None = None) -> None:
        self._database = database
        self._email = address(email) if email else None

    def enter(self, token: str) -> LogView:
        """The log that a link opens; raises ``NotAllowed`` with one and the same sentence for whatever is wrong."""
        doors = self._database.doors(token_key(token))
        person_id, share_id = doors[0] if doors else _NOBODY
        shares = self._database.shares(person_id)
        self._checked(shares.one(share_id))
        shares.opened(share_id)
        return self._view(shares, share_id)

    def enter_by_address(self, grant_id: UUID) -> LogView:
        """One of the logs shared with the signed-in address; raises ``NotAllowed`` for any other."""
        for shared in self.shared():
            if shared.given.grant.id == grant_id:
                shares = self._database.shares(shared.person_id)
                shares.opened(grant_id)
                return self._view(shares, grant_id)
        raise NotAllowed(REFUSED)

    def shared(self) -> tuple[Shared, ...]:
        """Every log shared with the signed-in address that is open now, oldest share first."""
        if self._email is None:
            return ()
        found = []
        for person_id, share_id in self._database.doors(email_key(self._email)):
            kept = self._database.shares(person_id).one(share_id)
            if kept is not None and self._opens(kept):
                found.append(Shared(person_id, given(kept)))
        return tuple(sorted(found, key=lambda each: (each.given.grant.created_at, each.given.grant.id)))

    def comment(self, token: str, comment: Comment) -> Comment:
        """Leave a comment on some of the shared days, for the owner to see; returns it as it was kept."""
        doors = self._database.doors(token_key(token))
        person_id, share_id = doors[0] if doors else _NOBODY
        shares = self._database.shares(person_id)
        grant = self._checked(shares.one(share_id))
        return _commented(shares, grant, comment)

    def _view(self, shares: Shares, share_id: UUID) -> LogView:
        def read(since: date | None = None) -> tuple[Log, Preferences]:
            kept, log, preferences = shares.whole(share_id, since=since)
            return redacted(log, preferences, self._checked(kept))

        grant = self._checked(shares.one(share_id))
        return LogView(grant, f"share-{share_id}", shares.revision, read)

    def _checked(self, kept: KeptShare | None) -> Grant:
        if kept is None or not self._opens(kept):
            raise NotAllowed(REFUSED)
        return Grant.model_validate_json(kept.body)

    def _opens(self, kept: KeptShare) -> bool:
        each = given(kept)
        bound_to = each.grant.email
        return each.open_at(now()) and (bound_to is None or bound_to == self._email)


def _commented(shares: Shares, grant: Grant, comment: Comment) -> Comment:
    kept = comment.model_copy(update={"share_id": grant.id})
    shares.add_comment(KeptComment(kept.id, kept.share_id, kept.model_dump_json()))
    return kept
