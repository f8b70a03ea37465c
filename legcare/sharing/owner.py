"""The owner's side of sharing.

Make a link, see who opened it, take it back, read what a coach wrote.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
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
        link = Link(grant, secrets.token_urlsafe(TOKEN_BYTES))
        self._shares.add(grant.id, grant.model_dump_json(), _keys(link))
        return link

    def change(self, grant: Grant) -> None:
        """Show something else, or for longer, under the same link, from the next click on.

        Raises ``NotAllowed`` where it was revoked.
        """
        if not self._shares.replace(grant.id, grant.model_dump_json()):
            raise NotAllowed("This link was revoked and stays so. Make a new one.")

    def rotate(self, grant: Grant) -> Link:
        """A new link for the same grant; the old one opens nothing from now on."""
        link = Link(grant, secrets.token_urlsafe(TOKEN_BYTES))
        self._shares.replace_keys(grant.id, _keys(link))
        return link

    def openings(self) -> tuple[tuple[UUID, datetime], ...]:
        """Which link was opened when, newest first, to five minutes; by whom is not kept."""
        return self._shares.openings()

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

    def unread(self) -> frozenset[UUID]:
        """The comments that the owner has not marked as read."""
        return frozenset(kept.id for kept in self._shares.comments() if kept.read_at is None)

    def mark_read(self) -> None:
        """Mark every comment as read."""
        self._shares.mark_read()

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


def _keys(link: Link) -> list[str]:
    """What the share is found by: the link, and the address that it is bound to."""
    address_keys = [email_key(link.grant.email)] if link.grant.email else []
    return [token_key(link.token), *address_keys]


def token_key(token: str) -> str:
    """What is kept of a token."""
    return key_hash(f"token {token}")


def email_key(email: str) -> str:
    """What a coach's address is looked up by."""
    return key_hash(f"email {email}")
