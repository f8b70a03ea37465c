"""One form per kind of record.

Shows what is known, gives the record as the person now says it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import ValidationError

from legcare.errors import BadRecord
from legcare.records import (
    ANY_RECORD,
    Context,
    Cramp,
    Mark,
    MarkKind,
    Massage,
    Method,
    Muscle,
    Oil,
    Reading,
    Reason,
    Record,
    Relief,
    Side,
    TrackedSpan,
    Workout,
    WorkoutKind,
    written,
)
from legcare.storage.logbook import EditConflict
from legcare.ui.forms import fields
from legcare.ui.forms.measured import measured
from legcare.ui.forms.numbers import Number, number, refused
from legcare.ui.forms.pointing import point_at, point_button
from legcare.ui.parts.text import plain
from legcare.ui.shell.saving import edit
from legcare.ui.shell.session import View

Said = dict[str, Any]


@dataclass(frozen=True)
class Edited:
    """What a form was sent with: the new version of an entry, and the one that it began from.

    ``elsewhere`` says whether the entry was changed in another window meanwhile.
    """

    new: Record
    base: Record
    form: str
    elsewhere: bool


def record_form(view: View, record: Record, *, key: str, button: str = "Save") -> Edited | None:
    """Show the form of a record; what it was sent with once it is submitted, None before."""
    form, state = f"form-{key}", st.session_state
    key += "-again" * state.get(f"{form}-round", 0)
    if f"submit-{key}" not in state or f"{form}-base" not in state:
        state[f"{form}-base"] = record
    base: Record = state[f"{form}-base"]
    with st.form(key=f"form-{key}", border=False):
        said = _fields(view, base, key)
        with st.container(horizontal=True):
            sent = st.form_submit_button(button, type="primary", key=f"submit-{key}")
            pointing = point_button(record, key)
        wrong = sent and refused(said.values())
    if pointing:
        point_at(record, key)
    return Edited(changed(base, said), base, form, record != base) if sent and not wrong else None


def keep_edit(edited: Edited, label: str) -> bool:
    """Keep what a form changed; whether there was anything to keep and it is kept.

    A field that was changed elsewhere too is asked about: sent again, the form's word is kept.
    """
    state = st.session_state
    if edited.new == edited.base:
        return False
    try:
        edit(edited.new, edited.base, label)
    except EditConflict as conflict:
        theirs = {name: getattr(conflict.stored, name) for name in conflict.fields}
        state[f"{edited.form}-base"] = edited.base.model_copy(update=theirs)
        st.error(_conflict_sentence(theirs), icon=":material/call_merge:")
        return False
    del state[f"{edited.form}-base"]
    if edited.elsewhere:  # the fields begin anew from what is kept now
        state[f"{edited.form}-round"] = state.get(f"{edited.form}-round", 0) + 1
    return True


def _conflict_sentence(theirs: Mapping[str, object]) -> str:
    there = ", ".join(
        f"{name.replace('_', ' ')} ({_in_words(value)})" for name, value in theirs.items()
    )
    return (
        f"This was changed in another window meanwhile: {there}. Nothing was saved. Save again to"
        " keep what stands here in its place, or reload the page to take over what stands there."
    )


def _in_words(value: object) -> str:
    if value is None or value in ("", ()):
        return "left empty there"
    if isinstance(value, float):
        return f"{written.brief(value)} there"
    return f"{plain(value)} there" if isinstance(value, str) else "something else there"


def changed(record: Record, said: Said) -> Record:
    """The record with what was said in place of what was there.

    Raises ``BadRecord`` where it cannot be kept.
    """
    try:
        return ANY_RECORD.validate_python({**record.model_dump(), **said})
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"][1:]).replace("_", " ") or "the entry"
        raise BadRecord(
            f"{where.capitalize()}: {first['msg']}. Nothing was changed; correct it and save again."
        ) from None


def _fields(view: View, record: Record, key: str) -> Said:
    if isinstance(record, Cramp):
        return _cramp(view, record, key)
    if isinstance(record, Massage):
        return _massage(view, record, key)
    if isinstance(record, Workout):
        return _workout(view, record, key)
    if isinstance(record, Reading):
        return _reading(view, record, key)
    if isinstance(record, Mark):
        return _mark(view, record, key)
    return _span(view, record, key)


def _cramp(view: View, cramp: Cramp, key: str) -> Said:
    said: Said = {
        "severity": fields.rating("How bad, 0 to 10", cramp.severity, f"{key}-severity"),
        "side": fields.word("Which leg", Side, cramp.side, f"{key}-side"),
        "muscle": fields.word("Where", Muscle, cramp.muscle, f"{key}-muscle"),
        "minutes": fields.minutes("How long, in minutes", cramp.minutes, f"{key}-minutes"),
        "woke_me": fields.yes_no("Did it wake you?", cramp.woke_me, f"{key}-woke"),
    }
    with st.expander("More about it"):
        said |= {
            "sleep_disturbance": fields.rating(
                "Sleep lost, 0 to 10", cramp.sleep_disturbance, f"{key}-sleep"
            ),
            "context": fields.word("What you were doing", Context, cramp.context, f"{key}-context"),
            "relief": fields.words(
                "What you did against it", Relief, cramp.relief, f"{key}-relief"
            ),
            "sore_after": fields.yes_no("Sore afterwards?", cramp.sore_after, f"{key}-sore"),
            "at": fields.moment("When it began", cramp.at, view, f"{key}-at"),
            "note": fields.note(cramp.note, f"{key}-note"),
        }
    return said


def _massage(view: View, massage: Massage, key: str) -> Said:
    said: Said = {
        "minutes": fields.minutes("How long, in minutes", massage.minutes, f"{key}-minutes"),
        "reason": fields.word("Why", Reason, massage.reason, f"{key}-reason"),
        "method": fields.word("How", Method, massage.method, f"{key}-method"),
        "tension_before": fields.rating(
            "Tension before", massage.tension_before, f"{key}-tension-before"
        ),
        "tension_after": fields.rating(
            "Tension after", massage.tension_after, f"{key}-tension-after"
        ),
    }
    with st.expander("More about it"):
        said |= {
            "areas": fields.places("Where", massage.areas, f"{key}-areas"),
            "tender": fields.places("Sore under the hand", massage.tender, f"{key}-tender"),
            "oil": fields.word("Oil or cream", Oil, massage.oil, f"{key}-oil"),
            "stress_before": fields.rating(
                "Stress before", massage.stress_before, f"{key}-stress-before"
            ),
            "stress_after": fields.rating(
                "Stress after", massage.stress_after, f"{key}-stress-after"
            ),
            "heaviness_before": fields.rating(
                "Heaviness before", massage.heaviness_before, f"{key}-heavy-before"
            ),
            "heaviness_after": fields.rating(
                "Heaviness after", massage.heaviness_after, f"{key}-heavy-after"
            ),
            "at": fields.moment("When it began", massage.at, view, f"{key}-at"),
            "note": fields.note(massage.note, f"{key}-note"),
        }
    return said


def _workout(view: View, workout: Workout, key: str) -> Said:
    return {
        "at": fields.moment("When it began", workout.at, view, f"{key}-at"),
        "kind": fields.word("What", WorkoutKind, workout.kind, f"{key}-kind"),
        "kind_text": (
            st.text_input(
                "In your words", value=workout.kind_text, max_chars=200, key=f"{key}-kind-text"
            )
            or ""
        ),
        "minutes": fields.minutes("How long, in minutes", workout.minutes, f"{key}-minutes"),
        "effort": fields.rating(
            "Effort, 0 (rest) to 10 (all out)", workout.effort, f"{key}-effort"
        ),
        "because_of_cramp": fields.yes_no(
            "Because of a cramp?", workout.because_of_cramp, f"{key}-because"
        ),
        "note": fields.note(workout.note, f"{key}-note"),
    }


def _reading(view: View, reading: Reading, key: str) -> Said:
    return {
        "day": fields.day("Day", reading.day, view, f"{key}-day"),
        "value": _value(view, reading, f"{key}-value"),
        "because_of_cramp": fields.yes_no(
            "Because of a cramp?", reading.because_of_cramp, f"{key}-because"
        ),
    }


def _value(view: View, reading: Reading, key: str) -> Number:
    """The value in the unit that the factor is shown in."""
    factor = view.whole.factors.get(reading.factor)
    if factor is None:
        return number("Value", reading.value, key)
    return measured(factor, reading.value, key, view.formats.units)


def _span(view: View, span: TrackedSpan, key: str) -> Said:
    return {
        "first_day": fields.day("First day", span.first_day, view, f"{key}-first"),
        "last_day": fields.day("Last day", span.last_day, view, f"{key}-last"),
    }


def _mark(view: View, mark: Mark, key: str) -> Said:
    last = mark.last_day
    return {
        "kind": fields.word("Kind", MarkKind, mark.kind, f"{key}-kind") or mark.kind,
        "name": st.text_input("Name", mark.name, key=f"{key}-name", max_chars=200),
        "dose": st.text_input("Dose", mark.dose, key=f"{key}-dose", max_chars=200),
        "first_day": fields.day("First day", mark.first_day, view, f"{key}-first"),
        "last_day": st.date_input(
            "Last day (empty while it goes on)",
            last,
            key=f"{key}-last",
            format=view.formats.date_input,
        ),
        "note": fields.note(mark.note, f"{key}-note"),
    }
