"""A real OpenID Connect provider on this machine, in a process of its own.

Prints its port and stops with its input.
"""

from __future__ import annotations

import sys
import warnings

PEOPLE = {"ann": "ann@example.org", "bob": "bob@example.org", "eve": "eve@example.org"}


def main() -> None:
    """Serve until the input ends."""
    warnings.simplefilter("ignore")  # the provider's own libraries warn of their own future
    import oidc_provider_mock as oidc

    people = [
        oidc.User(sub=sub, claims={"email": email, "email_verified": True})
        for sub, email in PEOPLE.items()
    ]
    with oidc.run_server_in_thread(user_claims=people) as running:
        sys.stdout.write(f"{running.server_port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
