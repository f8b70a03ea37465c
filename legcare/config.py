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
_SECRET = ("owner_password", "start_key")
_REMEDIES = {
    "database_url": (
        "begin it with sqlite:/// (one file) or postgresql+psycopg:// (a server), or leave it out"
        " for the file in this machine's data folder"
    ),
    "explore_only": "set it to true (nothing is kept) or false, or leave it out",
    "backup_mb": "set it to a whole number of megabytes, 0 for none, or leave it out for 500",
    "address": (
        "write it as others open it, such as https://legcare.example.org, without a path, or leave"
        " it out"
    ),
    "owner_password": (
        "set it to what python -m legcare.commands password prints, in single quotes; several"
        " people are parted by a space and each has a name"
    ),
    "start_key": "set it to true, or to a key of your own of 16 letters or more",
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
    backup_mb: int = Field(
        500,
        ge=0,
        le=1_000_000,
        description="Most megabytes of automatic backups of this user's file; 0 turns them off.",
    )
    share_days: int = Field(
        30, ge=1, le=3650, description="Days after which a coach link ends unless said otherwise."
    )

    address: str | None = Field(
        None, description="Where others reach this server; stands in links and codes."
    )
    owner_password: str | None = Field(
        None, description="Who may sign in with a password: hashes, each after NAME: or alone."
    )
    start_key: str | None = Field(
        None, description="Ask everybody once for a key: true for a new one at each start."
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

    @field_validator("owner_password")
    @classmethod
    def _hashes(cls, hashes: str | None) -> str | None:
        entries = (hashes or "").split()
        names = [entry.rpartition(":")[0].casefold() for entry in entries]
        whole = all(re.fullmatch(r"(?:[^\s:$]+:)?\$argon2id\$[^\s:]+", entry) for entry in entries)
        if not whole or len(set(names)) != len(names) or ("" in names and len(names) > 1):
            raise ValueError("no hashes")
        return hashes

    @field_validator("start_key")
    @classmethod
    def _long_key(cls, key: str | None) -> str | None:
        wished = key if key is None or key.lower() != "true" else "true"
        if wished not in (None, "true") and not re.fullmatch(r"[\x21-\x7e]{16,200}", str(wished)):
            raise ValueError("too short a key")
        return wished

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
        shown = "" if name in _SECRET else f" is {_without_password(value)!r}, which"
        raise BadSetting(
            f"The setting {PREFIX}{name.upper()}{shown} cannot be used: {_REMEDIES[name]}."
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
