"""``python -m legcare.commands NAME ...`` runs one of the programs of this folder."""

from __future__ import annotations

import sys
from runpy import run_module

PROGRAMS = {
    "backup": "keep a copy of a database, or put one back",
    "load": "files into a database",
    "password": "hash a password for LEGCARE_OWNER_PASSWORD",
    "report": "write the report on a log",
}


def main(arguments: list[str]) -> int:
    """Run the program that the first word names; 2 where there is none of that name."""
    if not arguments or arguments[0] not in PROGRAMS:
        print("usage: python -m legcare.commands NAME ...")
        print("\n".join(f"  {name:10} {what}" for name, what in PROGRAMS.items()))
        return 2
    name = arguments[0]
    sys.argv = [f"python -m legcare.commands {name}", *arguments[1:]]
    run_module(f"legcare.commands.{name}", run_name="__main__", alter_sys=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
