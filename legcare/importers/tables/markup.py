"""Tables that a web page or an old spreadsheet's XML holds, whatever the file's name says."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from legcare.importers.cells.cell import Cell
from legcare.importers.tables.table import MOST_COLUMNS, MOST_ROWS

_CELLS = frozenset(("td", "th", "cell"))
_ROWS = frozenset(("tr", "row"))
_TABLES = frozenset(("table",))


def is_markup(data: bytes) -> bool:
    """Whether the bytes are a page or XML with a table in it."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").lower()
    return start.startswith(b"<") and (b"<table" in data.lower() or b"<ss:table" in data.lower())


class _Page(HTMLParser):
    """Collects the rows of every table; a table inside another one's cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        tag = tag.removeprefix("ss:")
        if tag in _TABLES:
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag in _ROWS and len(self.tables[-1]) < MOST_ROWS:
            self._close()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in _CELLS and self.tables[-1]:
            self._close()
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """A cell is whole where it, its row or its table ends."""
        tag = tag.removeprefix("ss:")
        if tag in _TABLES:
            if self._depth == 1:
                self._close()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in _CELLS | _ROWS:
            self._close()

    def handle_data(self, data: str) -> None:
        """What stands in a cell."""
        if self._text is not None:
            self._text.append(data)

    def _close(self) -> None:
        if self._text is not None and len(self.tables[-1][-1]) <= MOST_COLUMNS:
            self.tables[-1][-1].append(" ".join("".join(self._text).split()))
        self._text = None


def markup_rows(text: str) -> list[list[tuple[int, Sequence[Cell]]]]:
    """The rows of each table, numbered from 1."""
    page = _Page()
    page.feed(text)
    page.close()
    found = [[row for row in table if any(row)] for table in page.tables]
    return [list(enumerate(table, start=1)) for table in found if table]
