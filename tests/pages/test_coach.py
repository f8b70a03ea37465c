"""A server with a sign-in, as owner and coach meet it.

What opens, what does not, and what is said about it.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from legcare.errors import BadRecord
from legcare.records import now
from legcare.records.models import new_id
from legcare.reports.first_page import Cover
from legcare.sharing import REFUSED, Comment, Grant, Guest, Sharing
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.people.roster import SEARCHED
from legcare.ui.share.report import report_of
from legcare.ui.share.shares import grant_of
from legcare.ui.shell import sign_in, visitor
from legcare.ui.shell.menu import WRITING, may_open
from legcare.ui.shell.session import View
from legcare.ui.shell.sign_in import Identity
from tests.pages.conftest import Opener
from tests.pages.logs import said, sample

EVENING = "2026-11-15T21:30:00+00:00"
OWNER = Identity("https://id.example", "owner", "anna@example.org", 10, "anna@example.org")
COACH = Identity("https://id.example", "coach", "coach@example.org", 10, "coach@example.org")
UNVERIFIED = Identity("https://id.example", "coach", "coach@example.org", 10, None)


@pytest.fixture
def hosted(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A server with a sign-in; nobody is signed in yet."""
    monkeypatch.setenv("LEGCARE_CLOCK", EVENING)
    monkeypatch.setattr(sign_in, "configured", lambda: True)
    monkeypatch.setattr(sign_in, "identity", lambda: None)
    return Database.open(database_url)


@pytest.fixture
def owners(hosted: Database) -> Logbook:
    """The log of the owner, with the runner's records."""
    logbook = Logbook(hosted, hosted.person(OWNER.issuer, OWNER.subject, OWNER.label))
    logbook.keep(sample(), label="sample")
    return logbook


def signed_in_as(monkeypatch: pytest.MonkeyPatch, who: Identity | None, token: str = "") -> None:
    monkeypatch.setattr(sign_in, "identity", lambda: who)
    monkeypatch.setattr(visitor, "share_cookie", lambda: token)


def words(page: AppTest) -> str:
    assert [entry.message for entry in page.exception] == []
    return "\n".join([said(page), *(text.value for text in page.get("text"))])


def coach_view(hosted: Database, token: str) -> View:
    shared = Guest(hosted).enter(token)
    who = visitor.Visitor(
        visitor.Mode.HOSTED,
        shared.state,
        shared.log,
        shared.key,
        shared=shared,
        guest=Guest(hosted),
        share_key=token,
    )
    return View(who, shared.log, "Everything", date(2026, 11, 15))


