"""The person's own words, shown as text and never as markup."""

from __future__ import annotations

import re

# Everything inline that Markdown or Streamlit's directives act on; a colon only where a directive
# or an address begins.
_MARKUP = re.compile(r"([\\`*_{}\[\]#<>~$^|&!]|:(?=[A-Za-z_/])|(?<=www)\.)")
_BLOCK = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])")


def plain(text: str) -> str:
    """``text`` on one line, with everything escaped that Markdown would act on."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped
    )
