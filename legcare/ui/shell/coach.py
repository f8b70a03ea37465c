"""The coach's side: whose log this is, what is left out and until when; comments."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from legcare.charts import sentences as say
from legcare.errors import BadRecord, LegcareError
from legcare.sharing.grant import Comment
from legcare.sharing.view import LogView
from legcare.ui.parts.text import plain
from legcare.ui.shell.address import link_in_this_tab
from legcare.ui.shell.session import View
from legcare.ui.shell.visitor import OPENED_SHARE, close_share
from legcare.ui.shell.visitor import visitor as visitor_now

_TEXT = "comment-text"


def coach_banner(view: View) -> None:
    """Whose log, what is left out, until when, and the way out."""
    shared = view.visitor.shared
    if shared is None:
        return
    grant = shared.grant
    with st.container(border=True, key="coach-banner"):
        whose = plain(grant.name) or "Somebody"
        st.markdown(
            f":material/visibility: **{whose}** shared this log with you to read, until "
            f"{say.day_words(grant.expires_at)}."
        )
        left_out = " ".join(plain(line) for line in shared.left_out())
        st.markdown(f'{left_out} "You" and "your" mean this person on every page.')
        if grant.adds and isinstance(view.visitor.share_key, str):
            link_in_this_tab("Add a cramp or a massage for them", "/night")
        if OPENED_SHARE in st.session_state:
            st.button(
                "Back to the roster",
                on_click=close_share,
                key="close-share",
                icon=":material/arrow_back:",
            )
        else:
            link_in_this_tab("Leave this log", "/leave")


def comment_form(view: View) -> None:
    """Let a coach say something about some days of the log."""
    guest, share_key = view.visitor.guest, view.visitor.share_key
    if view.visitor.shared is None or guest is None:
        return
    st.header("Comments", anchor=False)
    for comment in view.once("comments", lambda: guest.comments(share_key)):
        show_comment(comment)
    with st.form("comment"):
        st.date_input(
            "Which days",
            value=(view.today, view.today),
            format=view.formats.date_input,
            key="comment-days",
        )
        st.text_input("Your name", max_chars=200, key="comment-author")
        st.text_area("Your comment", max_chars=4000, key=_TEXT)
        st.form_submit_button(
            "Leave this comment",
            icon=":material/add_comment:",
            on_click=_leave,
            key="comment",
        )


def _leave() -> None:
    """Send what the form holds; what could not be sent stays in the form, with the reason."""
    days, author = st.session_state["comment-days"], st.session_state["comment-author"]
    try:
        visitor = visitor_now()
        if visitor.guest is not None and visitor.shared is not None:
            comment = _comment(visitor.shared, days, author, st.session_state[_TEXT])
            visitor.guest.comment(visitor.share_key, comment)
    except LegcareError as refused:
        st.error(str(refused))
        return
    st.session_state[_TEXT] = ""


def show_comment(comment: Comment) -> None:
    """One comment, as text."""
    sure = {True: " (signed in)", False: " (name not checked)", None: ""}[comment.verified]
    who = f"{plain(comment.author)}{sure}, " if comment.author else ""
    days = say.day_words(comment.first_day)
    if comment.last_day != comment.first_day:
        days = f"{days} to {say.day_words(comment.last_day)}"
    st.markdown(f":material/comment: {who}on {days}:")
    st.text(comment.text)


def _comment(shared: LogView, days: tuple[object, ...], author: str, text: str) -> Comment:
    if not days:
        raise BadRecord("Choose the days that the comment is about. Nothing was sent.")
    try:
        return Comment.model_validate(
            {
                "share_id": shared.grant.id,
                "first_day": days[0],
                "last_day": days[-1],
                "author": author,
                "text": text.strip(),
            }
        )
    except ValidationError:
        raise BadRecord(
            "Write something into the comment before you send it. Nothing was sent."
        ) from None
