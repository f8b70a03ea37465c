"""A link on the Share page after it was made, and every page under every grant."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from streamlit.testing.v1 import AppTest

from legcare.errors import NotAllowed
from legcare.sharing import Comment, Grant, Guest, Sharing
from legcare.sharing.grant import KINDS
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell import visitor
from legcare.ui.shell.menu import ENTRIES, WRITING
from tests.pages.conftest import Opener
from tests.pages.logs import sample
from tests.pages.test_phones import submit, words

READ = sorted(set(ENTRIES) - WRITING - {"people"})
SUBSETS = [kinds for size in range(4) for kinds in combinations(KINDS, size)]
EXTRAS: tuple[dict[str, object], ...] = (
    {},
    {"notes": True, "exact_times": True, "factors": ("hydration_ml", "stress"), "adds": True},
    {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 5)},
    {"first_day": date(2020, 1, 1), "last_day": date(2020, 1, 5)},
)
GRANTS = [(kinds, EXTRAS[number % len(EXTRAS)]) for number, kinds in enumerate(SUBSETS)]


@pytest.fixture
def sharing(logbook: Logbook, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Sharing:
    """The links of a log with a season's records, which others can reach."""
    monkeypatch.setenv("LEGCARE_ADDRESS", "https://home.example.ts.net")
    monkeypatch.setenv("LEGCARE_CLOCK", "2026-11-15T21:30:00+00:00")
    logbook.keep(sample(), label="sample")
    return Sharing(Database.open(database_url), logbook.person_id)


@pytest.mark.parametrize(("kinds", "more"), GRANTS)
def test_every_page_opens_under_every_grant_or_says_why_not(
    kinds: tuple[str, ...],
    more: dict[str, object],
    open_page: Opener,
    sharing: Sharing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = sharing.share(Grant.model_validate({"kinds": kinds, **more}))
    monkeypatch.setattr(visitor, "reached_from_elsewhere", lambda: True)
    monkeypatch.setattr(visitor, "share_cookie", lambda: link.token)
    page = open_page("overview")
    for name in READ:
        if name != "overview":
            page.switch_page(f"../../../pages/{name}.py").run()
        assert [entry.message for entry in page.exception] == [], name
        assert says_something(page), name


def says_something(page: AppTest) -> bool:
    """Whether there is more than the frame and the banner: sentences, a chart or a notice."""
    banner = {each.value for each in page.get("markdown") if "shared this log" in each.value}
    sentences = [each.value for each in page.main.markdown if each.value not in banner]
    words_on_page = sum(len(value.split()) for value in sentences)
    return bool(page.title) and (words_on_page > 12 or len(page.info) > 0 or len(page.error) > 0)


def test_what_a_link_shows_is_changed_and_the_link_renewed_on_the_page(
    open_page: Opener, sharing: Sharing, database_url: str
) -> None:
    link = sharing.share(Grant(label="Coach"))
    Guest(database := Database.open(database_url)).enter(link.token)
    page = open_page("share")
    assert "Opened (the last ten times): " in words(page)
    page.toggle(key=f"grant-{link.grant.id}-notes").set_value(True)
    page.number_input(key=f"grant-{link.grant.id}-ends").set_value(400)
    submit(page, "Save the change")
    (share,) = sharing.given()
    assert share.grant.notes
    assert (share.grant.expires_at - share.grant.created_at).days >= 399
    assert (share.grant.kinds, share.grant.first_day) == (KINDS, None)
    page = open_page("share")
    page.button(key=f"rotate-{link.grant.id}").click().run()
    new = next(each.value for each in page.code if "/s/" in each.value).rpartition("/")[2]
    assert Guest(database).enter(new).grant.notes
    with pytest.raises(NotAllowed):
        Guest(database).enter(link.token)


def test_a_new_comment_is_marked_until_its_owner_has_read_it(
    open_page: Opener, sharing: Sharing, database_url: str
) -> None:
    link = sharing.share(Grant())
    day = date(2026, 11, 14)
    comment = Comment(share_id=link.grant.id, first_day=day, last_day=day, text="Fine", author="P")
    Guest(Database.open(database_url)).comment(link.token, comment)
    page = open_page("overview")
    assert "**New**" in words(page)
    assert "P (name not checked)" in words(page)
    page.button(key="comments-read").click().run()
    assert "**New**" not in words(page)
    assert "P (name not checked)" in words(page)
