"""A link after it was made: changed, renewed, its openings, its comments, who may add."""

from __future__ import annotations

from datetime import timedelta

import pytest

from legcare.errors import NotAllowed
from legcare.records import Cramp, now
from legcare.sharing import Comment, Grant, Guest, Sharing
from legcare.storage import shares
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook


@pytest.fixture
def logbook(database: Database) -> Logbook:
    mine = Logbook(database, database.person("local", "owner"))
    mine.keep([Cramp(at=now(), note="a secret")], label="one")
    return mine


@pytest.fixture
def sharing(database: Database, logbook: Logbook) -> Sharing:
    return Sharing(database, logbook.person_id)


def comment_on(grant: Grant, text: str = "Well done") -> Comment:
    day = now().date()
    return Comment(share_id=grant.id, first_day=day, last_day=day, text=text, author="Dr. Bob")


def test_a_link_shows_what_was_changed_from_the_next_click_on(
    database: Database, sharing: Sharing
) -> None:
    link = sharing.share(Grant(label="Coach"))
    assert [cramp.note for cramp in Guest(database).enter(link.token).log().cramps] == [""]
    later = now() + timedelta(days=90)
    more = link.grant.model_copy(update={"notes": True, "expires_at": later})
    sharing.change(more)
    view = Guest(database).enter(link.token)
    assert [cramp.note for cramp in view.log().cramps] == ["a secret"]
    assert view.grant.expires_at == later
    sharing.change(more.model_copy(update={"kinds": ()}))
    assert view.log().cramps == ()  # also for a page that is open already
    sharing.revoke(link.grant.id)
    with pytest.raises(NotAllowed, match="was revoked and stays so"):
        sharing.change(more)
    with pytest.raises(NotAllowed):
        Guest(database).enter(link.token)


def test_a_renewed_link_ends_the_old_one_and_keeps_its_address_and_comments(
    database: Database, sharing: Sharing
) -> None:
    old = sharing.share(Grant(email="coach@example.org"))
    coach = Guest(database, "coach@example.org")
    coach.comment(old.token, comment_on(old.grant))
    new = sharing.rotate(old.grant)
    assert new.token != old.token
    with pytest.raises(NotAllowed):
        coach.enter(old.token)
    assert coach.enter(new.token).grant == old.grant
    assert [shared.given.grant for shared in coach.shared()] == [old.grant]
    assert [comment.text for comment in coach.comments(new.token)] == ["Well done"]


def test_each_opening_is_listed_by_its_time_alone(
    database: Database, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = sharing.share(Grant())
    for _ in range(3):
        Guest(database).enter(link.token)  # clicks of one visit are one opening
    assert [share for share, _ in sharing.openings()] == [link.grant.id]
    monkeypatch.setattr(shares, "OPENING_NOTED_EVERY", timedelta(0))
    Guest(database).enter(link.token)
    moments = [at for _, at in sharing.openings()]
    assert len(moments) == 2
    assert moments == sorted(moments, reverse=True)
    assert abs(now() - moments[0]) < timedelta(minutes=5)
    monkeypatch.setattr(shares, "OPENINGS_KEPT", timedelta(0))
    Guest(database).enter(link.token)
    assert len(sharing.openings()) == 1


def test_a_comment_is_new_until_it_is_read_and_says_whether_its_name_was_checked(
    database: Database, sharing: Sharing
) -> None:
    link, bound = sharing.share(Grant()), sharing.share(Grant(email="coach@example.org"))
    forged = comment_on(link.grant).model_copy(update={"verified": True})
    Guest(database).comment(link.token, forged)
    assert len(sharing.unread()) == 1
    sharing.mark_read()
    assert sharing.unread() == frozenset()
    Guest(database, "coach@example.org").comment(bound.token, comment_on(bound.grant, "Later"))
    later, first = sharing.comments()
    assert (first.author, first.verified) == ("Dr. Bob", False)
    assert (later.author, later.verified) == ("coach@example.org", True)
    assert sharing.unread() == {later.id}


def test_a_link_adds_entries_only_where_its_owner_said_so(
    database: Database, sharing: Sharing, logbook: Logbook
) -> None:
    reading, adding = sharing.share(Grant()), sharing.share(Grant(label="Ben", adds=True))
    with pytest.raises(NotAllowed, match="for reading"):
        Guest(database).carer(reading.token)
    with pytest.raises(NotAllowed):
        Guest(database).carer("guess")
    assert Guest(database).carer(adding.token) == (logbook.person_id, adding.grant)
    sharing.revoke(adding.grant.id)
    with pytest.raises(NotAllowed):
        Guest(database).carer(adding.token)
