"""Hash a password for ``LEGCARE_OWNER_PASSWORD``: asks twice, and prints the line to set.

    python -m legcare.commands password
    python -m legcare.commands password anna

Without a name for a server of one person; with names for a family, one line each: set them all in
one variable, parted by a space.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from getpass import getpass

from argon2 import PasswordHasher

SHORTEST = 12
NAME = r"[^\s:$]{1,100}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where the hash was printed."""
    names = list(sys.argv[1:] if arguments is None else arguments)
    if len(names) > 1 or not all(re.fullmatch(NAME, name) for name in names):
        print("A name has no blank, colon or dollar sign. Give one name, or none.", file=sys.stderr)
        return 2
    password = getpass("Password: ")
    if len(password) < SHORTEST:
        print(f"Too short: take {SHORTEST} letters or more, such as four words.", file=sys.stderr)
        return 1
    if getpass("Once more: ") != password:
        print("The two differ. Nothing was made.", file=sys.stderr)
        return 1
    prefix = f"{names[0]}:" if names else ""
    print(f"LEGCARE_OWNER_PASSWORD='{prefix}{PasswordHasher().hash(password)}'")
    return 0


if __name__ == "__main__":
    sys.exit(main())
