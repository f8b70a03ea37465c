"""Links.

What opens, what does not and says why not, what the owner sees, what a coach may write.
"""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import event

from legcare.errors import NotAllowed
from legcare.records import Cramp, Reading, now
from legcare.sharing import REFUSED, Comment, Grant, Guest, LogView, Sharing
from legcare.storage import tables
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.storage.shares import Shares

AT = datetime(2026, 5, 4, 3, 17, tzinfo=UTC)


@pytest.fixture
def sharing(database: Database, logbook: Logbook) -> Sharing:
    logbook.keep(
        [Cramp(at=AT, note="private"), Reading(day="2026-05-04", factor="stress", value=7)],
        label="two",
    )
    return Sharing(database, logbook.person_id)


def ended(days: int = 1) -> Grant:
    begun = now() - timedelta(days=30 + days)
    return Grant(created_at=begun, expires_at=begun + timedelta(days=30))


def everything_kept(database: Database, sharing: Sharing) -> str:
    with database._engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                f"SELECT set_config('legcare.person', '{sharing._shares.person_id}', true)"
            )
        rows = [connection.execute(table.select()).all() for table in tables.metadata.sorted_tables]
    return repr(rows)


def comment(text: str = "Well done") -> Comment:
    return Comment(
        share_id=uuid4(), author="Coach", first_day="2026-05-01", last_day="2026-05-07", text=text
    )


def test_a_link_opens_what_was_granted(database: Database, sharing: Sharing) -> None:
    link = sharing.share(Grant(name="Anna", label="Physio"))
    view = Guest(database).enter(link.token)
    (seen,) = view.log().records
    assert (seen.type, seen.note, f"{seen.at:%H:%M}") == ("cramp", "", "02:00")
    assert (view.grant.name, view.preferences.checkin) == ("Anna", ())
    assert link.path == f"/s/{link.token}"
    assert link.grant.expires_at - link.grant.created_at == timedelta(days=30)


def test_a_view_follows_the_log_and_cannot_write(
    database: Database, sharing: Sharing, logbook: Logbook
) -> None:
    token = sharing.share(Grant(factors=("stress",), notes=True, exact_times=True)).token
    view = Guest(database).enter(token)
    logbook.keep([Cramp(at=AT)], label="more")
    assert Guest(database).enter(token).revision > view.revision
    assert len(view.log()) == 3
    assert {record.note for record in view.log().cramps} == {"private", ""}
    assert {name for name in dir(view) if not name.startswith("_")} == {
        "grant",
        "key",
        "left_out",
        "log",
        "preferences",
        "revision",
        "state",
    }
    with pytest.raises(AttributeError):
        view.grant = Grant()  # type: ignore[misc]


def test_a_token_is_256_bits_and_stands_nowhere(database: Database, sharing: Sharing) -> None:
    link = sharing.share(Grant())
    assert len(base64.urlsafe_b64decode(link.token + "=")) == 32
    kept = everything_kept(database, sharing)
    assert str(link.grant.id) in kept
    assert link.token not in kept
    assert link.token != sharing.share(Grant()).token


def test_whatever_is_wrong_answers_the_same(database: Database, sharing: Sharing) -> None:
    revoked, expired, bound = (
        sharing.share(grant) for grant in (Grant(), ended(), Grant(email="Coach@Example.org"))
    )
    sharing.revoke(revoked.grant.id)
    asked: list[list[str]] = []

    @event.listens_for(database._engine, "before_cursor_execute")
    def _note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked[-1].append(statement)

    for token in (
        revoked.token,
        expired.token,
        bound.token,
        "nonsense",
        "",
        "\x00",
        revoked.token.swapcase(),
    ):
        asked.append([])
        with pytest.raises(NotAllowed) as refused:
            Guest(database).enter(token)
        assert str(refused.value) == REFUSED
    assert all(statements == asked[0] for statements in asked)
    assert len(asked[0]) >= 2


def test_revoking_works_at_the_next_click(database: Database, sharing: Sharing) -> None:
    link = sharing.share(Grant())
    view = Guest(database).enter(link.token)
    sharing.revoke(link.grant.id)
    for read in (view.log, lambda: Guest(database).enter(link.token)):
        with pytest.raises(NotAllowed, match="taken back"):
            read()
    (given,) = sharing.given()
    assert given.revoked_at is not None
    assert not given.open_at(now())


def test_a_link_bound_to_an_address_opens_for_it_alone(
    database: Database, sharing: Sharing
) -> None:
    link = sharing.share(Grant(email=" Coach@Example.org "))
    assert len(Guest(database, "coach@example.ORG").enter(link.token).log()) == 1
    for other in (None, "", "someone@example.org"):
        with pytest.raises(NotAllowed):
            Guest(database, other).enter(link.token)


