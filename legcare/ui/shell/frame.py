"""The frame around every page.

Who is looking, the menu, the period, and the way to the safety text.

This is the main script of the application. It must not stand beside a folder called ``pages``:
Streamlit would then run a page without it on the first visit after a start (see
docs/architecture.md).
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from legcare.errors import NotAllowed, Unreachable
from legcare.storage.log_file import LogDamaged, LogGone
from legcare.ui.settings.backups import recovery_screen
from legcare.ui.shell import sign_in
from legcare.ui.shell.address import link_in_this_tab
from legcare.ui.shell.coach import coach_banner
from legcare.ui.shell.memory import Sweeps
from legcare.ui.shell.menu import closed_menu, menu
from legcare.ui.shell.page import footer
from legcare.ui.shell.samples import leave_sample, open_person, resume_sample, sample_choice
from legcare.ui.shell.saving import send_again, waiting_bar
from legcare.ui.shell.session import (
    PERIOD_KEY,
    PERIODS,
    View,
    current_view,
    exploring,
    hand_on,
    take_back,
    unreached,
)
from legcare.ui.shell.sign_in import sign_in_screen, signed_in
from legcare.ui.shell.tour import tour_button
from legcare.ui.shell.visitor import NotSignedIn, close_share, sign_out


@st.cache_resource(show_spinner=False)
def sweeps() -> Sweeps:
    """One for all sessions of the server."""
    return Sweeps()


def sidebar() -> None:
    """The period that every page looks at."""
    with st.sidebar:
        st.selectbox(
            "Period",
            list(PERIODS),
            key=PERIOD_KEY,
            bind="query-params",
            help="Every page looks at this period.",
        )
        tour_button("tour")
        signed_in(sign_out)


def banner(view: View) -> None:
    """What the visitor must know about where the log lives."""
    if not exploring(view):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="explore-banner"):
        note = view.visitor.note
        st.markdown(
            ":material/explore:"
            f" {note or 'You are exploring: nothing you see or enter here is kept.'}"
        )
        if open_person() is not None:
            sample_choice()
        if not note:
            st.button("Back to my own log", on_click=leave_sample, key="stop-exploring")


# A picture of our own: for an icon by name the browser would ask a font server in the internet.
st.set_page_config(
    page_title="legcare", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide"
)
collector = sweeps()
resume_sample()
try:
    view = current_view()
    if not unreached() and send_again(view):
        view = current_view()
except (LogGone, LogDamaged) as trouble:
    st.navigation(closed_menu(sign_in_screen), position="hidden")
    recovery_screen(trouble)
    st.stop()
except Unreachable as reason:
    st.navigation(closed_menu(sign_in_screen), position="hidden")
    st.title("legcare", anchor=False)
    waiting_bar(str(reason))
    st.stop()
except NotSignedIn as stranger:
    st.navigation(closed_menu(sign_in_screen), position="hidden")
    sign_in_screen(str(stranger) if sign_in.identity() else "")
    st.stop()
except NotAllowed as refused:
    close_share()
    st.navigation(closed_menu(sign_in_screen), position="hidden")
    st.title("legcare", anchor=False)
    st.error(str(refused), icon=":material/link_off:")
    link_in_this_tab("Go on without this link", "/leave")
    st.stop()
page = st.navigation(menu(view))
hand_on(view)
try:
    sidebar()
    banner(view)
    coach_banner(view)
    waiting_bar(unreached())
    page.run()
    if page.url_path != "safety":
        footer(view)
except (LogGone, LogDamaged) as trouble:
    recovery_screen(trouble)
except Unreachable as reason:
    waiting_bar(str(reason))
finally:
    take_back()
    collector.sweep()