def test_the_banner_says_whose_log_until_when_and_what_is_left_out(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = Grant(name="Anna *B*", kinds=("cramp",))
    signed_in_as(monkeypatch, None, Sharing(hosted, owners.person_id).share(grant).token)
    page = open_page("overview")
    assert r"**Anna \*B\*** shared this log with you to read, until" in words(page)
    assert "Not shared: massages, workouts." in words(page)
    assert "Notes are left out." in words(page)
    assert [each.value for each in page.html if ">Leave this log<" in each.value]


def test_a_coach_is_not_offered_a_page_that_writes(hosted: Database, owners: Logbook) -> None:
    view = coach_view(hosted, Sharing(hosted, owners.person_id).share(Grant()).token)
    assert [
        name
        for name in ("today", "log", "upload", "experiment", "settings", "people")
        if may_open(view, name)
    ] == []
    assert {"today", "log", "upload", "experiment", "settings"} == WRITING
    assert may_open(view, "frequency")
    assert may_open(view, "share")


def test_a_coachs_report_says_what_was_left_out(hosted: Database, owners: Logbook) -> None:
    grant = Grant(name="Anna", kinds=("cramp",))
    view = coach_view(hosted, Sharing(hosted, owners.person_id).share(grant).token)
    made = report_of(view, ("frequency",), Cover(view.today, grant.name))
    assert "Leg cramps: Anna" in made.html
    assert [line for line in grant.left_out() if line not in made.html] == []


def test_a_coachs_share_page_takes_the_report_but_makes_no_link(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(
        monkeypatch, None, Sharing(hosted, owners.person_id).share(Grant(name="Anna")).token
    )
    page = open_page("share")
    assert "For your doctor" in words(page)
    assert "Links for a coach" not in words(page)
    (pills,) = page.button_group
    assert "experiments" not in pills.value


def test_a_comment_is_left_by_the_coach_and_seen_by_the_owner(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Sharing(hosted, owners.person_id).share(Grant()).token
    signed_in_as(monkeypatch, None, token)
    page = open_page("overview")
    page.text_input(key="comment-author").input("Physio *P*")
    page.text_area(key="comment-text").input("More <b>water</b>?")
    next(button for button in page.button if button.label == "Leave this comment").click().run()
    assert "More <b>water</b>?" in words(page)
    (kept,) = Sharing(hosted, owners.person_id).comments()
    assert (kept.author, kept.text, kept.first_day) == (
        "Physio *P*",
        "More <b>water</b>?",
        date(2026, 11, 15),
    )
    signed_in_as(monkeypatch, OWNER)
    assert r"Physio \*P\* (name not checked), on" in words(open_page("overview"))
    assert "More <b>water</b>?" in [text.value for text in open_page("overview").get("text")]


def test_an_empty_comment_is_not_sent(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, None, Sharing(hosted, owners.person_id).share(Grant()).token)
    page = open_page("overview")
    page.text_input(key="comment-author").input("Physio")
    next(button for button in page.button if button.label == "Leave this comment").click().run()
    assert Sharing(hosted, owners.person_id).comments() == ()
    assert "Write something into the comment before you send it. Nothing was sent." in words(page)
    assert page.text_input(key="comment-author").value == "Physio", "what was entered stays"


def test_a_comment_on_a_link_revoked_meanwhile_is_refused_with_the_usual_sentence(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = Sharing(hosted, owners.person_id)
    link = sharing.share(Grant(name="Anna"))
    signed_in_as(monkeypatch, None, link.token)
    page = open_page("overview")
    page.text_area(key="comment-text").input("More water?")
    sharing.revoke(link.grant.id)
    next(button for button in page.button if button.label == "Leave this comment").click().run()
    assert REFUSED in [error.value for error in page.error]
    assert "Anna" not in words(page)
    assert sharing.comments() == ()


def test_a_revoked_link_opens_nothing_and_says_so(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = Sharing(hosted, owners.person_id)
    link = sharing.share(Grant(name="Anna"))
    sharing.revoke(link.grant.id)
    signed_in_as(monkeypatch, None, link.token)
    page = open_page("overview")
    assert [error.value for error in page.error] == [REFUSED]
    assert "Anna" not in words(page)
    assert [each.value for each in page.html if ">Go on without this link<" in each.value]


def test_the_roster_lists_who_shared_and_opens_their_log(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Sharing(hosted, owners.person_id).share(
        Grant(name="Anna *B*", email="coach@example.org")
    )
    signed_in_as(monkeypatch, COACH)
    page = open_page("people")
    assert r"**Anna \*B\***" in words(page)
    assert (
        "Cramps a week in the last 4 weeks: **2.7** (1.0 to 5.9, 26 tracked days); in the 4 weeks"
        " before: " in words(page)
    )
    assert "Nobody needs a look now (1)" in words(page)
    assert "Find a person" not in [field.label for field in page.text_input]
    assert "since your last visit" in words(page)
    page.button(key=f"open-{link.grant.id}").click().run()
    assert r"**Anna \*B\*** shared this log with you to read" in words(page)
    assert "Open today" not in [str(found) for found in page.get("page_link")]
    reloaded = open_page("overview", of=str(link.grant.id))
    assert r"**Anna \*B\*** shared this log with you to read" in words(reloaded)
    for each in (page, reloaded):
        each.button(key="close-share").click().run()
        assert "shared this log with you to read" not in words(each)
        assert "of" not in each.query_params


def test_an_address_of_a_log_that_was_not_shared_with_the_visitor_is_refused(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Sharing(hosted, owners.person_id).share(Grant(name="Anna", email="other@example.org"))
    signed_in_as(monkeypatch, COACH)
    for named in (str(link.grant.id), str(new_id())):
        page = open_page("overview", of=named)
        assert [error.value for error in page.error] == [REFUSED]
        assert "Anna" not in words(page)
        assert "of" not in page.query_params
    assert "shared this log" not in words(open_page("overview", of="no such thing"))


def test_signing_out_everywhere_closes_the_logs_of_others_too(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Sharing(hosted, owners.person_id).share(Grant(name="Anna", email="coach@example.org"))
    signed_in_as(monkeypatch, COACH)
    page = open_page("people")
    page.button(key=f"open-{link.grant.id}").click().run()
    coachs = Logbook(hosted, hosted.person(COACH.issuer, COACH.subject, COACH.label))
    coachs.remember(sign_in.VALID_FROM, COACH.issued_at + 1)
    page.run()
    assert "You were signed out everywhere." in words(page)
    assert "Anna" not in words(page)
    signed_in_as(monkeypatch, COACH, link.token)
    assert [error.value for error in open_page("overview").error] == [REFUSED]


def test_in_a_long_roster_a_person_is_found_by_name(
    open_page: Opener, hosted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(SEARCHED):
        Sharing(hosted, hosted.person("club", f"{number}")).share(
            Grant(name=f"Nr {number}", email="coach@example.org")
        )
    signed_in_as(monkeypatch, COACH)
    page = open_page("people")
    assert f"Needs a look ({SEARCHED})" in words(page)
    page.text_input(key="roster-find").input("nR 3").run()
    assert [button.label for button in page.button if str(button.key).startswith("open-")] == [
        "Open Nr 3"
    ]
    page.text_input(key="roster-find").input("nobody").run()
    assert "Nobody of that name has shared a log with you." in words(page)


def test_an_address_that_nobody_verified_opens_nothing(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Sharing(hosted, owners.person_id).share(Grant(name="Anna", email="coach@example.org"))
    signed_in_as(monkeypatch, UNVERIFIED)
    assert "Nobody has shared a log with your address yet." in words(open_page("people"))
    signed_in_as(monkeypatch, UNVERIFIED, link.token)
    assert [error.value for error in open_page("overview").error] == [REFUSED]


@pytest.mark.parametrize(
    ("verified", "email"), [(True, "a@b.org"), ("true", "a@b.org"), (False, None), (None, None)]
)
def test_only_a_verified_address_counts(
    verified: object, email: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class User:
        is_logged_in = True

        def to_dict(self) -> dict[str, object]:
            return {
                "iss": "i",
                "sub": "s",
                "email": "a@b.org",
                "email_verified": verified,
                "iat": 5,
            }

    monkeypatch.setattr(sign_in.st, "user", User())
    who = sign_in.identity()
    assert who == Identity("i", "s", "a@b.org", 5, email, who.sign_in)
    assert len(who.sign_in) == 64


def test_the_owner_makes_a_link_and_takes_it_back(
    open_page: Opener, hosted: Database, owners: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in_as(monkeypatch, OWNER)
    page = open_page("share")
    page.text_input(key="grant-name").input("Anna")
    page.text_input(key="grant-label").input("My physio")
    next(button for button in page.button if button.label == "Make the link").click().run()
    (given,) = Sharing(hosted, owners.person_id).given()
    assert (given.grant.name, given.grant.label, given.grant.notes) == ("Anna", "My physio", False)
    assert "It is shown only now" in page.success[0].value
    path = page.code[0].value
    assert Guest(hosted).enter(path[path.index("/s/") + 3 :]).grant.id == given.grant.id
    assert "**My physio** · open · until" in words(page)
    page.button(key=f"revoke-{given.grant.id}").click().run()
    assert "**My physio** · revoked · until" in words(page)
    assert not page.code, "a link is shown once"


def test_a_grant_that_cannot_be_says_why() -> None:
    asked = {"period": (date(2026, 5, 1), date(2026, 4, 1)), "days": 30}
    with pytest.raises(
        BadRecord, match=r"The link was not made: the last day .* lies before the first"
    ):
        grant_of(asked)
    with pytest.raises(BadRecord, match="is not an e-mail address"):
        grant_of({"period": (), "days": 30, "email": "coach"})
    with pytest.raises(BadRecord, match="choose the last day to show as well"):
        grant_of({"period": (date(2026, 5, 1),), "days": 30})
    open_ended = grant_of({"period": (), "days": 2})
    assert (open_ended.first_day, open_ended.last_day) == (None, None)
    assert timedelta(days=1) < open_ended.expires_at - now() <= timedelta(days=2)


@pytest.mark.parametrize(
    ("headers", "elsewhere"),
    [
        ({"Host": "localhost:8501"}, False),
        ({"Host": "127.0.0.1:8501"}, False),
        ({"Host": "127.0.0.1"}, False),
        ({"Host": "[::1]:8501"}, False),
        ({"Host": "[::1]"}, False),
        ({}, False),
        ({"Host": "legcare.example.org"}, True),
        ({"Host": "192.168.1.7:8501"}, True),
        ({"Host": "localhost.example.org:8501"}, True),
        ({"Host": "localhost:8501", "X-Forwarded-For": "10.0.0.1"}, True),
        ({"Host": "localhost:8501", "X-Forwarded-Host": "legcare.example.org"}, True),
        ({"Host": "localhost:8501", "Forwarded": "for=10.0.0.1"}, True),
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", None])
def test_whether_a_request_comes_from_elsewhere(
    headers: dict[str, str], elsewhere: bool, address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Context:
        pass

    context = Context()
    context.headers = headers  # type: ignore[attr-defined]
    monkeypatch.setattr(visitor.st, "context", context)
    monkeypatch.setattr(visitor.st, "get_option", lambda _: address)
    assert visitor.reached_from_elsewhere() is (elsewhere or address != "127.0.0.1")


def test_a_comment_has_its_days_in_order() -> None:
    with pytest.raises(ValueError, match="lies before the first"):
        Comment(
            share_id=Grant().id, first_day=date(2026, 5, 2), last_day=date(2026, 5, 1), text="x"
        )
