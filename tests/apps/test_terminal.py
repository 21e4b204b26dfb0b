"""The owner's own app at the command line."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from hawker.core.channels.models import AppKeys, Channel
from hawker.core.people import actions as people
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, fields, network, reach
from tests.cast import Somebody
from tests.journeys.test_command_line import Terminal, words_of

SECRET = "a-secret-that-nobody-may-see-9876"


@pytest.fixture
def terminal(live_server: LiveServer, alice: Somebody, tmp_path: Path) -> Terminal:
    cache.clear()
    key = people.make_key(alice.actor, "laptop", Role.owner)
    return Terminal(tmp_path, HAWKER_URL=live_server.url, HAWKER_KEY=key)


def test_keys_are_kept_with_the_secret_from_what_is_piped_in(terminal: Terminal) -> None:
    shown = terminal.run("app", "show", NAME)
    app = network().app
    assert app is not None
    assert shown.code == 0
    assert f"/channels/back/{NAME}" in shown.out
    assert str(app.steps[0]) in shown.out
    kept = terminal.json("app", "keep", NAME, "--client-id", "an-id-that-is-long-1234", piped=f"{SECRET}\n")
    assert (kept["stored"], kept["ends"]) == (True, {"client_id": "1234", "client_secret": "9876"})
    listed = terminal.run("apps")
    assert "stored" in listed.out
    assert SECRET not in listed.out + shown.out
    assert next(line for line in terminal.run("platforms").out.splitlines() if line.startswith(NAME)).count(
        "stored"
    )


def test_forgetting_names_the_channels_that_wait(terminal: Terminal, shop: list[Channel]) -> None:
    mine = next(each for each in shop if each.platform == NAME)
    gone = terminal.run("app", "forget", NAME)
    assert (gone.code, str(mine.id) in gone.out, mine.handle in gone.out) == (0, True, True)
    assert not AppKeys.objects.filter(platform=NAME).exists()
    again = terminal.run("app", "forget", NAME)
    assert (again.code, again.out) == (1, "")


def test_of_several_accounts_some_are_named(
    terminal: Terminal, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 3)

    def connect(*choice: str) -> list[str]:
        return ["channel", "add", NAME, *words_of(fields(sandbox)[1]), *choice]

    asked = terminal.run(*connect())
    assert (asked.code, asked.out) == (1, "")
    ids = [line.split()[2] for line in asked.error.splitlines() if "--account" in line]
    assert len(ids) == 3
    chosen = terminal.json(*connect("--account", ids[0], "--account", ids[2]))
    assert [each["name"] for each in chosen["channels"]] == ["Branch 1", "Branch 3"]
    marked = [line[0] for line in terminal.run(*connect()).error.splitlines() if "--account" in line]
    assert marked == ["*", "-", "*"]
    assert terminal.run(*connect("--all")).out.count("Branch") == 3
