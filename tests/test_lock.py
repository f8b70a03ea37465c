"""The two lock files: complete in themselves, with hashes, and what people and tests run alike."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import environment

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = ("requirements.txt", "requirements-dev.txt")
# Where the lock must be complete: every Python there is, on each kind of machine.
MACHINES = [
    {
        "python_version": version,
        "python_full_version": f"{version}.7",
        "sys_platform": platform,
        "os_name": "nt" if platform == "win32" else "posix",
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[platform],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "platform_machine": "x86_64",
    }
    for version in ("3.11", "3.12", "3.13", "3.14")
    for platform in ("linux", "darwin", "win32")
]


@dataclass(frozen=True)
class Pin:
    """One line of a lock file: what it pins, with which extras, where, and its hashes."""

    name: str
    extras: frozenset[str]
    version: str
    marker: Marker | None
    text: str

    def holds(self, machine: dict[str, str]) -> bool:
        return self.marker is None or self.marker.evaluate(machine)


def pins_of(text: str) -> list[Pin]:
    found = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        line = entry.split(" \\")[0].split("    #")[0].strip()
        if re.match(r"[A-Za-z0-9]", line):
            need = Requirement(line)
            (version,) = (each.version for each in need.specifier)
            name = canonicalize_name(need.name)
            found.append(Pin(name, frozenset(need.extras), version, need.marker, entry))
    return found


def lock(file: str) -> list[Pin]:
    return pins_of((ROOT / file).read_text(encoding="utf-8"))


def needs(pin: Pin) -> list[Requirement]:
    """What the installed package of that name says it asks for."""
    return [Requirement(text) for text in requires(pin.name) or []]


def gaps(pins: list[Pin], machine: dict[str, str]) -> set[str]:
    """What the packages of the lock ask for on such a machine and no line of it brings."""
    here = {pin.name: pin for pin in pins if pin.holds(machine)}
    missing = set()
    for pin in here.values():
        for need in needs(pin):
            extras = ("", *sorted(pin.extras))
            if need.marker and not any(
                need.marker.evaluate({**machine, "extra": extra}) for extra in extras
            ):
                continue
            found = here.get(canonicalize_name(need.name))
            if found is None:
                missing.add(f"{pin.name} asks for {need.name}")
            elif not need.specifier.contains(found.version, prereleases=True):
                missing.add(f"{pin.name} asks for {need.name}{need.specifier}")
            missing |= {
                f"{pin.name} asks for {need.name}[{extra}]"
                for extra in need.extras - (found.extras if found else set())
            }
    return missing


def on_this_machine(pins: list[Pin]) -> list[Pin]:
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


@pytest.mark.parametrize("file", FILES)
def test_nothing_that_a_package_asks_for_is_missing(file: str) -> None:
    # Packages of other machines are not installed here, so their own needs cannot be asked.
    pins = on_this_machine(lock(file))
    assert len(pins) > 40
    assert gaps(pins, {}) == set()


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "machine", MACHINES, ids=lambda each: f"{each['sys_platform']}-{each['python_version']}"
)
def test_other_machines_get_all_they_need(file: str, machine: dict[str, str]) -> None:
    # Only the releases installed here can be asked; another machine may get an older one.
    here = {(pin.name, pin.version) for pin in on_this_machine(lock(file))}
    pins = [pin for pin in lock(file) if pin.holds(machine)]
    known = [pin for pin in pins if (pin.name, pin.version) in here]
    others = {pin.name for pin in pins} - {pin.name for pin in known}
    missing = {line for line in gaps(known, machine) if line.split(" asks for ")[1] not in others}
    assert {line for line in missing if not re.search(r"[<>=!~]", line)} == set()


@pytest.mark.parametrize(
    ("pattern", "instead", "missing"),
    [
        (r"coverage\[toml\]", "coverage", "pytest-cov asks for coverage[toml]"),
        (r"\niniconfig==[^\n]*(\n    [^\n]*)*", "", "pytest asks for iniconfig"),
        (r"\nexecnet==[^\s]+", "\nexecnet==1.0", "pytest-xdist asks for execnet>=2.1"),
    ],
    ids=["an extra without a line", "a package without a line", "a release too old"],
)
def test_a_lock_with_a_gap_is_refused(pattern: str, instead: str, missing: str) -> None:
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    torn, count = re.subn(pattern, instead, text)
    assert count == 1
    assert missing in gaps(on_this_machine(pins_of(torn)), {})


@pytest.mark.parametrize("file", FILES)
def test_the_pins_are_those_of_the_project(file: str) -> None:
    wanted = list(PROJECT["project"]["dependencies"])
    if file == "requirements-dev.txt":
        wanted += PROJECT["dependency-groups"]["dev"]
    by_name: dict[str, list[Pin]] = {}
    for pin in lock(file):
        by_name.setdefault(pin.name, []).append(pin)
    for requirement in map(Requirement, wanted):
        for pin in by_name[canonicalize_name(requirement.name)]:
            assert requirement.specifier.contains(pin.version), requirement
            assert requirement.extras <= pin.extras, requirement


@pytest.mark.parametrize("file", FILES)
def test_every_pin_carries_its_hashes(file: str) -> None:
    assert [pin.name for pin in lock(file) if "--hash=sha256:" not in pin.text] == []


def test_tests_run_on_the_versions_that_people_run() -> None:
    people, developers = (
        {(pin.name, pin.version, str(pin.marker)) for pin in lock(file)} for file in FILES
    )
    assert people - developers == set()


def test_pip_resolves_and_builds_nothing() -> None:
    command = environment.install_command(ROOT / "requirements.txt")
    at = command.index("install")
    assert command[at - 2 : at] == ["-m", "pip"]
    assert {"--no-deps", "--require-hashes"} <= set(command)
    assert command[command.index("--only-binary") + 1] == ":all:"
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--no-strip-extras" in recipe
