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


def main(files: list[str]) -> int:
    """Install what is not installed yet; 0 when everything is there."""
    if sys.version_info < (3, 11):
        print(
            f"legcare needs Python 3.11 or newer; this is {sys.version.split()[0]}"
            f" ({sys.executable})."
        )
        return 1
    # A stamp counts only while the interpreter that .venv points to is still there.
    wanted = [name for name in files if not (PYTHON.exists() and _stamp(name).exists())]
    if not wanted:
        return 0
    if not _works():
        print("Making .venv", flush=True)
        if not _made():
            print(
                "This Python cannot make virtual environments with pip in them. Install its venv"
                " package (on Debian and Ubuntu: apt-get install python3-venv) and run the same"
                " command again."
            )
            return 1
    return max(_installed(name) for name in wanted)


def _stamp(name: str) -> Path:
    content = (ROOT / name).read_bytes()
    return VENV / f".installed-{hashlib.sha256(content).hexdigest()[:20]}"


def _works() -> bool:
    if not PYTHON.exists():
        return False
    return (
        subprocess.run(
            [PYTHON, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    )


def _made() -> bool:
    """Whether ``.venv`` stands.

    Debian ships Python without ``ensurepip``: as root its package can be fetched.
    """
    for attempt in (_plain, _with_debian_package):
        shutil.rmtree(VENV, ignore_errors=True)
        if attempt() and _works():
            return True
    return False


def _plain() -> bool:
    return (
        subprocess.run(
            [sys.executable, "-m", "venv", VENV], capture_output=True, check=False
        ).returncode
        == 0
    )


def _with_debian_package() -> bool:
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print("Python's venv package is missing: installing Debian's python3-venv", flush=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    for name in (package, "python3-venv"):
        if (
            subprocess.run(
                ["apt-get", "install", "-y", "-qq", name], env=quiet, check=False
            ).returncode
            == 0
        ):
            return _plain()
    return False


def _installed(name: str) -> int:
    print(f"Installing what {name} pins (once; takes a few minutes)", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, "--require-hashes", "-r", ROOT / name], check=False)
    if done.returncode:
        print(f"{name} could not be installed: see the lines above. Nothing was started.")
        return done.returncode
    # With PYTHONDONTWRITEBYTECODE set, every start would compile pandas, SciPy and statsmodels
    # anew: 10 seconds.
    subprocess.run(
        [PYTHON, "-m", "compileall", "-q", "-j", "0", VENV], stdout=subprocess.DEVNULL, check=False
    )
    _stamp(name).touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
