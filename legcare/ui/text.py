"""The person's own words, shown as text and never as markup."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&])")


def plain(text: str) -> str:
    """``text`` with everything escaped that Markdown would act on, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
