"""Dockerfile and compose file, read: what they name is there."""

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

from hawker.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()


def test_what_is_copied_into_the_image_is_in_the_repository() -> None:
    copied = [
        word for line in re.findall(r"^COPY ([^-].*) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()
    ]
    assert "requirements.lock" in copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_what_is_started_is_a_command_of_hawkers() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    started = re.findall(r"^(?:CMD|\s+command:) (\[.*\])$", f"{DOCKERFILE}\n{COMPOSE}", re.MULTILINE)
    assert [json.loads(words) for words in started] == [["up"], ["web"], ["worker"]]
    assert {word for words in started for word in json.loads(words)} <= set(commands)


def test_the_image_is_built_by_a_target_of_the_makefile() -> None:
    for target in re.findall(r"^RUN make (\S+)$", DOCKERFILE, re.MULTILINE):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_nothing_runs_as_root() -> None:
    user, entry = DOCKERFILE.index("USER hawker"), DOCKERFILE.index("ENTRYPOINT")
    assert user < entry
    assert "USER root" not in DOCKERFILE[user:]


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE])
def test_every_setting_that_is_given_is_documented(text: str) -> None:
    documented = set(re.findall(r"`([A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text()))
    given = set(re.findall(r"\b(HAWKER_[A-Z_]+|DATABASE_URL|HOST|PORT)\b", text))
    assert given - documented == set()


def test_a_worker_has_longer_to_stop_than_it_needs() -> None:
    grace = re.search(r"stop_grace_period: (\d+)s", COMPOSE)
    assert grace is not None
    assert int(grace[1]) > 20


def test_the_database_is_one_that_hawker_supports() -> None:
    version = re.search(r"image: postgres:(\d+)", COMPOSE)
    assert version is not None
    assert int(version[1]) >= 15
