"""The calibration's numbers as Markdown tables, put between two marks of docs/methods.md."""

from __future__ import annotations

from typing import Any

Numbers = dict[str, Any]


def written(text: str, numbers: Numbers) -> str:
    """The page with fresh tables between its marks."""
    return between_marks(text, "calibration", tables(numbers))


def between_marks(text: str, name: str, fresh: str) -> str:
    """The page with something fresh between two of its marks."""
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    before, rest = text.split(start)
    after = rest.split(end)[1]
    return f"{before}{start}\n\n{fresh}\n\n{end}{after}"


def markdown(rows: list[Numbers]) -> str:
    """Rows as a table of every column that any of them has; what a row does not have is 0."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return _table([dict.fromkeys(names, 0) | row for row in rows], {name: name for name in names})


def tables(numbers: Numbers) -> str:
    """All tables with how many logs they rest on."""
    repeats, families = numbers["repeats"], numbers["family_repeats"]
    error = 1.96 * (0.05 * 0.95 / repeats) ** 0.5
    return "\n\n".join(
        [
            (
                f"{repeats} simulated logs per cell (a true 5 % then shows as {5 - 100 * error:.1f}"
                f" to {5 + 100 * error:.1f} %), {families} per family. Type I error: how often p <"
                " 0.05 where nothing is related to anything."
            ),
            _table(numbers["grid"], GRID),
            _summary(numbers["summary"]),
            "Six questions at once (q by Benjamini-Hochberg):",
            _table(numbers["families"], FAMILIES),
            "Scenarios that bend an assumption (no effect is present):",
            _table(numbers["scenarios"], SCENARIOS),
            (
                "Quiet days less often logged: does the interval still hold a true ratio of 0.6,"
                " and the true rate?"
            ),
            _table(numbers["quiet_days"], QUIET),
        ]
    )


CELL = {"outcome": "outcome", "days": "days", "rho": "persistence"}
METHODS = {
    "psi_t": "psi-t",
    "pearson": "Pearson",
    "newey_west": "Newey-West",
    "circular_shift": "circular shift",
}
GRID = {
    **CELL,
    "drift": "drift",
    **METHODS,
    "shown": "shown",
    "coverage": "coverage",
    "power": "power",
}
FAMILIES = {
    **CELL,
    "drift": "drift",
    "any_false": "any false, ours",
    "pearson_any_false": "any false, Pearson",
    "found_the_true_one": "true one found",
    "false_share": "false share",
}
SCENARIOS = {"scenario": "scenario", **CELL, "median_ratio": "median ratio", **METHODS}
QUIET = {
    **CELL,
    "coverage_of_ratio": "ratio covered",
    "median_ratio": "median ratio",
    "rate_in_interval": "rate in interval",
    "rate_in_range": "rate in range",
}


def _table(rows: list[Numbers], columns: dict[str, str]) -> str:
    lines = ["| " + " | ".join(columns.values()) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(row[name]) for name in columns) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value)


def _summary(found: Numbers) -> str:
    return (
        f"psi-t over all cells: type I {found['type_1_lowest_psi_t']:.3f} to"
        f" {found['type_1_worst_psi_t']:.3f}, mean {found['type_1_mean_psi_t']:.3f}; coverage mean"
        f" {found['coverage_mean']:.3f}, worst {found['coverage_worst']:.3f}. Worst cell of the"
        f" others: Pearson {found['type_1_worst_pearson']:.3f}, Newey-West"
        f" {found['type_1_worst_newey_west']:.3f}, circular shift"
        f" {found['type_1_worst_circular_shift']:.3f}. Headline family: any false finding at most"
        f" {found['family_any_false_worst']:.3f}, false share at most"
        f" {found['family_false_share_worst']:.3f}."
    )
