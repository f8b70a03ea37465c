"""The recipes of docs/phone.md, run as they stand, with curl against a real listener."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from legcare.sharing.devices import OwnDevices
from legcare.storage.database import Database
from legcare.storage.logbook import Logbook
from legcare.ui.phone.listener import Listener

PAGE = (Path(__file__).parents[2] / "docs" / "phone.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def listener(database: Database) -> Iterator[Listener]:
    running = Listener()
    running.start(0)
    yield running
    running.stop()


def test_there_are_three_recipes() -> None:
    assert len(RECIPES) == 3


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_logs_one_entry(
    recipe: str, listener: Listener, database: Database, logbook: Logbook
) -> None:
    key = OwnDevices(database, logbook.person_id).make_token("recipe").secret
    address = f"http://127.0.0.1:{listener.port}"
    run = subprocess.run(
        ["bash", "-c", recipe],
        env={**os.environ, "LEGCARE": address, "KEY": key},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == '{"result":"kept"}', run.stderr
    (record,) = logbook.log().records
    assert record.type in recipe


def test_the_home_system_sends_what_curl_sends() -> None:
    block = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    command = yaml.safe_load(block[1].replace("!secret ", ""))["rest_command"]["legcare_cramp"]
    assert command["method"] == "post"
    assert json.loads(command["payload"]) == {"type": "cramp"}
    assert f"--data '{command['payload']}'" in RECIPES[2]
