"""Downloads: each asks again who is looking, before its first byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from legcare.errors import LegcareError
from legcare.ui.shell.server import log_error
from legcare.ui.shell.session import page_view
from legcare.ui.shell.visitor import Visitor

FAILED = "The file could not be made. Nothing that you saved is lost; reload the page."


def download_button(
    label: str, make: Callable[[], str | bytes], file_name: str, **look: Any
) -> None:
    """A button that makes a file when it is tapped, for who may still see it then."""
    visitor = page_view().visitor
    st.download_button(
        label,
        data=lambda: made_for(visitor, make),
        file_name=file_name,
        on_click="ignore",
        **look,
    )


def made_for(visitor: Visitor, make: Callable[[], str | bytes]) -> str | bytes:
    """The file; raises ``NotAllowed`` where the sign-in or the share has ended since."""
    try:
        visitor.check()
        return make()
    except LegcareError:
        raise
    except Exception as error:
        log_error(error)  # Streamlit would write the message, and that may quote a person
        raise LegcareError(FAILED) from None
