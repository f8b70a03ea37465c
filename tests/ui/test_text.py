"""The person's own text is shown as text."""

import pytest

from legcare.ui.parts.text import plain


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "[a](javascript:alert(1))",
        "*x*",
        ":material/home:",
        "$x$",
        "# head",
        "a|b",
        "http://a.b",
        "www.a.b",
        "1. x",
        "- x",
        "![a](b)",
        ":red[x]",
    ],
)
def test_markup_is_escaped(text: str) -> None:
    escaped = plain(text)
    assert escaped != text
    assert escaped.replace("\\", "") == text


def test_lines_become_one() -> None:
    assert plain("a\n\nb") == "a b"
