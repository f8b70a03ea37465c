"""Settings: read from the environment, a wrong one refused with variable, value and remedy."""

from __future__ import annotations

import pytest

from legcare.config import config
from legcare.errors import BadSetting


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "EXPLORE_ONLY", "SHARE_DAYS"):
        monkeypatch.delenv(f"LEGCARE_{name}", raising=False)


def test_without_variables_the_log_is_the_local_file() -> None:
    assert (config().database_url, config().explore_only, config().share_days) == (None, False, 30)


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_DATABASE_URL", "")
    assert config().database_url is None


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_DATABASE_URL", "postgresql+psycopg://club@db/legcare")
    monkeypatch.setenv("LEGCARE_SHARE_DAYS", "7")
    assert config().database_url == "postgresql+psycopg://club@db/legcare"
    assert config().share_days == 7


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LEGCARE_DATABASE_URL", "mysql://db/legcare"),
        ("LEGCARE_SHARE_DAYS", "0"),
        ("LEGCARE_SHARE_DAYS", "a month"),
        ("LEGCARE_EXPLORE_ONLY", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refused:
        config()
    assert name in str(refused.value)
    assert repr(value) in str(refused.value)
    assert "or leave it out" in str(refused.value)


def test_a_password_is_never_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_DATABASE_URL", "mysql://club:hunter@2@db/legcare")
    with pytest.raises(BadSetting) as refused:
        config()
    assert "hunter" not in str(refused.value)
    assert "mysql://club:***@db/legcare" in str(refused.value)


def test_a_mistyped_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGCARE_DATABSE_URL", "sqlite://")
    with pytest.raises(BadSetting, match="Rename it to LEGCARE_DATABASE_URL"):
        config()
