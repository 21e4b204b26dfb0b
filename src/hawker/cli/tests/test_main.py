"""Words on the command line."""

import os
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hawker import __version__
from hawker.cli.main import app


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize("name", ["up", "doctor"])
def test_what_runs_hawker_gets_every_word_as_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(os, "execv", lambda program, words: calls.append((program, words)))
    words = ["--demo", "--port", "81", "x", "--help", "-v"]
    assert run(name, *words).exit_code == 0
    assert calls == [(sys.executable, [sys.executable, "-m", f"hawker.config.{name}", *words])]


def test_the_version_is_told() -> None:
    assert run("--version").output.strip() == __version__


@pytest.mark.parametrize(
    "words",
    [
        ["post", "list", "--limit", "101"],
        ["post", "list", "--limit", "many"],
        ["post", "show"],
        ["post", "create", "--media", "/no/such/file"],
        ["post", "dance"],
        ["channel", "add"],
    ],
)
def test_words_that_are_wrong_end_with_two(home: Path, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize(
    "words", [["post", "list"], ["platforms"], ["channel", "list"], ["post", "show", "x", "--json"]]
)
def test_a_command_without_a_hawker_ends_with_one_and_a_sentence(home: Path, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "hawker up" in result.stderr


def test_the_server_can_be_named_before_and_after_the_command(home: Path) -> None:
    before = run("--url", "nowhere", "--key", "k", "post", "list")
    after = run("post", "list", "--url", "nowhere", "--key", "k")
    assert before.stderr == after.stderr == "“nowhere” is not an address. It begins with https://.\n"
