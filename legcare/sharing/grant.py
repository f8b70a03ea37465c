"""What an owner lets somebody see, for how long, and what that person may say about it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from legcare.records import new_id, now, written

DAYS = 30
Kind = Literal["cramp", "massage", "workout"]
KINDS: tuple[Kind, ...] = ("cramp", "massage", "workout")


def address(email: str) -> str:
    """An e-mail address as it is compared: without blanks around it, in lower case."""
    return email.strip().casefold()


def _address(email: str | None) -> str | None:
    if email is None or not email.strip():
        return None
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", email.strip()):
        raise ValueError(f"{email!r} is not an e-mail address such as coach@example.org")
    return address(email)


def in_days(days: int = DAYS) -> datetime:
    """The moment that many days from now, in UTC."""
    return now() + timedelta(days=days)


class Terms(BaseModel):
    """Common manners of what sharing keeps: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grant(Terms):
    """What one link shows. Nothing is shown that is not named here.

    ``first_day`` and ``last_day`` are legcare days, both ends included; None is open. ``factors``
    are keys of the registry or of own factors. Tracked days are always shown for the period, since
    no rate can be read without them. ``name`` is whose log it is, as the coach reads it; ``label``
    is whom it is for, as the owner reads it. With ``adds`` whoever has the link may also add
    entries, as a partner or carer does.
    """

    id: UUID = Field(default_factory=new_id)
    name: Annotated[str, Field(max_length=100)] = ""
    label: Annotated[str, Field(max_length=100)] = ""
    first_day: date | None = None
    last_day: date | None = None
    kinds: tuple[Kind, ...] = KINDS
    factors: tuple[str, ...] = ()
    notes: bool = False
    exact_times: bool = False
    adds: bool = False
    email: Annotated[str | None, AfterValidator(_address)] = None
    created_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(default_factory=in_days)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValueError(
                f"the last day ({self.last_day}) lies before the first ({self.first_day})"
            )
        if self.expires_at.tzinfo is None or self.expires_at <= self.created_at:
            raise ValueError("the link must end after it begins")
        return self

    def left_out(self) -> tuple[str, ...]:
        """What the coach does not see, one sentence each, for the banner over their pages."""
        said = []
        if self.first_day or self.last_day:
            said.append(f"Only days {_period(self.first_day, self.last_day)} are shown.")
        if missing := [kind for kind in KINDS if kind not in self.kinds]:
            said.append(f"Not shared: {', '.join(f'{kind}s' for kind in missing)}.")
        if not self.exact_times:
            said.append(
                "Times are rounded to morning, afternoon, evening or night, so minutes, hours and"
                " the order within one part of a day cannot be read."
            )
        if not self.notes:
            said.append("Notes are left out.")
        said.append("Factors that were not shared are missing, not zero.")
        return tuple(said)


class Given(Terms):
    """A grant as its owner sees it: with what became of it."""

    grant: Grant
    revoked_at: datetime | None = None
    opened_at: datetime | None = None

    def open_at(self, moment: datetime) -> bool:
        """Whether the link works at this moment."""
        return self.revoked_at is None and moment < self.grant.expires_at


class Comment(Terms):
    """What a coach says about some days of the log; text as typed, never markup.

    ``verified`` says whether ``author`` is the address that the coach signed in with; None where it
    was written before that was kept.
    """

    id: UUID = Field(default_factory=new_id)
    share_id: UUID
    author: Annotated[str, Field(max_length=200)] = ""
    first_day: date
    last_day: date
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    at: datetime = Field(default_factory=now)
    verified: bool | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError(
                f"the last day ({self.last_day}) lies before the first ({self.first_day})"
            )
        return self


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"from {_day(first)} to {_day(last)}"
    return f"from {_day(first)} on" if first else f"up to {_day(last)}" if last else ""


def _day(day: date) -> str:
    return written.day(day)
