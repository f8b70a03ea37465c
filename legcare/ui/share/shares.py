"""The owner's side of sharing: make a link, see who opened it, take it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import segno
import streamlit as st
from pydantic import ValidationError

from legcare.charts import sentences as say
from legcare.config import config
from legcare.errors import BadRecord
from legcare.records import now
from legcare.sharing.grant import KINDS, Given, Grant, in_days
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
    if not _is_reachable(view):
        st.markdown(
            "A link works only where others can reach this dashboard. Here only this computer can:"
            " hand over the report or the ZIP instead, or give this computer a private address"
            " (documentation, *Hosting: reach your own computer*) and set it as LEGCARE_ADDRESS."
        )
        return
    _new_link(view)
    openings = sharing(view).openings()
    for share in sharing(view).given():
        _link_card(view, share, [at for share_id, at in openings if share_id == share.grant.id])


def _is_reachable(view: View) -> bool:
    """Whether somebody else can open a link to this server."""
    mode = view.visitor.mode
    return mode is Mode.HOSTED or (mode is Mode.LOCAL and config().address is not None)


def comments_for_owner(view: View) -> None:
    """What coaches wrote, on the owner's overview."""
    if view.logbook is None or not _is_reachable(view):
        return
    unread = view.once("unread-comments", sharing(view).unread)
    for comment in view.once("comments", sharing(view).comments)[:5]:
        with st.container(border=True, key=f"comment-{comment.id}"):
            if comment.id in unread:
                st.markdown(":material/fiber_new: **New**")
            show_comment(comment)
    if unread:
        tap("I have read the comments", mark_read, key="comments-read", icon=":material/done_all:")


def mark_read() -> None:
    """No comment is new any more."""
    sharing(current_view()).mark_read()


def _new_link(view: View) -> None:
    new_link: Link | None = st.session_state.pop(_NEW, None)
    if new_link is not None:
        st.success(
            "The link is ready. It is shown only now: copy it and send it to the person it is for."
        )
        address = f"{here()}{new_link.path}"
        st.code(address, language=None)
        st.markdown(
            "In the same room: let them point their camera at this picture. If the server sleeps"
            " when it is not used, the first opening may take a minute; the link stays good."
        )
        st.image(qr_code(address), width=280, alt="The link, for the camera of a phone")
    with st.expander("Make a link", icon=":material/add_link:"), st.form("grant"):
        fields = _grant_fields(view, None)
        if not st.form_submit_button("Make the link", type="primary"):
            return
    st.session_state[_NEW] = sharing(view).share(grant_of(fields))
    st.rerun()


def _grant_fields(view: View, now_so: Grant | None) -> dict[str, Any]:
    """The fields of a grant: of a new one, or as it is now."""
    key = f"grant-{now_so.id}" if now_so else "grant"
    grant = now_so or Grant(
        first_day=view.today - timedelta(days=90),
        last_day=view.today,
        expires_at=in_days(config().share_days),
    )
    period: list[Any] = [day for day in (grant.first_day, grant.last_day) if day]
    ends = max(1, round((grant.expires_at - now()) / timedelta(days=1)))
    factor_keys = sorted({reading.factor for reading in view.whole.readings})
    names = view.whole.factors
    fields: dict[str, Any] = {
        "name": st.text_input(
            "Your name, as the coach reads it", grant.name, max_chars=100, key=f"{key}-name"
        ),
        "label": st.text_input(
            "Whom it is for, as you read it", grant.label, max_chars=100, key=f"{key}-label"
        ),
        "period": st.date_input(
            "Days to show", value=period, format=view.formats.date_input, key=f"{key}-days"
        ),
        "kinds": tuple(
            st.pills(
                "What to show",
                list(KINDS),
                selection_mode="multi",
                default=list(grant.kinds),
                format_func=PLURAL.__getitem__,
                key=f"{key}-kinds",
            )
        ),
        "factors": tuple(
            st.multiselect(
                "Factors to show",
                sorted({*factor_keys, *grant.factors}),
                default=list(grant.factors),
                key=f"{key}-factors",
                format_func=lambda name: (
                    names[name].titled(view.formats.units) if name in names else name
                ),
            )
        ),
        "notes": st.toggle("Show my notes", grant.notes, key=f"{key}-notes"),
        "exact_times": st.toggle(
            "Show exact times (otherwise morning, evening ...)",
            grant.exact_times,
            key=f"{key}-exact",
        ),
        "adds": st.toggle(
            "May add cramps and massages, as a partner or carer", grant.adds, key=f"{key}-adds"
        ),
        "days": st.number_input("Days until the link ends", 1, 3650, ends, key=f"{key}-ends"),
    }
    if now_so is None:
        label = "Only for this signed-in e-mail address (may stay empty)"
        fields["email"] = st.text_input(label, key=f"{key}-email") or None
    return fields


