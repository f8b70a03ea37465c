"""Every term that a page explains is in the glossary, in words that need no glossary themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from legcare.ui.parts.glossary import GLOSSARY, hint

ROOT = Path(__file__).parents[2]


def hinted() -> set[str]:
    """Every term named in a call of ``hint`` anywhere on screen."""
    terms: set[str] = set()
    for path in (*(ROOT / "pages").glob("*.py"), *(ROOT / "legcare" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "hint"
            ):
                terms |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    return terms


def test_every_term_that_is_explained_is_known_and_the_other_way_round() -> None:
    assert hinted() <= set(GLOSSARY)
    assert len(hinted()) >= 12


def test_a_hint_names_its_terms() -> None:
    assert hint("rate", "lag").startswith("**Rate**: How many cramps a week")
    assert "\n\n**Lag**: " in hint("rate", "lag")


@pytest.mark.parametrize("term", GLOSSARY)
def test_an_explanation_is_short_plain_and_claims_nothing(term: str) -> None:
    words = GLOSSARY[term]
    sentences = [each for each in re.split(r"[.:?] ", words) if each]
    assert max(len(sentence.split()) for sentence in sentences) <= 26
    letters = [len(word.strip("*.,:;()")) for word in words.split()]
    assert sum(letters) / len(letters) < 5.2
    assert not re.search(r"\b(prevent|treat|detox|reduces|cures|proves)", words)
