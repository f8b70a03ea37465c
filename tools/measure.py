"""The ruler of the house: one table for any checkout, and the limits that ``make check`` holds.

``python tools/measure.py [FOLDER] [--package legcare]`` prints the table; ``--check`` says what
breaks a limit. Length is counted in statements: a wide line is no shorter than two. Standard
library only.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import median, quantiles

WIDTH = 100
MOST_STATEMENTS = 25
MOST_PARAMETERS = 5
# A copy shorter than this is an idiom.
COPY = 6
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# The words "fmt: skip" and "fmt: off" as the formatter reads them.
HAND_LAID = re.compile(r"#\s*fmt:\s*(?:skip|off)")
# A comment for a checker may stand beyond the width, as in ruff.
PRAGMA = re.compile(r"\s*#\s*(?:noqa|type: ignore).*")
# One-word names that say what was done and not what the thing is or does.
IRREGULAR = re.compile(
    "begun|bound|bought|brought|built|chosen|cut|done|drawn|drunk|eaten|fallen|felt|found|given|gone"
    "|grown|heard|held|hidden|kept|known|laid|left|lent|lost|made|meant|met|paid|said|seen|sent|shown"
    "|slept|sold|spent|spoken|stood|sworn|taken|taught|thought|told|understood|won|worn|written"
)
NOUNS = re.compile(
    "bed|bleed|ceiling|deed|embed|evening|feed|finding|heading|king|meaning|missing|morning|nothing"
    "|padding|rating|reading|red|ring|seed|setting|shed|sibling|speed|spring|string|swing|thing"
    "|timing|warning|weed|wing"
)


@dataclass(frozen=True)
class Module:
    """One file: its name from the root of the checkout, its text and its tree."""

    name: str
    text: str
    tree: ast.Module


def modules(root: Path, package: str) -> list[Module]:
    """Every file of the package, and the entry files beside it, without migrations."""
    patterns = (f"{package}/**/*.py", "pages/*.py", "app.py")
    paths = sorted(path for pattern in patterns for path in root.glob(pattern))
    return [
        Module(path.relative_to(root).as_posix(), text, ast.parse(text))
        for path in paths
        if "migrations/versions" not in path.as_posix()
        for text in [path.read_text(encoding="utf-8")]
    ]


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones too."""
    return (node for node in ast.walk(module.tree) if isinstance(node, FUNCTIONS))


def statements(function: ast.AST) -> int:
    """Statements of a function without its docstring and without those of functions inside."""
    count = 0
    for node in ast.iter_child_nodes(function):
        if isinstance(node, FUNCTIONS):
            count += 1
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            count += isinstance(node, ast.stmt) + statements(node)
    return count


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Parameters of a function without ``self`` and ``cls``."""
    arguments = function.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return sum(name not in ("self", "cls") for name in names)


def is_participle(name: str) -> bool:
    """Whether a name is one word, and that word a bare participle."""
    word = name.strip("_")
    if not word.isalpha() or NOUNS.fullmatch(word.lower()):
        return False
    regular = word.endswith("ed") or (word.endswith("ing") and len(word) > 4)
    return regular or IRREGULAR.fullmatch(word) is not None


def definitions(module: Module) -> Iterator[str]:
    """Names of the functions and classes of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("__"):
            yield node.name


def value_names(module: Module) -> Iterator[str]:
    """Names that a module gives to values: variables and parameters."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def copies(house: list[Module]) -> int:
    """Pairs of functions whose bodies are the same but for names and constants."""
    bodies = Counter(
        re.sub(r"(id|arg|attr|value|name)='?[^',)]*'?", r"\1=", "".join(map(ast.dump, each.body)))
        for module in house
        for each in functions(module)
        if statements(each) >= COPY
    )
    return sum(sum(1 for _ in combinations(range(count), 2)) for count in bodies.values())


def imports(module: Module, names: dict[str, str]) -> set[str]:
    """Files of the house that a module imports, whether a module is named or what is in it."""
    targets = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            targets |= (inside & names.keys()) or {node.module}
    return {names[name] for name in targets if name in names} - {module.name}


def arrows(house: list[Module]) -> tuple[Counter[str], Counter[str]]:
    """Fan-in and fan-out of each file."""
    names = {
        module.name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): module.name
        for module in house
    }
    fan_in: Counter[str] = Counter()
    fan_out: Counter[str] = Counter()
    for module in house:
        targets = imports(module, names)
        fan_in.update(targets)
        fan_out[module.name] = len(targets)
    return fan_in, fan_out


def table(house: list[Module]) -> Iterator[tuple[str, str]]:
    """The lines of the table: what is measured, and the figure."""
    lines = [line for module in house for line in module.text.splitlines()]
    lengths = [statements(each) for module in house for each in functions(module)]
    counts = [parameters(each) for module in house for each in functions(module)]
    names = [name for module in house for name in definitions(module)]
    values = [name for module in house for name in value_names(module)]
    yield "files, lines", f"{len(house)}, {len(lines):,}"
    yield "lines over 100 columns", _share(len(PRAGMA.sub("", line)) > WIDTH for line in lines)
    hand_laid = sum(len(HAND_LAID.findall(module.text)) for module in house)
    yield "laid out by hand (fmt)", str(hand_laid)
    tenth = quantiles(lengths, n=10)[-1]
    middle = f"median {median(lengths):.0f}"
    yield "statements of a function", f"{middle}, p90 {tenth:.0f}, max {max(lengths)}"
    yield "functions over 25 statements", _share(length > MOST_STATEMENTS for length in lengths)
    yield "more than 5 parameters", _share(count > MOST_PARAMETERS for count in counts)
    yield "definitions that are a participle", _share(map(is_participle, names))
    yield "values named by a participle", _share(map(is_participle, values))
    yield "pairs of copied functions", str(copies(house))
    fan_in, fan_out = arrows(house)
    yield "most imported", _most(fan_in)
    yield "importing most", _most(fan_out)
    yield "lines by package", ", ".join(f"{name} {count:,}" for name, count in packages(house))


def packages(house: list[Module]) -> list[tuple[str, int]]:
    """Lines of each package, the largest first."""
    sizes: Counter[str] = Counter()
    for module in house:
        folders = module.name.split("/")[:-1]
        sizes["/".join(folders[:2]) or module.name] += len(module.text.splitlines())
    return sizes.most_common()


def _share(flags: Iterator[bool]) -> str:
    every = list(flags)
    return f"{sum(every)} ({100 * sum(every) / max(len(every), 1):.1f} %)"


def _most(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common(5))


def violations(house: list[Module]) -> Iterator[str]:
    """Every place that breaks a limit."""
    for module in house:
        for number, line in enumerate(module.text.splitlines(), start=1):
            if len(PRAGMA.sub("", line)) > WIDTH:
                yield f"{module.name}:{number}: {len(line)} columns, at most {WIDTH}"
            if HAND_LAID.search(line):
                yield f"{module.name}:{number}: laid out by hand; the formatter does that"
        for function in functions(module):
            length = statements(function)
            if length > MOST_STATEMENTS:
                place = f"{module.name}:{function.lineno}: {function.name}"
                yield f"{place} has {length} statements, at most {MOST_STATEMENTS}"


def main() -> int:
    """Print the table; with ``--check`` what breaks a limit, and 1 when something does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1])
    parser.add_argument("--package", default="legcare")
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    house = modules(chosen.folder, chosen.package)
    trouble = list(violations(house)) if chosen.check else []
    if trouble:
        print("\n".join(trouble))
        return 1
    for name, figure in table(house):
        print(f"{name:<36}{figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