def qr_code(address: str) -> str:
    """The address as a picture for a camera, dark on light in every theme."""
    return str(segno.make(address, error="m").svg_inline(scale=6, border=4, light="#fff"))


def grant_of(fields: dict[str, Any]) -> Grant:
    """The grant that was asked for; raises ``BadRecord`` with what is wrong."""
    period = fields.pop("period")
    if len(period) == 1:
        raise BadRecord(
            "The link was not made: choose the last day to show as well, or clear both to show"
            " every day."
        )
    first, last = period or (None, None)
    ends = now() + timedelta(days=int(fields.pop("days")))
    try:
        return Grant.model_validate(
            {**fields, "first_day": first, "last_day": last, "expires_at": ends}
        )
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise BadRecord(f"The link was not made: {message}. Correct it and try again.") from None


def _link_card(view: View, share: Given, openings: list[datetime]) -> None:
    grant = share.grant
    open_now = share.open_at(now())
    with st.container(border=True, key=f"grant-{grant.id}"):
        state = "revoked" if share.revoked_at else "open" if open_now else "ended"
        last_opening = (
            f"last opened {_day(share.opened_at.date())}" if share.opened_at else "never opened"
        )
        until = _day(grant.expires_at.date())
        st.markdown(
            f"**{plain(grant.label) or 'Link without a name'}** · {state} · until {until} ·"
            f" {last_opening}"
        )
        st.markdown(" ".join(plain(line) for line in grant.left_out()))
        if openings:
            times = "; ".join(_moment(view, at) for at in openings[:10])
            st.markdown(f"Opened (the last ten times): {times}.")
        if share.revoked_at is None:
            _change(view, grant)
        if open_now:
            tap(
                "New link, end the old one",
                rotate,
                key=f"rotate-{grant.id}",
                icon=":material/autorenew:",
                args=(grant,),
            )
            tap(
                "Revoke",
                revoke,
                key=f"revoke-{grant.id}",
                icon=":material/link_off:",
                args=(grant.id,),
            )


def _change(view: View, grant: Grant) -> None:
    """Let the owner change what a link shows, and until when."""
    with (
        st.expander("Change this link", icon=":material/edit:"),
        st.form(f"change-{grant.id}", border=False),
    ):
        fields = _grant_fields(view, grant)
        if not st.form_submit_button("Save the change"):
            return
    identity = {"id": grant.id, "created_at": grant.created_at, "email": grant.email}
    sharing(view).change(grant_of({**fields, **identity}))
    st.toast("The link shows this from the next click on")
    st.rerun()


def rotate(grant: Grant) -> None:
    """A new link in place of one that went too far."""
    st.session_state[_NEW] = sharing(current_view()).rotate(grant)


def _moment(view: View, at: datetime) -> str:
    local = at.astimezone(view.zone)
    return f"{view.formats.weekday_words(local)}, {view.formats.time(local)}"


def revoke(grant_id: UUID) -> None:
    """End a link at once."""
    sharing(current_view()).revoke(grant_id)


def _day(day: date) -> str:
    return say.day_words(day)
