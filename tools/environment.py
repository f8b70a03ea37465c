"""Make ``.venv`` and install exactly what the given requirement files pin.

Standard library only; Python 3.11 or newer.

``python3 tools/environment.py requirements.txt``. A stamp in ``.venv`` holds the hash of each file
that was installed, so a second start installs nothing and asks no network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# The lock names every package and every extra, so pip has nothing to resolve and nothing to build:
# what is published after the lock was written cannot change what is installed.
EXACTLY = ("--no-deps", "--require-hashes", "--only-binary", ":all:")


def main(files: list[str]) -> int:
    """Install what is not installed yet; 0 when everything is there."""
    if sys.version_info < (3, 11):
        print(
            f"legcare needs Python 3.11 or newer; this is {sys.version.split()[0]}"
            f" ({sys.executable})."
        )
        return 1
    # A stamp counts only while the interpreter that .venv points to is still there.
    missing = [name for name in files if not (PYTHON.exists() and _stamp(name).exists())]
    if not missing:
        return 0
    if not _has_pip():
        print("Making .venv", flush=True)
        if not _create():
            print(
                "This Python cannot make virtual environments with pip in them. Install its venv"
                " package (on Debian and Ubuntu: apt-get install python3-venv) and run the same"
                " command again."
            )
            return 1
    return max(_install(name) for name in missing)


def install_command(requirements: Path) -> list[str]:
    """The call of pip that installs the lines of a lock file and nothing else."""
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    return [str(PYTHON), "-m", "pip", "install", *quiet, *EXACTLY, "-r", str(requirements)]


def _stamp(name: str) -> Path:
    content = (ROOT / name).read_bytes()
    return VENV / f".installed-{hashlib.sha256(content).hexdigest()[:20]}"


def _has_pip() -> bool:
    return PYTHON.exists() and _succeeds([PYTHON, "-m", "pip", "--version"])


def _succeeds(command: list[object]) -> bool:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _create() -> bool:
    """Whether ``.venv`` stands.

    Debian ships Python without ``ensurepip``: as root its package can be fetched.
    """
    for attempt in (_create_plain, _create_with_debian_package):
        shutil.rmtree(VENV, ignore_errors=True)
        if attempt() and _has_pip():
            return True
    return False


def _create_plain() -> bool:
    return _succeeds([sys.executable, "-m", "venv", VENV])


def _create_with_debian_package() -> bool:
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print("Python's venv package is missing: installing Debian's python3-venv", flush=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    for name in (package, "python3-venv"):
        install = ["apt-get", "install", "-y", "-qq", name]
        if subprocess.run(install, env=quiet, check=False).returncode == 0:
            return _create_plain()
    return False


def _install(name: str) -> int:
    print(f"Installing what {name} pins (once; takes a few minutes)", flush=True)
    # What is missing or does not fit together is known now, not on some page later.
    check = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "check"]
    for command, stdout in ((install_command(ROOT / name), None), (check, subprocess.PIPE)):
        result = subprocess.run(command, stdout=stdout, text=True, check=False)
        if result.returncode:
            print(
                f"{result.stdout or ''}{name} could not be installed: see the lines above."
                " Nothing was started."
            )
            return result.returncode
    # With PYTHONDONTWRITEBYTECODE set, every start would compile pandas, SciPy and statsmodels
    # anew: 10 seconds.
    subprocess.run(
        [PYTHON, "-m", "compileall", "-q", "-j", "0", VENV], stdout=subprocess.DEVNULL, check=False
    )
    _stamp(name).touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
