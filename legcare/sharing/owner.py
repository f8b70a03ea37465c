"""The owner's side of sharing.

Make a link, see who opened it, take it back, read what a coach wrote.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from legcare.errors import NotAllowed
from legcare.sharing.grant import Comment, Given, Grant
from legcare.storage.database import Database
from legcare.storage.shares import KeptShare, Shares, key_hash

TOKEN_BYTES = 32


@dataclass(frozen=True)
class Link:
    """A new share: its grant, and the token of its link.

    The token is shown once and kept nowhere.
    """

    grant: Grant
    token: str

    @property
    def path(self) -> str:
        """The path of the link on this server."""
        return f"/s/{self.token}"


class Sharing:
    """The shares of one person's log."""

    def __init__(self, database: Database, person_id: UUID) -> None:
        self._shares = Shares(database, person_id)

    def share(self, grant: Grant) -> Link:
        """Make a link for a grant: 256 random bits, of which only the SHA-256 is kept."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        keys = [token_key(token)] + ([email_key(grant.email)] if grant.email else [])
        self._shares.add(grant.id, grant.model_dump_json(), keys)
        return Link(grant, token)

    def given(self) -> tuple[Given, ...]:
        """Every share ever made, newest first.

        With when it was last opened and whether it was revoked.
        """
        every = [given(kept) for kept in self._shares.all()]
        return tuple(
            sorted(every, key=lambda each: (each.grant.created_at, each.grant.id), reverse=True)
        )

    def revoke(self, grant_id: UUID) -> None:
        """End a share at once: the coach's next click finds nothing.

        Raises ``NotAllowed`` where there is none.
        """
        if self._shares.one(grant_id) is None:
            raise NotAllowed("There is no such link in this log.")
        self._shares.revoke(grant_id)

    def comments(self) -> tuple[Comment, ...]:
        """What coaches wrote about this log, newest first."""
        every = [Comment.model_validate_json(kept.body) for kept in self._shares.comments()]
        return tuple(sorted(every, key=lambda comment: (comment.at, comment.id), reverse=True))

    def remove_comment(self, comment_id: UUID) -> None:
        """Delete a comment from the log."""
        self._shares.remove_comment(comment_id)


def given(kept: KeptShare) -> Given:
    """A kept share as its owner sees it."""
    return Given(
        grant=Grant.model_validate_json(kept.body),
        revoked_at=kept.revoked_at,
        opened_at=kept.opened_at,
    )


def token_key(token: str) -> str:
    """What is kept of a token."""
    return key_hash(f"token {token}")


def email_key(email: str) -> str:
    """What a coach's address is looked up by."""
    return key_hash(f"email {email}")
