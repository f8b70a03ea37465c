"""Text that a spreadsheet would take for a formula.

Guarded on the way out, the same text again on the way in.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet would calculate it.

    It is shown then instead.

    Text that already begins with apostrophes before such a sign gets one more, so that
    ``unguarded`` always gives back exactly what was written. Source: OWASP, "CSV injection".
    """
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given; any other text comes back as it is."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
