"""Both languages of the terminal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hawker.cli import speech
from hawker.cli.chinese import SENTENCES

FOLDER = Path(speech.__file__).parent
PLACE = re.compile(r"%\((\w+)\)s")
STATES = {
    "connected",
    "needs_sign_in",
    "draft",
    "active",
    "paused",
    "over",
    "scheduled",
    "preparing",
    "ready",
    "sending",
    "publishing",
    "published",
    "partly_published",
    "failed",
    "unknown",
    "handed",
    "held",
    "cancelled",
    "late",
    "removed",
}


def trees() -> Iterator[ast.AST]:
    for file in FOLDER.glob("*.py"):
        if file.name != "chinese.py":
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def constants() -> Iterator[str]:
    """All texts in the command line's code."""
    for each in trees():
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def spoken() -> Iterator[str]:
    """What is given to `speak`, and to `add` as the summary of a command."""
    for call in trees():
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            place = {"speak": 0, "add": 2}.get(call.func.id)
            said = call.args[place] if place is not None else None
            if isinstance(said, ast.Constant):
                yield str(said.value)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "", "LC_ALL": ""}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_terminals_own_language_is_spoken(
    home: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert speech.language() == language
    assert speech.speak("Deleted.") == {"en": "Deleted.", "zh-Hant": "已刪除。"}[language]


def test_every_sentence_has_its_chinese() -> None:
    said = set(spoken())
    assert len(said) > 40
    assert said - SENTENCES.keys() == set()


def test_no_chinese_is_left_over() -> None:
    assert SENTENCES.keys() - {*constants(), *STATES} == set()


@pytest.mark.parametrize(("english", "chinese"), SENTENCES.items())
def test_the_chinese_has_the_same_places_to_fill(english: str, chinese: str) -> None:
    assert sorted(PLACE.findall(chinese)) == sorted(PLACE.findall(english))
