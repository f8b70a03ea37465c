"""What research says.

Graded notes with citations, kept as data (``data/evidence.json``), in words of our own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from legcare.errors import LegcareError


class Grade(StrEnum):
    """How well research supports the sentence of a note; never a grade for "prevents cramps"."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    WEAK = "weak"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Study:
    """One finding.

    Reference number, authors and title, identifier (DOI, PMID, registry or page) and what it found.
    """

    reference: str
    citation: str
    identifier: str
    finding: str


@dataclass(frozen=True)
class EvidenceNote:
    """What research says about one claim, way or companion.

    ``grade`` is for ``note`` and for nothing wider.
    """

    key: str
    grade: Grade
    note: str
    studies: tuple[Study, ...]


GRADE_MEANING = {
    Grade.SUPPORTED: "research supports the note",
    Grade.MIXED: "research points both ways",
    Grade.WEAK: "little or only indirect research",
    Grade.CONTRADICTED: "research speaks against the claim",
}
READ_AT = "Most sources were read as abstracts or excerpts, not in full."


def package_data(name: str) -> dict[str, Any]:
    """A JSON file of the package's own ``analysis/data`` folder."""
    text = (
        resources.files("legcare.analysis")
        .joinpath("data")
        .joinpath(name)
        .read_text(encoding="utf-8")
    )
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def evidence_notes() -> dict[str, EvidenceNote]:
    """Every note by key: the seven claims, the ways and the companions.

    A citation that is not listed is refused.
    """
    data = package_data("evidence.json")
    return {key: _note(key, entry, data["references"]) for key, entry in data["notes"].items()}


def evidence_note(key: str) -> EvidenceNote | None:
    """The note for this key, or None where no source was found to cite."""
    return evidence_notes().get(key)


def _note(key: str, entry: dict[str, Any], references: dict[str, dict[str, str]]) -> EvidenceNote:
    return EvidenceNote(
        key,
        Grade(entry["grade"]),
        entry["note"],
        tuple(_study(study, references) for study in entry["studies"]),
    )


def _study(study: dict[str, str], references: dict[str, dict[str, str]]) -> Study:
    number = study["reference"]
    if number not in references:
        raise LegcareError(
            f"The evidence data cites {number}, which its reference list does not hold."
        )
    return Study(
        number, references[number]["citation"], references[number]["identifier"], study["finding"]
    )
