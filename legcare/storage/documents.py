"""Documents beside the records: preferences, remembered columns and words, experiments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from pydantic import JsonValue

from legcare.errors import BadFactor
from legcare.records import BUILT_IN, Factor, Preferences
from legcare.storage import people, tables
from legcare.storage.person_rows import PersonRows

PREFERENCES = "preferences"
_BUILT_IN_KEYS = frozenset(factor.key for factor in BUILT_IN)
_ABSENT = object()


@dataclass(frozen=True)
class LogState:
    """A log's revision with every document beside it, as of one moment.

    ``key`` names whose state it is: a person's id, or the id of a share.
    """

    key: UUID
    revision: int
    bodies: Mapping[str, str] = field(repr=False)

    @cached_property
    def preferences(self) -> Preferences:
        """How the person wants the log read; the usual ones where none were chosen."""
        body = self.bodies.get(PREFERENCES)
        return Preferences() if body is None else Preferences.model_validate_json(body)

    def document(self, key: str) -> JsonValue:
        """What was remembered under this key; None where nothing was."""
        body = self.bodies.get(people.without_nul(key))
        return None if body is None else _value(body)

    def documents(self, prefix: str = "") -> dict[str, JsonValue]:
        """Everything remembered whose key begins with ``prefix``, by key.

        The preferences stand apart.
        """
        keys = sorted(key for key in self.bodies if key.startswith(prefix) and key != PREFERENCES)
        return {key: _value(self.bodies[key]) for key in keys}


@dataclass(frozen=True)
class ImportSettings:
    """What an import brings beside its records.

    ``own_factors`` are added where the log has none of that key, ``preferences`` take the place of
    the log's (its own factors stay), ``documents`` take the place of what stands under their keys,
    and the entries of ``additions`` are added to the object under theirs.
    """

    own_factors: tuple[Factor, ...] = ()
    preferences: Preferences | None = None
    documents: Mapping[str, JsonValue] = field(default_factory=dict)
    additions: Mapping[str, Mapping[str, JsonValue]] = field(default_factory=dict)


def read_state(
    rows: PersonRows, key: UUID, known: LogState | None = None, *, only: str | None = None
) -> LogState:
    """The state now: ``known`` itself, read no further, where nothing was written since.

    ``only`` leaves out every document but the one under this key.
    """
    number = people.revision(rows)
    if known is not None and (known.key, known.revision) == (key, number):
        return known
    where = [] if only is None else [tables.document.c.key == only]
    found = rows.select(tables.document, ["key", "body"], *where)
    return LogState(key, number, {str(row.key): str(row.body) for row in found})


def write_document(rows: PersonRows, key: str, body: str) -> None:
    """Keep a document in place of an earlier one."""
    if not rows.update(tables.document, {"body": body}, tables.document.c.key == key):
        rows.insert(tables.document, [{"key": key, "body": body}])


def preferences_body(preferences: Preferences) -> str:
    """The preferences as they are kept.

    Raises ``BadFactor`` where an own factor takes the name of another.
    """
    seen = set(_BUILT_IN_KEYS)
    for factor in preferences.own_factors:
        if factor.key in seen:
            raise BadFactor(
                f"There is already a factor called {factor.key!r}. Give {factor.label!r} another"
                " name, or use that one."
            )
        seen.add(factor.key)
    return preferences.model_dump_json()


def document_body(value: JsonValue) -> str:
    """A small document as it is kept."""
    return json.dumps(value, allow_nan=False)


def write_settings(rows: PersonRows, change_id: UUID, settings: ImportSettings) -> int:
    """Write what an import brings beside its records; returns how many documents differ now.

    What they were before is kept for the undo.
    """
    state = read_state(rows, rows.person_id)
    changed = {key: body for key, body in _bodies(settings, state) if body != state.bodies.get(key)}
    rows.insert(
        tables.previous_document,
        [
            {"change_id": change_id, "key": key, "body_after": body}
            | {"body_before": state.bodies.get(key)}
            for key, body in changed.items()
        ],
    )
    for key, body in changed.items():
        write_document(rows, key, body)
    return len(changed)


def restore_settings(rows: PersonRows, change_id: UUID) -> int:
    """Take back what an import did to the documents, entry by entry, except what changed since.

    An own factor that other records use by now stays. Returns how many documents were put back.
    """
    columns = ("key", "body_before", "body_after")
    written = rows.select(
        tables.previous_document, columns, tables.previous_document.c.change_id == change_id
    )
    bodies = read_state(rows, rows.person_id).bodies if written else {}
    restored = 0
    for row in written:
        key = str(row.key)
        earlier = _ABSENT if row.body_before is None else _value(row.body_before)
        now = _value(bodies[key]) if key in bodies else _ABSENT
        wanted = _reverted(earlier, _value(row.body_after), now)
        if key == PREFERENCES:
            wanted = _with_factors_in_use(rows, wanted, now)
        if wanted is _ABSENT:
            restored += rows.delete(tables.document, tables.document.c.key == key)
        elif wanted != now:
            write_document(rows, key, json.dumps(wanted))
            restored += 1
    return restored


def _bodies(settings: ImportSettings, state: LogState) -> Iterator[tuple[str, str]]:
    preferences = state.preferences
    own = {factor.key: factor for factor in (*settings.own_factors, *preferences.own_factors)}
    order = (*preferences.own_factors, *settings.own_factors)
    factors = tuple(own[key] for key in dict.fromkeys(factor.key for factor in order))
    chosen = settings.preferences or preferences
    if settings.preferences is not None or len(factors) > len(preferences.own_factors):
        merged = chosen.model_copy(update={"own_factors": factors})
        yield PREFERENCES, preferences_body(merged)
    for key, value in settings.documents.items():
        yield people.without_nul(key), document_body(value)
    for key, entries in settings.additions.items():
        held = state.document(key)
        merged_entries = {**(held if isinstance(held, dict) else {}), **entries}
        if entries:
            yield people.without_nul(key), document_body(merged_entries)


def _reverted(before: object, after: object, now: object) -> object:
    """``now`` without what a change from ``before`` to ``after`` did, entry by entry."""
    if now == after:
        return before
    if _keyed(after) and _keyed(now) and (before is _ABSENT or _keyed(before)):
        return list(_each(_by_key(before), _by_key(after), _by_key(now)).values())
    if isinstance(after, dict) and isinstance(now, dict):
        return _each(before if isinstance(before, dict) else {}, after, now)
    return now


def _each(
    before: Mapping[str, object], after: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, object]:
    """The entries of an object, each reverted on its own."""
    keys = dict.fromkeys((*now, *before))
    every = {
        key: _reverted(*(each.get(key, _ABSENT) for each in (before, after, now))) for key in keys
    }
    return {key: value for key, value in every.items() if value is not _ABSENT}


def _keyed(value: object) -> bool:
    """Whether this is a list of objects that each have a name, as own factors are."""
    return isinstance(value, list) and all(
        isinstance(entry, dict) and "key" in entry for entry in value
    )


def _by_key(value: object) -> dict[str, object]:
    entries = value if isinstance(value, list) else []
    return {str(entry["key"]): entry for entry in entries}


def _with_factors_in_use(rows: PersonRows, wanted: object, now: object) -> object:
    """The preferences, with every own factor that a record or the check-in still names."""
    if not isinstance(now, dict):
        return wanted
    kept = {} if not isinstance(wanted, dict) else wanted
    lost = _by_key(now.get("own_factors")).keys() - _by_key(kept.get("own_factors")).keys()
    if not lost:
        return wanted
    readings = rows.select(tables.record, ["body"], tables.record.c.type == "reading")
    in_records = {str(json.loads(str(row.body)).get("factor")) for row in readings}
    used = lost & (in_records | {*kept.get("checkin", ()), *kept.get("confounders", ())})
    if not used:
        return wanted
    stay = [entry for key, entry in _by_key(now["own_factors"]).items() if key in used]
    return {**kept, "own_factors": [*kept.get("own_factors", []), *stay]}


def _value(body: object) -> JsonValue:
    value: JsonValue = json.loads(str(body))
    return value
