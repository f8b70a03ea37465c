"""The owner's side of sharing: make a link, see who opened it, take it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import streamlit as st
from pydantic import ValidationError

from legcare.charts import sentences as say
from legcare.config import config
from legcare.errors import BadRecord
from legcare.records import now
from legcare.sharing.grant import KINDS, Given, Grant
from legcare.sharing.owner import Link, Sharing
from legcare.ui.parts.text import plain
from legcare.ui.shell.address import here
from legcare.ui.shell.coach import show_comment
from legcare.ui.shell.saving import tap, writable
from legcare.ui.shell.server_state import open_database
from legcare.ui.shell.session import View, current_view
from legcare.ui.shell.visitor import Mode

_NEW = "new-share"
PLURAL = {kind: f"{kind.capitalize()}s" for kind in KINDS}


def sharing(view: View) -> Sharing:
    """The shares of the visitor's own log."""
    return Sharing(open_database(config().database_url), writable(view).person_id)


def links(view: View) -> None:
    """The form for a new link and the list of those that were made."""
    st.header("Links for a coach", anchor=False)
    if view.visitor.mode is not Mode.HOSTED:
        st.markdown(
            "A link works only where others can reach this dashboard and sign in. Here, hand over"
            " the report or the ZIP instead."
        )
        return
    _new_link(view)
    for given in sharing(view).given():
        _given(view, given)


def comments_for_owner(view: View) -> None:
    """What coaches wrote, on the owner's overview."""
    if view.visitor.mode is not Mode.HOSTED or view.logbook is None:
        return
    for comment in view.once("comments", sharing(view).comments)[:5]:
        with st.container(border=True, key=f"comment-{comment.id}"):
            show_comment(comment)


def _new_link(view: View) -> None:
    made: Link | None = st.session_state.pop(_NEW, None)
    if made is not None:
        st.success(
            "The link is ready. It is shown only now: copy it and send it to the person it is for."
        )
        st.code(f"{here()}{made.path}", language=None)
    with st.expander("Make a link", icon=":material/add_link:"), st.form("grant"):
        said = _asked(view)
        if not st.form_submit_button("Make the link", type="primary"):
            return
    st.session_state[_NEW] = sharing(view).share(grant_of(said))
    st.rerun()


def _asked(view: View) -> dict[str, Any]:
    held = sorted({reading.factor for reading in view.whole.readings})
    names = view.whole.factors
    return {
        "name": st.text_input("Your name, as the coach reads it", max_chars=100, key="grant-name"),
        "label": st.text_input("Whom it is for, as you read it", max_chars=100, key="grant-label"),
        "period": st.date_input(
            "Days to show",
            value=(view.today - timedelta(days=90), view.today),
            format=view.formats.date_input,
            key="grant-days",
        ),
        "kinds": tuple(
            st.pills(
                "What to show",
                list(KINDS),
                selection_mode="multi",
                default=list(KINDS),
                format_func=PLURAL.__getitem__,
                key="grant-kinds",
            )
        ),
        "factors": tuple(
            st.multiselect(
                "Factors to show",
                held,
                key="grant-factors",
                format_func=lambda key: (
                    names[key].titled(view.formats.units) if key in names else key
                ),
            )
        ),
        "notes": st.toggle("Show my notes", key="grant-notes"),
        "exact_times": st.toggle(
            "Show exact times (otherwise morning, evening ...)", key="grant-exact"
        ),
        "days": st.number_input(
            "Days until the link ends", 1, 3650, config().share_days, key="grant-ends"
        ),
        "email": (
            st.text_input(
                "Only for this signed-in e-mail address (may stay empty)", key="grant-email"
            )
            or None
        ),
    }


def grant_of(said: dict[str, Any]) -> Grant:
    """The grant that was asked for; raises ``BadRecord`` with what is wrong."""
    period = said.pop("period")
    if len(period) == 1:
        raise BadRecord(
            "The link was not made: choose the last day to show as well, or clear both to show"
            " every day."
        )
    first, last = period or (None, None)
    ends = now() + timedelta(days=int(said.pop("days")))
    try:
        return Grant.model_validate(
            {**said, "first_day": first, "last_day": last, "expires_at": ends}
        )
    except ValidationError as error:
        told = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise BadRecord(f"The link was not made: {told}. Correct it and try again.") from None


def _given(view: View, given: Given) -> None:
    grant = given.grant
    open_now = given.open_at(now())
    with st.container(border=True, key=f"grant-{grant.id}"):
        state = "revoked" if given.revoked_at else "open" if open_now else "ended"
        opened = (
            f"last opened {_day(given.opened_at.date())}" if given.opened_at else "never opened"
        )
        until = _day(grant.expires_at.date())
        st.markdown(
            f"**{plain(grant.label) or 'Link without a name'}** · {state} · until {until} ·"
            f" {opened}"
        )
        st.markdown(" ".join(plain(line) for line in grant.left_out()))
        if open_now:
            tap(
                "Revoke",
                revoke,
                key=f"revoke-{grant.id}",
                icon=":material/link_off:",
                args=(grant.id,),
            )


def revoke(grant_id: UUID) -> None:
    """End a link at once."""
    sharing(current_view()).revoke(grant_id)


def _day(day: date) -> str:
    return say.day_words(day)
