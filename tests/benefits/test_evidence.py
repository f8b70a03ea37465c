"""Evidence notes: every citation stands in the project's evidence page, word for word.

Nothing unverified got in.
"""

import re
from pathlib import Path

import pytest

from legcare.analysis.benefits.seven import CLAIMS
from legcare.analysis.evidence import Grade, evidence_note, evidence_notes
from legcare.analysis.safety import safety_text

PAGE = Path(__file__).parents[2] / "../shared/evidence.md"
GRADES = {
    "massage": "weak",
    "circulation": "mixed",
    "tension": "weak",
    "flexibility": "supported",
    "waste": "contradicted",
    "stress": "supported",
    "recovery": "supported",
    "problem_areas": "weak",
    "foam_roller": "supported",
    "professional": "supported",
    "after_exercise": "supported",
    "magnesium_oil": "weak",
    "arnica": "weak",
    "magnesium": "mixed",
    "hydration": "mixed",
    "exercise": "weak",
    "stretching": "mixed",
    "pregnancy": "weak",
}


@pytest.fixture(scope="module")
def page() -> str:
    if not PAGE.exists():
        pytest.skip("the evidence page is kept outside the project")
    return PAGE.read_text(encoding="utf-8")


def entry(page: str, number: str) -> str:
    """The part of the reference list that belongs to one number."""
    references = page[page.index("## 7. References") : page.index("## 8. UNVERIFIED")]
    marks = [
        (m.group(1), m.start())
        for m in re.finditer(r"(?:\*\*|\| |pages\*\* )([RS]\d+)(?:\*\*| )", references)
    ]
    for place, (mark, start) in enumerate(marks):
        if mark == number:
            end = marks[place + 1][1] if place + 1 < len(marks) else len(references)
            return references[start:end]
    return ""


def test_every_claim_has_a_note_with_its_grade() -> None:
    assert {key: str(note.grade) for key, note in evidence_notes().items()} == GRADES
    assert set(CLAIMS) <= set(evidence_notes())
    assert evidence_note("waste").grade is Grade.CONTRADICTED
    assert evidence_note("diet") is None


def test_every_citation_and_identifier_stands_under_its_number(page: str) -> None:
    for note in evidence_notes().values():
        assert note.studies
        for study in note.studies:
            held = entry(page, study.reference)
            assert study.citation in held, study.reference
            assert study.identifier in held, study.reference


def test_a_citation_under_another_number_would_be_noticed(page: str) -> None:
    study = evidence_note("circulation").studies[0]
    assert study.citation not in entry(page, "R6")
    assert entry(page, "R999") == ""


def test_safety_sources_stand_under_their_number(page: str) -> None:
    lines = (*safety_text().red_flags, *safety_text().cautions)
    for line in lines:
        assert line.sources, line.key
        for number, identifier in line.sources:
            assert identifier in entry(page, number), (line.key, number)


def test_nothing_unverified_and_nothing_promised() -> None:
    texts = [
        note.note + " ".join(s.finding for s in note.studies) for note in evidence_notes().values()
    ]
    whole = " ".join(
        [*texts, safety_text().banner, *(line.text for line in safety_text().red_flags)]
    ).lower()
    for word in (
        "-0.18",
        "1.04",
        "quinine sulfate",
        "vitamin k",
        "detoxif",
        "massage prevents",
        "treats",
    ):
        assert word not in whole


def test_notes_speak_in_words_of_their_own(page: str) -> None:
    notes = re.findall(r"> User note: (.+)", page)
    for note in evidence_notes().values():
        assert note.note not in notes
