"""The program's own routes, asked without a network, beside a database of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.shell.server import middleware, routes

Ask = Callable[..., httpx.Response]
HERE = "http://localhost"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database that the routes write to."""
    url = f"sqlite:///{tmp_path / 'log.sqlite3'}"
    monkeypatch.setenv("LEGCARE_DATABASE_URL", url)
    return Database.open(url)


@pytest.fixture
def logbook(database: Database) -> Logbook:
    return Logbook(database, database.person("local", "owner"))


@pytest.fixture
def ask(database: Database) -> Ask:
    """Send a request as the server's own page does; ``headers`` change or, by None, drop one."""

    def request(
        method: str,
        path: str,
        *,
        base: str = HERE,
        headers: dict[str, str | None] | None = None,
        client: str = "127.0.0.1",
        **body: object,
    ) -> httpx.Response:
        usual = {"Origin": base, "Sec-Fetch-Site": "same-origin"} if method != "GET" else {}
        all_headers = {name: value for name, value in {**usual, **(headers or {})}.items() if value}

        async def answer() -> httpx.Response:
            app = Starlette(routes=routes(), middleware=middleware())
            transport = httpx.ASGITransport(app=app, client=(client, 40000))
            async with httpx.AsyncClient(transport=transport, base_url=base) as asker:
                return await asker.request(method, path, headers=all_headers, **body)  # type: ignore[arg-type]

        return asyncio.run(answer())

    return request
