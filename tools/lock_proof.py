"""Prove that a release published after a lock was written cannot change what is installed.

Invented packages on this disk, no network, two seconds. A lock pins release 1.0 of a package, of
the package it needs with an extra, and of what the extra brings. Then release 2.0 of everything
appears, asks for one package more, and the call of pip that ``make run`` uses installs the lock.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parent))
from environment import install_command

# Of each package what it asks for; the second release asks for one more.
NEEDS = {"alpha": ["beta[quick]>=1.0"], "beta": ['gamma>=1.0; extra == "quick"'], "gamma": []}


def main() -> int:
    """Say in one line what was installed; 0 when it is the lock and nothing else."""
    with tempfile.TemporaryDirectory(prefix="legcare-lock-") as name:
        folder = Path(name)
        lock = folder / "requirements.txt"
        first = [_publish(folder, package, "1.0", needs) for package, needs in NEEDS.items()]
        lock.write_text("\n".join(first) + "\n", encoding="utf-8")
        for package, needs in NEEDS.items():
            _publish(folder, package, "2.0", [*needs, "delta>=1.0"])
        _publish(folder, "delta", "1.0", [])
        offline = ["--no-index", "--find-links", str(folder)]
        newest = _install(folder / "newest", ["install", "-q", *offline, "alpha"])
        exact = _install(folder / "exact", [*install_command(lock)[3:], *offline])
    if newest != {"alpha": "2.0", "beta": "2.0", "gamma": "2.0", "delta": "1.0"}:
        print(f"The newer releases were not on offer, so nothing is proved: {newest}")
        return 1
    if exact != dict.fromkeys(NEEDS, "1.0"):
        print(f"A newer release changed what the lock installs: {exact}")
        return 1
    print("A newer release of every package changes nothing that the lock installs.")
    return 0


def _publish(folder: Path, package: str, version: str, needs: list[str]) -> str:
    """Put a wheel without code into the folder, and return the line that pins it."""
    info = f"{package}-{version}.dist-info"
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {package}",
        f"Version: {version}",
        "Provides-Extra: quick",
        *(f"Requires-Dist: {need}" for need in needs),
    ]
    wheel = folder / f"{package}-{version}-py3-none-any.whl"
    kind = "Wheel-Version: 1.0\nGenerator: legcare\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        archive.writestr(f"{info}/WHEEL", kind)
        archive.writestr(f"{info}/RECORD", "")
    extra = "[quick]" if package == "beta" else ""
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{package}{extra}=={version} --hash=sha256:{digest}"


def _install(target: Path, command: list[str]) -> dict[str, str]:
    """Versions by package in the folder ``target`` after this call of pip."""
    pip = [sys.executable, "-m", "pip", *command, "--target", str(target)]
    subprocess.run(pip, check=True)
    names = (path.name.removesuffix(".dist-info") for path in target.glob("*.dist-info"))
    return dict(name.split("-") for name in names)


if __name__ == "__main__":
    sys.exit(main())
