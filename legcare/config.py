"""Settings of the server, read from environment variables.

A wrong one is refused at start with a sentence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from legcare.errors import BadSetting

PREFIX = "LEGCARE_"
_DATABASES = ("sqlite://", "postgresql://", "postgresql+psycopg://")
_REMEDIES = {
    "database_url": (
        "begin it with sqlite:/// (one file) or postgresql+psycopg:// (a server), or leave it out"
        " for the file in this machine's data folder"
    ),
    "explore_only": "set it to true (nothing is kept) or false, or leave it out",
    "address": (
        "write it as others open it, such as https://legcare.example.org, without a path, or leave"
        " it out"
    ),
    "phone_port": "set it to a port from 1024 to 65535, or leave it out for 8602",
    "share_days": "set it to a whole number from 1 to 3650, or leave it out for 30",
}


class Config(BaseSettings):
    """What whoever runs the server may set.

    Each field is the variable ``LEGCARE_`` + its name in capitals.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    database_url: str | None = Field(
        None, description="Where logs are kept; default: one SQLite file of this user."
    )
    explore_only: bool = Field(
        False, description="Keep nothing: every visitor has a log for this visit only."
    )
    share_days: int = Field(
        30, ge=1, le=3650, description="Days after which a coach link ends unless said otherwise."
    )

    address: str | None = Field(
        None, description="Where others reach this server; stands in links and codes."
    )
    phone_port: int = Field(
        8602, ge=1024, le=65535, description="The port that phones at home reach, if turned on."
    )

    @field_validator("address")
    @classmethod
    def _origin(cls, address: str | None) -> str | None:
        if address is not None and not re.fullmatch(r"https?://[^/\s?#]+/?", address):
            raise ValueError("no address of a server")
        return address and address.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(_DATABASES):
            raise ValueError("unknown kind of database")
        return url


def config() -> Config:
    """The settings as the environment has them now.

    Raises ``BadSetting`` with the variable, its value and the remedy; a password in an address is
    never quoted.
    """
    _refuse_unknown(os.environ)
    try:
        return Config()
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        value = os.environ.get(f"{PREFIX}{name.upper()}", "")
        raise BadSetting(
            f"The setting {PREFIX}{name.upper()} is {_without_password(value)!r}, which cannot be"
            f" used: {_REMEDIES[name]}."
        ) from None


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    """A mistyped name would otherwise be passed over, and the log land somewhere else."""
    known = {f"{PREFIX}{name.upper()}" for name in Config.model_fields}
    for name in sorted(environment):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            meant = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            if meant:
                raise BadSetting(
                    f"There is no setting called {name}. Rename it to {meant[0]}, or remove it."
                )


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", url)
