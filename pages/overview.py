"""The first screen: last night, the last nights, and the welcome when there is nothing yet."""

from __future__ import annotations

from legcare.ui.overview.cards import also_in_the_log, nights_card, one_thing_to_do
from legcare.ui.overview.welcome import welcome
from legcare.ui.share.shares import comments_for_owner
from legcare.ui.shell.coach import comment_form
from legcare.ui.shell.page import begin
from legcare.ui.shell.saving import undo_bar
from legcare.ui.shell.session import View
from legcare.ui.today.last_night import last_night_card
from legcare.ui.today.night import night_buttons


def first_screen(view: View) -> None:
    """What ten seconds can tell."""
    if view.logbook is not None:
        night_buttons()
        last_night_card(view)
        undo_bar(view, reloaded=True)  # below what is tapped: nothing may move under a thumb
    nights_card(view)
    also_in_the_log(view)
    if view.logbook is not None:
        one_thing_to_do(view)
    comments_for_owner(view)
    comment_form(view)


view = begin("overview", needs="", undo=False)
if len(view.whole):
    first_screen(view)
else:
    welcome(view)
