"""What the pictures of the claims draw: the same as their data and their sentences."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.simulated_people import Person, Scenario, simulated
from legcare.analysis.benefits import Material, Seven, material_of, seven_benefits
from legcare.analysis.benefits.companions import companions
from legcare.analysis.benefits.ways import ASPECTS, four_ways
from legcare.charts.benefit_curves import aligned_panels, recovery_curve, soreness_curve
from legcare.charts.benefit_words import change_sentence, headline_sentence, visible
from legcare.charts.benefits import dose_response, paired_slopes
from legcare.charts.chart import Chart
from legcare.charts.ways import companion_curve, kinds_chart, ways_chart
from legcare.days import described
from legcare.records import DAY_START, DESCRIBED, Factor, Formats, Log, Units, written


@pytest.fixture(scope="module")
def material() -> Material:
    return material_of(simulated(Scenario.EFFECT, 1, Person(days=300)), day_start=DAY_START)


@pytest.fixture(scope="module")
def seven(material: Material) -> Seven:
    return seven_benefits(material)


@pytest.fixture(scope="module")
def nothing() -> Material:
    return material_of(Log(), day_start=DAY_START)


def texts(chart: Chart) -> list[str]:
    return [str(note.text) for note in chart.figure.layout.annotations]


def hovers(chart: Chart) -> str:
    said = [
        row[0]
        for trace in chart.figure.data
        if trace.customdata is not None
        for row in trace.customdata
    ]
    return " ".join(str(one).replace("<br>", " ") for one in said)


def test_paired_slopes_draw_every_session_and_their_mean(seven: Seven) -> None:
    change = seven["stress"].change
    chart = paired_slopes(change)
    lines, mean = chart.figure.data
    assert len(lines.y) == 3 * len(change.pairs)
    assert list(mean.y) == pytest.approx(
        [change.pairs["before"].mean(), change.pairs["after"].mean()]
    )
    assert chart.figure.layout.yaxis.title.text == "Stress (0-10)"
    assert "your usual level" in texts(chart)
    assert "95 % interval" in chart.sentence
    assert "Falling back to your usual level" in chart.sentence
    assert " effect" not in change_sentence(change)


def test_dose_response_draws_differences_with_intervals(seven: Seven) -> None:
    chart = dose_response(seven["circulation"])
    shown = chart.data.dropna(subset=["difference"])
    (trace,) = chart.figure.data
    assert list(trace.y) == pytest.approx(shown["difference"].tolist())
    assert list(trace.error_y.arrayminus) == pytest.approx(
        (shown["difference"] - shown["low"]).tolist(), abs=1e-3
    )
    assert f"{int(shown['n'].iloc[0])} days" in chart.sentence


def test_aligned_panels_share_one_time_axis(seven: Seven) -> None:
    chart = aligned_panels(seven["flexibility"])
    bars, line = chart.figure.data
    assert line.yaxis == "y2"
    assert len(line.x) == chart.data["measure"].notna().sum()
    assert len(bars.x) == chart.data["massage_min"].notna().sum()
    assert chart.figure.layout.yaxis2.title.text == "Ankle bend (cm)"
    assert "weeks" in chart.sentence


def test_soreness_curve_draws_both_groups(seven: Seven) -> None:
    chart = soreness_curve(seven["waste"])
    assert [trace.name for trace in chart.figure.data] == ["without massage", "with massage"]
    assert list(chart.figure.data[0].x) == [0, 1, 2, 3]
    first = chart.data[(chart.data["massage"] == "with") & (chart.data["days_after"] == 1)].iloc[0]
    without = chart.data[
        (chart.data["massage"] == "without") & (chart.data["days_after"] == 1)
    ].iloc[0]
    assert first["soreness"] - without["soreness"] == pytest.approx(seven["waste"].headline.value)


def test_recovery_curve_steps_down_from_everyone(seven: Seven) -> None:
    chart = recovery_curve(seven["recovery"])
    lines = {
        trace.name: trace
        for trace in chart.figure.data
        if trace.mode == "lines" and trace.name.endswith("massage")
    }
    for line in lines.values():
        assert line.y[0] == 100
        assert (np.diff(line.y) <= 1e-9).all()
    assert lines["with massage"].line.dash != lines["without massage"].line.dash
    assert "workouts" in chart.sentence
    assert "not tested" in chart.caveats[0]


def test_ways_say_counts_first_and_draw_ratios(material: Material) -> None:
    found = four_ways(material)
    chart = ways_chart(found, "reason")
    assert chart.sentence.startswith("Planned massages: routine ")
    (trace,) = chart.figure.data
    assert trace.y[0] == f"Routine ({chart.data['massages'].iloc[0]})"
    assert trace.x[0] == pytest.approx(chart.data["ratio_24h"].iloc[0])
    assert chart.figure.layout.xaxis.type == "log"
    assert "do not say" in ways_chart(found, "method").sentence


def test_companion_curve_draws_its_table(material: Material) -> None:
    stress = next(one for one in companions(material) if one.factor == "stress")
    chart = companion_curve(stress)
    assert chart.data.equals(stress.curve.table)
    line = chart.figure.data[-1]
    assert list(line.y) == pytest.approx(stress.curve.table["value"].dropna().tolist(), abs=1e-4)
    assert "95 % interval" in chart.sentence
    assert f"{stress.curve.n_days} usable days" in chart.sentence


def test_bins_are_all_drawn_each_with_its_interval(material: Material) -> None:
    load = next(one for one in companions(material) if one.factor == "exercise_min")
    assert load.curve.kind == "bins"
    chart = companion_curve(load)
    points = chart.figure.data[-1]
    assert list(points.x) == load.curve.table["label"].tolist()
    assert points.x[0] == "0"
    assert chart.figure.layout.xaxis.type == "category"
    assert list(points.error_y.array) == pytest.approx(
        (load.curve.table["high"] - load.curve.table["value"]).tolist(), abs=1e-3
    )
    assert chart.figure.layout.xaxis.title.text == "Exercise (min)"


def test_own_factors_keep_their_own_name_and_unit(material: Material) -> None:
    trouble = Factor(key="own_trouble", label="Trouble <at> work", unit="sighs", own=True)
    days = material.days.assign(own_trouble=material.days["stress"])
    own = replace(material, days=described(days, DESCRIBED.with_more([trouble])))
    found = companions(own)[-1]
    assert found.factor == "own_trouble"
    chart = companion_curve(found)
    assert chart.title == "Trouble <at> work"
    assert chart.figure.layout.xaxis.title.text == "Trouble <at> work (sighs)"


def test_kinds_of_exercise_stand_beside_each_other(material: Material) -> None:
    found = companions(material)
    chart = kinds_chart(found)
    kinds = [one for one in found if one.is_kind]
    assert [one.factor for one in kinds] == ["workout_run"]
    assert f"Days with each: a run {kinds[0].on_days}." in chart.sentence
    assert chart.data["days"].tolist() == [kinds[0].on_days]
    (points,) = chart.figure.data
    assert points.x[0] == pytest.approx(kinds[0].line.value)
    assert points.y[0] == f"A run ({kinds[0].on_days})"
    assert chart.figure.layout.xaxis.type == "log"


def test_an_empty_log_gives_messages_and_no_traces(nothing: Material) -> None:
    found = seven_benefits(nothing)
    ways = four_ways(nothing)
    charts = [
        paired_slopes(found["stress"].change),
        dose_response(found["circulation"]),
        aligned_panels(found["flexibility"]),
        soreness_curve(found["waste"]),
        recovery_curve(found["recovery"]),
        *(ways_chart(ways, aspect) for aspect in ASPECTS),
    ]
    for chart in charts:
        assert not chart.figure.data
        assert texts(chart)
        assert chart.sentence
    assert companions(nothing) == ()


def test_no_clear_association_says_what_could_have_been_seen(seven: Seven) -> None:
    tension = seven["tension"]
    assert tension.headline.shown
    assert "No clear association." in headline_sentence(tension)
    assert (
        f"ratio of {tension.headline.mde:.2f} or less, or {1 / tension.headline.mde:.2f}"
        in visible(tension.headline)
    )


def test_a_reader_of_inches_sees_the_same_lengths_in_inches(seven: Seven) -> None:
    benefit = seven["flexibility"]
    with written.used(Formats(units=Units.US)):
        chart, sentence = aligned_panels(benefit), headline_sentence(benefit)
    measured = benefit.details["panels"].dropna(subset=["measure"])["measure"]
    assert list(chart.figure.data[1].y) == pytest.approx(list(measured / 2.54))
    assert chart.figure.layout.yaxis2.title.text.endswith("(in)")
    assert chart.data is benefit.details["panels"]
    assert f"{abs(benefit.headline.value) / 2.54:.1f} in higher" in sentence
    assert f"{abs(benefit.headline.value):.1f} cm higher" in headline_sentence(benefit)


def test_a_companion_in_bins_shows_every_bin_also_one_called_zero(material: Material) -> None:
    binned = [one for one in companions(material) if one.curve.kind == "bins" and one.curve.shown]
    assert binned
    for one in binned:
        chart = companion_curve(one)
        assert chart.figure.layout.xaxis.type == "category"
        assert len(chart.figure.data[-1].x) == one.curve.table["value"].notna().sum() > 1
