"""The coach's side of sharing.

A link or a signed-in address opens a ``LogView``, or one and the same refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from legcare.errors import NotAllowed
from legcare.records import Log, now
from legcare.sharing.grant import Comment, Given, Grant, address
from legcare.sharing.owner import email_key, given, token_key
from legcare.sharing.redaction import redacted, redacted_preferences
from legcare.sharing.roster import RosterLine, begins, by_need, roster_line
from legcare.sharing.view import LogView
from legcare.storage.database import Database
from legcare.storage.documents import PREFERENCES, LogState
from legcare.storage.shares import KeptComment, KeptShare, Shares

REFUSED = (
    "This link does not open a log: it is wrong, has expired or was taken back, or it is meant for"
    " somebody who signs in with another address. Ask the person who sent it for a new one."
)
MOST_COMMENTS = 200
# A line of the roster with what it was drawn from: the day, the log's revision and the share as it
# stood.
Drawn = tuple[tuple[date, int, Given], RosterLine]
# A wrong link costs the same look-ups as an expired or revoked one.
_NOBODY = (UUID(int=0), UUID(int=0))


@dataclass(frozen=True)
class Shared:
    """A share that is open now: whose log, and how its owner sees it."""

    person_id: UUID
    given: Given


class Guest:
    """A visitor with a link, or signed in with an address (``email``, None where not signed in).

    A ``share_key`` is the token of a link, or the id of one of the grants that ``shared`` lists.
    """

    def __init__(self, database: Database, email: str | None = None) -> None:
        self._database = database
        self._email = address(email) if email else None

    def enter(self, share_key: str | UUID) -> LogView:
        """The log that a key opens.

        Raises ``NotAllowed`` with one and the same sentence for whatever is wrong.
        """
        person_id, share_id = self._share_of(share_key)
        shares = Shares(self._database, person_id)
        kept, state = shares.state(share_id)
        opened = self._checked(kept)
        shares.note_opening(share_id, opened.opened_at)

        def log() -> Log:
            kept, whole, preferences = shares.with_log(share_id)
            return redacted(whole, preferences, self._checked(kept).grant)

        shown = redacted_preferences(state.preferences, opened.grant).model_dump_json()
        seen = LogState(share_id, state.revision, {PREFERENCES: shown})
        return LogView(opened.grant, f"share-{share_id}", seen, log)

    def shared(self) -> tuple[Shared, ...]:
        """Every log shared with the signed-in address that is open now, oldest share first."""
        if self._email is None:
            return ()
        found = []
        for person_id, share_id in self._database.shares_of_key(email_key(self._email)):
            kept = Shares(self._database, person_id).one(share_id)
            if kept is not None and self._opens(kept):
                found.append(Shared(person_id, given(kept)))
        return tuple(
            sorted(found, key=lambda each: (each.given.grant.created_at, each.given.grant.id))
        )

    def roster(self, today: date, known: dict[UUID, Drawn] | None = None) -> tuple[RosterLine, ...]:
        """One line for each log shared with the signed-in address, those who need a look first.

        ``today`` is the coach's legcare day. A line's last visit is when this share was last
        opened. ``known`` holds lines from before, by share; it gets the new ones. A log is read
        again only where something has changed.
        """
        known = {} if known is None else known
        return by_need([self._line(each, today, known) for each in self.shared()])

    def _line(self, each: Shared, today: date, known: dict[UUID, Drawn]) -> RosterLine:
        shares, share = Shares(self._database, each.person_id), each.given.grant.id
        mark = (today, shares.state(share)[1].revision, each.given)
        if share not in known or known[share][0] != mark:
            _, log, preferences = shares.with_log(share, since=begins(today))
            known[share] = (
                mark,
                roster_line(each.given, log, preferences, today=today, seen=each.given.opened_at),
            )
        return known[share][1]

    def comment(self, share_key: str | UUID, comment: Comment) -> Comment:
        """Leave a comment on some days, for the owner to see.

        Returns it as kept, signed with the address if any.
        """
        shares, grant = self._behind(share_key)
        if len(_of(shares, grant)) >= MOST_COMMENTS:
            raise NotAllowed(
                f"There are already {MOST_COMMENTS} comments on this link; ask for a new one."
            )
        author = self._email or comment.author
        kept = comment.model_copy(
            update={
                "share_id": grant.id,
                "author": author,
                "verified": self._email is not None,
            }
        )
        shares.add_comment(KeptComment(kept.id, kept.share_id, kept.model_dump_json()))
        return kept

    def carer(self, token: str) -> tuple[UUID, Grant]:
        """The person for whom a link may add entries, and its grant.

        Raises ``NotAllowed`` where the link opens nothing, or is for reading alone.
        """
        shares, grant = self._behind(token)
        if not grant.adds:
            raise NotAllowed("This link is for reading: it adds nothing to the log.")
        return shares.person_id, grant

    def comments(self, share_key: str | UUID) -> tuple[Comment, ...]:
        """What was written by whoever came with this key, newest first.

        Comments of other coaches are not shown.
        """
        return _of(*self._behind(share_key))

    def _behind(self, share_key: str | UUID) -> tuple[Shares, Grant]:
        person_id, share_id = self._share_of(share_key)
        shares = Shares(self._database, person_id)
        return shares, self._checked(shares.one(share_id)).grant

    def _share_of(self, share_key: str | UUID) -> tuple[UUID, UUID]:
        """Person and share that a key opens; nobody's where it opens none."""
        if isinstance(share_key, str):
            shares = self._database.shares_of_key(token_key(share_key))
        else:
            with_address = self._database.shares_of_key(email_key(self._email or ""))
            shares = tuple(each for each in with_address if each[1] == share_key)
        return shares[0] if shares else _NOBODY

    def _checked(self, kept: KeptShare | None) -> Given:
        if kept is None or not self._opens(kept):
            raise NotAllowed(REFUSED)
        return given(kept)

    def _opens(self, kept: KeptShare) -> bool:
        each = given(kept)
        bound_to = each.grant.email
        return each.open_at(now()) and (bound_to is None or bound_to == self._email)


def _of(shares: Shares, grant: Grant) -> tuple[Comment, ...]:
    every = (
        Comment.model_validate_json(kept.body)
        for kept in shares.comments()
        if kept.share_id == grant.id
    )
    return tuple(sorted(every, key=lambda comment: (comment.at, comment.id), reverse=True))
