"""A folder that is not filled in yet: whole, honest about it, and offered to nobody."""

import inspect
from collections.abc import Iterator

import pytest

from hawker.connect.abilities import Publishes, SignsIn
from hawker.connect.platform import Platform
from hawker.connect.pretend import Pretend
from hawker.connect.registry import every_folder, platforms
from tests.conformance.folders import missing

BLANK = [pytest.param(each, id=name) for name, each in every_folder().items() if not each.filled_in]


def methods(ability: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(ability, inspect.isfunction) if not name.startswith("_")]


def asked(platform: Platform) -> Iterator[tuple[object, str]]:
    for name in methods(SignsIn):
        yield platform.signs_in, name
    for name in methods(Publishes):
        yield platform.publishes, name
    for name in methods(Pretend):
        yield platform.pretend("http://127.0.0.1"), name


async def ask(thing: object, name: str) -> None:
    """Calls a method with nothing but None."""
    method = getattr(thing, name)
    given = inspect.signature(method).parameters.values()
    positional = [None for each in given if each.kind is not each.KEYWORD_ONLY]
    result = method(*positional, **{each.name: None for each in given if each.kind is each.KEYWORD_ONLY})
    if inspect.isawaitable(result):
        await result


@pytest.mark.parametrize("blank", BLANK)
async def test_a_folder_not_filled_in_says_so_by_name(blank: Platform) -> None:
    assert missing(blank) == []
    assert blank.folder.name == blank.name
    assert blank.name not in platforms()
    for thing, name in asked(blank):
        with pytest.raises(NotImplementedError, match=rf"^{blank.name}: .*\b{name}\(\)"):
            await ask(thing, name)
