"""A tap counts once, whether or not the session knows the button's callback."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from legcare.ui.shell import saving


@pytest.mark.parametrize("known", [True, False], ids=["usual", "first run of a new session"])
def test_a_tap_counts_once(monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    """In a session's first run Streamlit says that the button was tapped and calls no callback."""
    done: list[object] = []

    def button(label: str, *, on_click: object, args: tuple[object, ...], key: str) -> bool:
        if known:
            on_click(*args)  # type: ignore[operator]
        return True

    streamlit = SimpleNamespace(button=button, session_state={}, rerun=lambda: done.append("again"))
    monkeypatch.setattr(saving, "st", streamlit)
    saving.tap("Cramp now", done.append, args=("cramp",), key="cramp")
    assert done == (["cramp"] if known else ["cramp", "again"])
