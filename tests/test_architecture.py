"""What the house promises about itself.

Who imports what, how long files are, what is pinned, what is never named.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
CODE = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("legcare/**/*.py")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
# What the project was asked to be built with; anything else needs a reason in CONTRIBUTING.md.
AGREED = {
    "streamlit",
    "pandas",
    "plotly",
    "pydantic",
    "pydantic-settings",
    "sqlalchemy",
    "alembic",
    "scipy",
    "statsmodels",
    "platformdirs",
    "pytest",
    "hypothesis",
    "playwright",
    "import-linter",
    "ruff",
    "mypy",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path, *, top: bool = False) -> Iterator[str]:
    """Modules that a file imports.

    All of them, or those that are imported as soon as the file is.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _at_import(tree) if top else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_import(child)


def uses(path: Path, package: str, **options: bool) -> bool:
    return any(
        module == package or module.startswith(f"{package}.") for module in imports(path, **options)
    )


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / entry for entry in listed.split("\0") if entry and (ROOT / entry).is_file()]


@pytest.mark.parametrize(
    ("package", "places"),
    [
        ("streamlit", ("app.py", "pages/", "legcare/ui/")),
        ("plotly", ("legcare/charts/",)),
        ("sqlalchemy", ("legcare/storage/",)),
        ("alembic", ("legcare/storage/",)),
    ],
)
def test_a_library_stays_in_its_place(package: str, places: tuple[str, ...]) -> None:
    strays = [
        name(path) for path in CODE if uses(path, package) and not name(path).startswith(places)
    ]
    assert strays == []


@pytest.mark.parametrize("package", ["scipy", "statsmodels"])
def test_heavy_libraries_are_imported_where_they_are_used(package: str) -> None:
    assert [name(path) for path in CODE if uses(path, package, top=True)] == []


def test_importing_the_whole_house_imports_no_heavy_library() -> None:
    """Seconds at each start: SciPy's statistics and statsmodels wait until a page asks for them."""
    modules = [
        name(path)[:-3].replace("/", ".").removesuffix(".__init__")
        for path in CODE
        if name(path).startswith("legcare/")
        and not re.search(r"migrations|__main__|ui/shell/frame", name(path))
    ]
    program = (
        f"import importlib, sys\nfor m in {modules!r}: importlib.import_module(m)\n"
        + "print([m for m in ('scipy.stats', 'statsmodels', 'plotly.express') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stderr


def test_no_text_of_a_person_can_become_markup() -> None:
    bad = re.compile(r"unsafe_allow_html|unsafe_allow_javascript")
    assert [name(path) for path in CODE if bad.search(path.read_text(encoding="utf-8"))] == []


def test_every_download_asks_again_who_is_looking() -> None:
    own = [name(path) for path in CODE if "st.download_button(" in path.read_text(encoding="utf-8")]
    assert own == ["legcare/ui/parts/download.py"]


def test_input_is_never_checked_by_assert() -> None:
    """``python -O`` drops asserts, and an AssertionError is no sentence."""
    with_assert = [
        name(path)
        for path in CODE
        if any(
            isinstance(node, ast.Assert)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    ]
    assert with_assert == []


@pytest.mark.parametrize(("pattern", "most"), [("pages/*.py", 80), ("legcare/**/*.py", 200)])
def test_no_file_holds_more_than_agreed(pattern: str, most: int) -> None:
    """Length is counted in statements: a wide line is no shorter than two."""
    lengths = {name(path): _statements(path) for path in ROOT.glob(pattern)}
    assert {path: count for path, count in lengths.items() if count > most} == {}


def _statements(path: Path) -> int:
    """Statements that do something: imports and docstrings are free."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return sum(
        isinstance(node, ast.stmt)
        and not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        for node in ast.walk(tree)
    )


def test_every_module_says_what_it_is() -> None:
    assert [
        name(path)
        for path in CODE
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ] == []


def test_no_committed_file_names_a_package_registry() -> None:
    hosts = [
        "py" + "pi.org",
        "python" + "hosted",
        "npm" + "js",
        "registry." + "npm",
        "deb." + "debian.org",
        "crates" + ".io",
    ]
    strays = [
        (name(path), host)
        for path in committed()
        for host in hosts
        if host.encode() in path.read_bytes()
        or (b"--index-url" in path.read_bytes() and "require" in path.name)
    ]
    assert strays == []


def test_every_further_dependency_has_its_reason() -> None:
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    further = {
        Requirement(text).name
        for text in wanted
        if canonicalize_name(Requirement(text).name) not in AGREED
    }
    assert {package for package in further if f"`{package}`" not in reasons} == set()


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    said = {
        (name(path), target)
        for path in DOCS
        for commands in re.findall(
            r"(?:`|^)make ([a-z -]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        for target in commands.split()
    }
    assert {target for _, target in said} >= {"run", "test", "check"}
    assert {(path, target) for path, target in said if target not in targets} == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        (name(path), link)
        for path in DOCS
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_the_server_answers_this_machine_only_and_tells_nobody() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"]["magicEnabled"] is False


def test_every_field_of_a_date_or_a_time_is_written_as_the_reader_writes_it() -> None:
    asked = {"date_input", "datetime_input", "time_input"}
    found, plain = 0, []
    for path in sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "legcare" / "ui").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in asked
            ):
                found += 1
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                if "format" not in given or isinstance(given["format"], ast.Constant):
                    plain.append(f"{name(path)}:{node.lineno}")
    assert plain == []
    assert found >= 10


def test_time_zones_are_asked_of_one_place_only() -> None:
    files = [*ROOT.glob("legcare/**/*.py"), *ROOT.glob("pages/*.py")]
    asking = [
        name(path) for path in files if "available_timezones" in path.read_text(encoding="utf-8")
    ]
    assert asking == ["legcare/records/preferences.py"]


FIGURES = re.compile(r"[+,]*(\.\d+)?[fg%]|,")
# Colours, paths of a drawing, names of bins as a file keeps them, and constants that are whole
# numbers.
NOT_FOR_READERS = {
    "legcare/charts/theme.py",
    "legcare/charts/leg_sketch.py",
    "legcare/charts/legs.py",
    "legcare/charts/svg.py",
    "legcare/analysis/safety.py",
    "legcare/analysis/benefits/scores.py",
}


def specs(path: Path) -> Iterator[str]:
    """The format of every number that stands in an f-string."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            yield "".join(
                str(part.value)
                for part in node.format_spec.values
                if isinstance(part, ast.Constant)
            )


def test_numbers_in_sentences_are_written_in_one_place() -> None:
    folders = ("legcare/analysis", "legcare/charts", "legcare/ui", "legcare/sharing", "pages")
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    elsewhere = {
        name(path): [spec for spec in specs(path) if FIGURES.fullmatch(spec)] for path in paths
    }
    assert {
        path: found for path, found in elsewhere.items() if found and path not in NOT_FOR_READERS
    } == {}
    assert [
        spec for spec in specs(ROOT / "legcare/charts/theme.py") if FIGURES.fullmatch(spec)
    ] == ["g"]
