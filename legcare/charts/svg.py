"""Small pictures as SVG text.

For pages where a chart library would keep a phone waiting: nothing here needs a script. Everything
that is written into a picture is escaped. Text and lines take the colour of the page around them
(``currentColor``), so a picture is right in the light, in the dark and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

FONT = "system-ui, sans-serif"


@dataclass(frozen=True)
class Drawing:
    """Panels of one picture, in reading order; they stand side by side where there is room."""

    panels: tuple[Markup, ...]


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """One element; text and attribute values are escaped, elements within stay as they are.

    An attribute's ``_`` is written as ``-`` (``stroke_width``); None leaves it out.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _value(value))
        for key, value in attributes.items()
        if value is not None
    )
    inner = Markup("").join(
        child if isinstance(child, Markup) else Markup("{}").format(child) for child in children
    )
    return Markup("<{}{}>{}</{}>").format(Markup(name), written, inner, Markup(name))


def panel(width: float, height: float, children: Iterable[Markup]) -> Markup:
    """One picture of so many pixels; it shrinks where the page is narrower."""
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        height=height,
        font_family=FONT,
        role="presentation",
    )


def text(x: float, y: float, words: str, *, size: float = 12, **attributes: object) -> Markup:
    """Words around ``x`` on the line ``y``."""
    style = {"text_anchor": "middle", "fill": "currentColor", "font_size": size, **attributes}
    return tag("text", words, x=x, y=y, **style)


def hovered(words: str, *children: Markup) -> Markup:
    """Shapes that say ``words`` when the pointer rests on them."""
    return tag("g", tag("title", words), *children)


def _value(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else value