def test_an_address_lists_its_open_shares_only(database: Database, sharing: Sharing) -> None:
    mine = sharing.share(Grant(email="coach@example.org", name="Anna"))
    gone = sharing.share(Grant(email="coach@example.org"))
    sharing.share(Grant(email="other@example.org")), sharing.share(Grant())
    sharing.revoke(gone.grant.id)
    coach = Guest(database, "Coach@example.org")
    assert [shared.given.grant for shared in coach.shared()] == [mine.grant]
    assert len(coach.enter(mine.grant.id).log()) == 1
    for visitor, grant in (
        (coach, gone.grant),
        (Guest(database), mine.grant),
        (Guest(database, "x@y"), mine.grant),
    ):
        with pytest.raises(NotAllowed):
            visitor.enter(grant.id)
    assert Guest(database).shared() == ()


def test_the_owner_sees_when_a_link_was_opened(
    database: Database, sharing: Sharing, logbook: Logbook
) -> None:
    link = sharing.share(Grant())
    assert sharing.given()[0].opened_at is None
    before = logbook.revision()
    Guest(database).enter(link.token)
    opened = sharing.given()[0].opened_at
    assert opened is not None
    assert abs(opened - now()) < timedelta(minutes=1)
    assert logbook.revision() == before


def test_a_comment_reaches_the_owner_and_its_author_only(
    database: Database, sharing: Sharing
) -> None:
    one, two = sharing.share(Grant()), sharing.share(Grant(email="coach@example.org"))
    Guest(database).comment(one.token, comment("**hello**"))
    signed = Guest(database, "coach@example.org").comment(two.grant.id, comment("second"))
    assert (signed.author, signed.share_id) == ("coach@example.org", two.grant.id)
    assert {each.text for each in sharing.comments()} == {"**hello**", "second"}
    assert [each.text for each in Guest(database).comments(one.token)] == ["**hello**"]
    sharing.remove_comment(signed.id)
    assert [each.text for each in sharing.comments()] == ["**hello**"]
    sharing.revoke(one.grant.id)
    with pytest.raises(NotAllowed):
        Guest(database).comment(one.token, comment())


def test_comments_have_an_end(
    database: Database, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legcare.sharing.guest.MOST_COMMENTS", 2)
    link = sharing.share(Grant())
    for _ in range(2):
        Guest(database).comment(link.token, comment())
    with pytest.raises(NotAllowed, match="already 2 comments"):
        Guest(database).comment(link.token, comment())


def test_erasing_a_log_closes_its_links(
    database: Database, sharing: Sharing, logbook: Logbook
) -> None:
    link = sharing.share(Grant(email="coach@example.org"))
    logbook.erase()
    coach = Guest(database, "coach@example.org")
    with pytest.raises(NotAllowed):
        coach.enter(link.token)
    assert coach.shared() == ()


def test_another_person_can_neither_see_nor_revoke_a_share(
    database: Database, sharing: Sharing
) -> None:
    link = sharing.share(Grant())
    other = Sharing(database, database.person("local", "other"))
    assert other.given() == ()
    with pytest.raises(NotAllowed, match="no such link"):
        other.revoke(link.grant.id)
    assert isinstance(Guest(database).enter(link.token), LogView)


def test_the_banner_says_what_is_left_out() -> None:
    usual = " ".join(Grant().left_out())
    assert "morning, afternoon, evening or night" in usual
    assert "Notes are left out." in usual
    assert "Only days" not in usual
    assert Grant(first_day="2026-05-01").left_out()[0] == "Only days from 1 May 2026 on are shown."
    assert Grant(last_day="2026-05-01").left_out()[0] == "Only days up to 1 May 2026 are shown."
    part = Grant(
        first_day=date(2026, 5, 1),
        last_day="2026-05-31",
        kinds=("cramp",),
        notes=True,
        exact_times=True,
    )
    assert part.left_out()[:2] == (
        "Only days from 1 May 2026 to 31 May 2026 are shown.",
        "Not shared: massages, workouts.",
    )
    assert "Notes" not in " ".join(part.left_out())


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"first_day": "2026-05-02", "last_day": "2026-05-01"}, "before the first"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "must end after"),
    ],
)
def test_terms_that_contradict_themselves_are_refused(terms: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Grant(**terms)  # type: ignore[arg-type]


def test_the_nobody_behind_wrong_links_is_no_person(database: Database) -> None:
    assert Shares(database, UUID(int=0)).all() == ()
