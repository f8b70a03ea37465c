"""JSON records.

A list of objects, one object per line, an object of lists, or a list inside an object.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from legcare.errors import BadFile
from legcare.importers.cells.cell import Cell
from legcare.importers.tables.table import MOST_COLUMNS, Table
from legcare.importers.tables.text import decoded


def is_json(data: bytes) -> bool:
    """Whether the first sign is a bracket that JSON begins with."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    return start in (b"{", b"[")


def json_tables(name: str, data: bytes) -> list[Table]:
    """The tables in a JSON file.

    Raises ``BadFile`` with line and column where it is no JSON, or holds no records.
    """
    text, _ = decoded(name, data)
    try:
        found = _tables(name, json.loads(text))
    except json.JSONDecodeError as error:
        found = _by_line(name, text, error)
    except ValueError as error:
        raise BadFile(f"{name} holds a number of thousands of digits: that is no log.") from error
    except RecursionError as error:
        raise BadFile(
            f"{name} is nested too deeply to be a log. Export it as CSV instead."
        ) from error
    if not found:
        raise BadFile(
            f"{name} is JSON, but holds no list of records with named fields. Export it as CSV"
            " instead."
        )
    return found


def _by_line(name: str, text: str, error: json.JSONDecodeError) -> list[Table]:
    objects: list[tuple[int, object]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            objects.append((number, json.loads(line)))
        except (ValueError, RecursionError):
            raise BadFile(
                f"{name} is not valid JSON: {error.msg} in line {error.lineno}, column"
                f" {error.colno}. Export it again, or as CSV."
            ) from error
    return [_table(name, objects)] if all(isinstance(one, dict) for _, one in objects) else []


def _tables(name: str, content: object, sheet: str = "") -> list[Table]:
    if isinstance(content, list):
        rows = list(enumerate(content, start=1))
        return (
            [_table(name, rows, sheet)]
            if rows and all(isinstance(one, dict) for one in content)
            else []
        )
    if not isinstance(content, dict):
        return []
    lists = {key: value for key, value in content.items() if isinstance(value, list)}
    if (
        lists
        and len(lists) == len(content)
        and not any(isinstance(one, (dict, list)) for v in lists.values() for one in v)
    ):
        longest = max(map(len, lists.values()))
        rows = [
            (i + 1, {k: v[i] if i < len(v) else None for k, v in lists.items()})
            for i in range(longest)
        ]
        return [_table(name, rows, sheet)] if rows else []
    return [
        table for key, value in content.items() for table in _tables(name, value, str(key)[:80])
    ]


def _table(name: str, rows: Sequence[tuple[int, object]], sheet: str = "") -> Table:
    flat = [(number, _flat(one)) for number, one in rows if isinstance(one, dict)]
    names = list(dict.fromkeys(key for _, one in flat for key in one))
    if len(names) > MOST_COLUMNS:
        raise BadFile(f"{name} has more than {MOST_COLUMNS:,} different fields: that is not a log.")
    columns = tuple(tuple(one.get(key) for _, one in flat) for key in names)
    return Table(
        name,
        tuple(names),
        columns,
        [number for number, _ in flat],
        sheet=sheet,
        notes=("Rows are numbered by their place in the JSON list.",),
    )


def _flat(record: dict[str, object], before: str = "") -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and len(before) < 200:
            flat.update(_flat(value, f"{name} "))
        elif isinstance(value, list):
            flat[name] = "; ".join(str(one) for one in value)
        else:
            flat[name] = (
                value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
            )
    return flat
