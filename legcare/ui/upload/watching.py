"""Reading a long file while the person watches.

How far it has come, what is left, and a way to stop it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.config import get_option

from legcare.importers import Cancelled, Import
from legcare.records import written
from legcare.ui.parts.text import plain
from legcare.ui.shell.session import View
from legcare.ui.upload.parts import Part

SECONDS_BETWEEN = 0.2
COMMAND = "python -m legcare.commands load FILE --into DATABASE"


@dataclass
class Bar:
    """A progress callback that draws at most five times a second.

    Each drawing is also the place where Streamlit ends the run after a click on *Cancel*, so
    reading stops there.
    """

    draw: Callable[[float, str], object]
    clock: Callable[[], float] = monotonic
    drawn: float = float("-inf")

    def __call__(self, done: float, sentence: str) -> None:
        """Say how far reading has come, from 0 to 1."""
        now = self.clock()
        if now - self.drawn < SECONDS_BETWEEN:
            return
        self.drawn = now
        part = min(max(done, 0.0), 1.0)
        self.draw(
            part,
            f"{plain(sentence)}: {written.percent(part)} read, {written.percent(1 - part)} left",
        )


def limit_note() -> None:
    """How a file is read that is larger than may be uploaded.

    The uploader itself says how large that is.
    """
    with st.expander(f"A file of more than {written.whole(get_option('server.maxUploadSize'))} MB"):
        st.markdown(
            f"It is read on the machine where legcare runs, with the same report:\n\n`{COMMAND}`"
        )


def watched(part: Part, view: View, zone: ZoneInfo) -> Import | None:
    """What a part gives, read before the person's eyes unless it is at hand.

    None where they stopped it.
    """
    if part.is_read(view, zone):
        return part.found(view, zone)
    if part.stopped:
        _stopped(part)
        return None
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, "Reading every row ...")
        st.button(
            "Cancel",
            icon=":material/close:",
            key=f"upload-{part.key}-cancel",
            on_click=stop,
            args=(part,),
        )
    try:
        found = part.found(view, zone, Bar(bar.progress))
    except Cancelled:
        stop(part)
        found = None
    place.empty()
    return found


def stop(part: Part) -> None:
    """The person does not want this file any more; nothing of it is held."""
    part.stopped, part.held = True, None


def _again(part: Part) -> None:
    part.stopped = False


def _stopped(part: Part) -> None:
    st.info("Reading was stopped. Nothing of this file is kept.", icon=":material/cancel:")
    st.button("Read it after all", key=f"upload-{part.key}-again", on_click=_again, args=(part,))
