"""Install what tests need from Debian, where that can be done without asking anybody."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def install(*packages: str) -> bool:
    """Whether the packages were installed: on Debian, as root. Ubuntu's are pointers to snaps."""
    release = Path("/etc/os-release")
    if not (release.exists() and "\nID=debian" in "\n" + release.read_text(encoding="utf-8")):
        return False
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fetch = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return all(
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in (["apt-get", "update", "-qq"], fetch)
    )
