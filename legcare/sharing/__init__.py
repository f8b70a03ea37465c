"""Who may see what: grants, redaction, read-only view."""

from legcare.sharing.grant import KINDS, Comment, Given, Grant, in_days
from legcare.sharing.guest import REFUSED, Guest, Shared
from legcare.sharing.owner import Link, Sharing
from legcare.sharing.roster import RosterLine
from legcare.sharing.view import LogView

__all__ = [
    "KINDS",
    "REFUSED",
    "Comment",
    "Given",
    "Grant",
    "Guest",
    "Link",
    "LogView",
    "RosterLine",
    "Shared",
    "Sharing",
    "in_days",
]
