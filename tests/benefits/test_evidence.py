"""Evidence notes: every citation stands in the bibliography, word for word.

Nothing unverified got in.
"""

import hashlib
import json
from pathlib import Path

from legcare.analysis.benefits.seven import CLAIMS
from legcare.analysis.evidence import Grade, evidence_note, evidence_notes
from legcare.analysis.safety import safety_text

BIBLIOGRAPHY = Path(__file__).parents[1] / "reference/bibliography.json"
PAGE = json.loads(BIBLIOGRAPHY.read_text(encoding="utf-8"))
REFERENCES = PAGE["references"]
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


def test_every_claim_has_a_note_with_its_grade() -> None:
    assert {key: str(note.grade) for key, note in evidence_notes().items()} == GRADES
    assert set(CLAIMS) <= set(evidence_notes())
    assert evidence_note("waste").grade is Grade.CONTRADICTED
    assert evidence_note("diet") is None


def test_every_citation_and_identifier_stands_under_its_number() -> None:
    for note in evidence_notes().values():
        assert note.studies
        for study in note.studies:
            held = REFERENCES[study.reference]
            assert study.citation in held, study.reference
            assert study.identifier in held, study.reference


def test_a_citation_under_another_number_would_be_noticed() -> None:
    study = evidence_note("circulation").studies[0]
    assert study.citation not in REFERENCES["R6"]
    assert "R999" not in REFERENCES


def test_safety_sources_stand_under_their_number() -> None:
    lines = (*safety_text().red_flags, *safety_text().cautions)
    for line in lines:
        assert line.sources, line.key
        for number, identifier in line.sources:
            assert identifier in REFERENCES[number], (line.key, number)


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


def test_notes_speak_in_words_of_their_own() -> None:
    """None is one of the summaries that stood beside the bibliography (SHA-256 of each)."""
    assert len(PAGE["borrowed"]) == 8
    for note in evidence_notes().values():
        assert hashlib.sha256(note.note.encode()).hexdigest() not in PAGE["borrowed"]
