"""Pictures without a chart library: what is written into them stays text."""

from __future__ import annotations

from xml.etree import ElementTree

from legcare.charts.svg import hovered, panel, tag, text

NAME = '<script>alert("1")</script> & "x"'


def test_words_and_attributes_are_escaped() -> None:
    picture = panel(10, 20.5, [hovered(NAME, text(1, 2, NAME, data_place=NAME))])
    root = ElementTree.fromstring(picture)
    title, words = root[0]
    assert (title.text, words.text, words.get("data-place")) == (NAME, NAME, NAME)
    assert root.get("viewBox") == "0 0 10 20.5"


def test_an_attribute_of_none_is_left_out() -> None:
    assert tag("rect", fill=None, stroke_width=2) == '<rect stroke-width="2"></rect>'
