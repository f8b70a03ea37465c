"""The hosting and security pages say what is so.

Settings, names of tests, files that a host starts from.
"""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import psycopg
import pytest
import yaml

from legcare.config import PREFIX, Config, config
from legcare.errors import BadSetting
from tests import postgres as server
from tools.environment import EXACTLY

ROOT = Path(__file__).parents[2]
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
ROW = re.compile(rf"^\| `({PREFIX}\w+)` \| (.+?) \|", re.MULTILINE)


def test_the_table_of_settings_is_complete_and_names_the_true_defaults() -> None:
    told = dict(ROW.findall(HOSTING))
    assert set(told) == {f"{PREFIX}{name.upper()}" for name in Config.model_fields}
    for name, field in Config.model_fields.items():
        if field.default is not None:
            assert told[f"{PREFIX}{name.upper()}"] == f"`{str(field.default).lower()}`"


def test_every_address_in_the_table_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = re.findall(r"`((?:sqlite|postgresql)[^`]+)`", HOSTING)
    assert len(addresses) == 2
    for address in addresses:
        monkeypatch.setenv("LEGCARE_DATABASE_URL", address)
        assert config().database_url == address


def test_a_setting_that_the_page_does_not_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_SHARE_DAY", "3")
    with pytest.raises(BadSetting, match="LEGCARE_SHARE_DAYS"):
        config()


def test_the_options_said_to_be_set_here_are_set_so() -> None:
    held = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    rows = dict(re.findall(r"^\| `(\w+\.\w+)` \| `([^`]+)`", HOSTING, re.MULTILINE))
    ours = {
        f"{section}.{name}": value
        for section in ("server", "client", "browser")
        for name, value in held[section].items()
    }
    shared = {name: rows[name] for name in rows if name in ours}
    assert len(shared) >= 6
    assert shared == {
        name: str(ours[name]).lower() if isinstance(ours[name], bool) else str(ours[name])
        for name in shared
    }


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", SECURITY))))
def test_every_promise_names_a_test_that_exists(name: str) -> None:
    place, _, wanted = name.partition("::")
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    assert wanted in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_shown_by_a_test() -> None:
    rows = SECURITY.partition("## Promises")[2].partition("\n## ")[0].strip().splitlines()[2:]
    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row.split("|")[2]] == []


def test_the_example_of_secrets_has_what_the_sign_in_needs_and_no_secret() -> None:
    auth = tomllib.loads(
        (ROOT / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8")
    )["auth"]
    assert set(auth) >= {
        "redirect_uri",
        "cookie_secret",
        "client_id",
        "client_secret",
        "server_metadata_url",
    }
    assert auth["redirect_uri"].endswith("/oauth2callback")
    assert (auth["cookie_secret"], auth["client_id"], auth["client_secret"]) == ("", "", "")


def test_the_real_secrets_stay_out_of_the_repository_and_the_image() -> None:
    known = subprocess.run(
        ["git", "ls-files", ".streamlit"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert ".streamlit/secrets.toml" not in known.stdout.splitlines()
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text().splitlines()
    assert ".streamlit/secrets.toml" in (ROOT / ".dockerignore").read_text().splitlines()


def test_the_image_holds_the_pinned_packages_an_ordinary_user_and_a_health_check() -> None:
    steps = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
    assert f"RUN pip install {' '.join(EXACTLY)} -r requirements.txt && pip check" in steps
    assert steps.index("USER legcare") < next(
        at for at, step in enumerate(steps) if step.startswith("CMD")
    )
    (health,) = (step for step in steps if step.startswith("HEALTHCHECK"))
    assert "/_stcore/health" in health
    kept = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line[:1] == "!"
    }
    assert all((ROOT / name).exists() for name in kept)


def test_the_compose_file_publishes_to_this_machine_only_and_mounts_the_secrets() -> None:
    ours = COMPOSE["services"]["legcare"]
    assert ours["ports"] == ["127.0.0.1:8501:8501"]
    assert "./.streamlit/secrets.toml:/app/.streamlit/secrets.toml:ro" in ours["volumes"]
    assert "ports" not in COMPOSE["services"]["database"]
    assert ours["environment"]["LEGCARE_DATABASE_URL"].startswith(
        "postgresql+psycopg://legcare:${LEGCARE_DB_PASSWORD:?"
    )


@pytest.mark.postgres
def test_the_role_of_the_compose_file_is_an_ordinary_one() -> None:
    """The statements themselves, run on a real server in one transaction that is taken back."""
    reason = server.missing()
    if reason:
        pytest.skip(reason)
    script = COMPOSE["configs"]["role"]["content"]
    statements = re.search(r"<<'SQL'\n(.*?)\nSQL", script, re.DOTALL)
    assert statements is not None
    role, database = statements[1].splitlines()
    assert database == "CREATE DATABASE legcare OWNER legcare;"
    with psycopg.connect(server.shared().admin) as connection:
        connection.execute(
            role.replace("ROLE legcare", "ROLE composed").replace(":'password'", "'secret'")
        )
        held = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'composed'"
        )
        assert held.fetchone() == (False, False, True)
        connection.rollback()
