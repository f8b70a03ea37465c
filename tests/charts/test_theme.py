"""The palette is tested by simulation.

Machado, Oliveira and Fernandes (2009), severity 1.0, in linear RGB.
"""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from legcare.charts.theme import (
    DASHES,
    HOVER_WIDTH,
    PALETTE,
    SYMBOLS,
    TEMPLATE,
    Meaning,
    colour,
    dated,
    direct_label,
    faded,
    figure_of,
    hover,
    interval_band,
    interval_bars,
    nothing_drawn,
    stretches,
)
from legcare.records import DateOrder, DecimalSign, Formats, written

DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
PAGES = {
    "light": "#ffffff",
    "dark": "#000000",
    "dark sidebar": "#151412",
    "light sidebar": "#f4f2ee",
}


def linear(hexed: str) -> np.ndarray:
    shown = np.array([int(hexed[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    relative = TO_XYZ @ light / np.array([0.9505, 1.0, 1.089])
    bent = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((float(TO_XYZ[1] @ linear(each)) for each in (one, other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_no_two_meanings_come_close_under_any_colour_vision(deficiency: str):
    seen = {
        each: lab(np.clip(DEFICIENCIES[deficiency] @ linear(PALETTE[each]), 0, 1))
        for each in Meaning
    }
    distances = {
        pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]]))
        for pair in itertools.combinations(seen, 2)
    }
    assert min(distances.values()) >= 20, sorted(distances.items(), key=lambda item: item[1])[:3]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("meaning", list(Meaning))
def test_every_meaning_stands_out_from_both_pages_and_from_paper(meaning: Meaning, page: str):
    assert contrast(PALETTE[meaning], PAGES[page]) >= (3.0 if "sidebar" not in page else 2.6)


def test_the_theme_file_is_what_was_tested_and_its_text_can_be_read():
    theme = tomllib.loads(
        (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )["theme"]
    for mode in ("light", "dark"):
        page, side = theme[mode]["backgroundColor"], theme[mode]["secondaryBackgroundColor"]
        assert (page, side) == (PAGES[mode], PAGES[f"{mode} sidebar"])
        assert (
            contrast("#ffffff", theme[mode]["primaryColor"]) >= 4.5
        )  # Streamlit writes white on it
        assert contrast(page, theme[mode]["primaryColor"]) >= 4.5  # and writes chosen tabs in it
        for name in (
            "textColor",
            "linkColor",
            *(key for key in theme[mode] if key.endswith("TextColor")),
        ):
            assert contrast(page, theme[mode][name]) >= 4.5
            assert contrast(side, theme[mode][name]) >= 4.5


@pytest.mark.parametrize(("mode", "least"), [("light", 4.5), ("dark", 4.35)])
def test_a_chosen_segment_can_be_read_on_its_tint(mode: str, least: float):
    theme = tomllib.loads(
        (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    )
    primary, page = (theme["theme"][mode][name] for name in ("primaryColor", "backgroundColor"))
    parts = zip(
        *([int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (primary, page)), strict=True
    )
    tint = "#" + "".join(f"{round(0.1 * ours + 0.9 * theirs):02x}" for ours, theirs in parts)
    assert contrast(primary, tint) >= least


def test_a_meaning_never_rests_on_colour_alone():
    assert len(set(SYMBOLS.values())) == len(set(DASHES.values())) == len(Meaning)


def test_a_word_without_colour_is_drawn_as_unknown():
    assert colour("both") == PALETTE[Meaning.UNKNOWN]
    assert colour("left") == PALETTE[Meaning.LEFT]


def test_faded_keeps_the_colour_and_lets_the_page_through():
    assert faded(Meaning.UNKNOWN, 0.5) == "rgba(102,102,102,0.5)"


def test_a_figure_is_see_through_and_names_its_axes():
    figure = figure_of([], x_title="Week", y_title="Cramps per week")
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert figure.layout.xaxis.title.text == "Week"
    assert figure.layout.yaxis.title.text == "Cramps per week"
    assert figure.layout.title.text is None


def test_text_takes_the_colour_that_the_page_takes():
    from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

    figure = figure_of([], x_title="Week")
    assert figure.layout.font.color == figure.layout.xaxis.tickfont.color == GRAY_90
    assert contrast(GRAY_90, "#ffffff") > 7


def test_the_template_is_small():
    assert len(figure_of([]).to_json()) < 2500
    assert TEMPLATE.data.to_plotly_json() == {}


def test_a_band_is_broken_where_days_are_missing():
    low = pd.Series([1.0, 1.0, np.nan, 2.0])
    bands = interval_band([0, 1, 2, 3], low, low + 1, Meaning.CRAMP)
    assert [list(band.x) for band in bands] == [[0, 1, 1, 0], [3, 3]]
    assert list(bands[0].y) == [2.0, 2.0, 1.0, 1.0]
    assert bands[1].line.width > 0


def test_stretches_are_half_open():
    assert stretches(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert stretches(np.array([False])) == []


def test_bars_reach_from_low_to_high():
    bars = interval_bars(pd.Series([2.0]), pd.Series([1.5]), pd.Series([4.0]))
    assert (bars["array"], bars["arrayminus"]) == ([2.0], [0.5])


def test_pointing_reads_a_sentence_and_nothing_else():
    assert hover(["In week 3 you had 2 cramps."]) == {
        "customdata": [["In week 3 you had 2 cramps."]],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
    }


def test_own_words_are_text_not_markup():
    figure = direct_label(figure_of([]), 1, 2, "<b>my factor</b>")
    assert figure.layout.annotations[0].text == "&lt;b&gt;my factor&lt;/b&gt;"


def test_an_empty_figure_says_why():
    assert (
        nothing_drawn("Needs 7 tracked days.").layout.annotations[0].text == "Needs 7 tracked days."
    )


@pytest.mark.parametrize(
    ("order", "day"), [(DateOrder.DAY_FIRST, "%-d %b"), (DateOrder.MONTH_FIRST, "%b %-d")]
)
def test_an_axis_of_days_is_written_in_the_order_of_the_reader(order: DateOrder, day: str) -> None:
    with written.used(Formats(order=order)):
        stops = dated(figure_of([])).layout.xaxis.tickformatstops
    assert [stop.value for stop in stops] == [f"{day}\n%Y", "%b\n%Y", "%Y"]
    assert stops[0].dtickrange == (None, 27 * 86_400_000)


def test_axes_take_the_signs_of_the_reader() -> None:
    assert figure_of([]).layout.separators == ".,"
    with written.used(Formats(decimal=DecimalSign.COMMA)):
        assert figure_of([]).layout.separators == ",\u202f"


def test_pointing_reads_lines_that_fit_a_phone_and_loses_no_word() -> None:
    sentence = (
        "Left toes: 7 bouts of cramp, 6 % of all (3 % to 9 %),<br>found tender 3 times in the weeks"
        " before that"
    )
    ((told,),) = hover([sentence])["customdata"]
    assert told.replace("<br>", " ").split() == sentence.replace("<br>", " ").split()
    assert max(len(line) for line in told.split("<br>")) <= HOVER_WIDTH
    assert hover(["Short."])["customdata"] == [["Short."]]
