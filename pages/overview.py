"""The first screen: last night, the last nights, and the welcome when there is nothing yet."""

from __future__ import annotations

import streamlit as st

from legcare.ui.benefits.answer import answer_card, answer_of
from legcare.ui.overview.cards import also_in_the_log, nights_card, one_thing_to_do
from legcare.ui.overview.welcome import welcome
from legcare.ui.safety.notices import safety_notice
from legcare.ui.share.shares import comments_for_owner
from legcare.ui.shell.coach import comment_form
from legcare.ui.shell.page import begin
from legcare.ui.shell.samples import guess_and_truth, open_person
from legcare.ui.shell.saving import undo_bar
from legcare.ui.shell.session import View
from legcare.ui.today.last_night import last_night_card
from legcare.ui.today.night import night_buttons


def first_screen(view: View) -> None:
    """What ten seconds can tell: last night, the nights before it, the massage answer."""
    if view.logbook is not None:
        night_buttons()
        safety_notice(view)
    person = open_person()
    if person is not None:
        guess_and_truth(person, answer_of(view))
    left, right = st.columns(2)
    with left:
        if view.logbook is not None:
            last_night_card(view)
            # Below what is tapped: nothing may move under a thumb.
            undo_bar(view, reloaded=True)
        nights_card(view)
        if view.logbook is not None:
            one_thing_to_do(view)
    with right:
        answer_card(view)
        also_in_the_log(view)
    comments_for_owner(view)
    comment_form(view)


view = begin("overview", needs="", undo=False)
if len(view.whole):
    first_screen(view)
else:
    welcome(view)
