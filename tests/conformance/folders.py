"""What belongs in the folder of a network, and what its files say."""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from hawker.connect.platform import Platform

CATALOGUE = "locale/zh_Hant/LC_MESSAGES/django.po"
FILES = (
    "__init__.py",
    "sign_in.py",
    "publish.py",
    "sandbox.py",
    "preview.html",
    "icon.svg",
    "quality.toml",
    "README.md",
    CATALOGUE,
    "tests/__init__.py",
    "tests/test_sign_in.py",
    "tests/test_publish.py",
    "tests/test_find.py",
    "tests/test_client.py",
)
RULES = (
    "signs_in",
    "publishes",
    "finds_lost_answers",
    "deletes",
    "limits_from_server",
    "alternative_text",
    "errors_explained",
    "sandbox",
    "official_client",
    "real_server",
    "preview",
    "translated",
    "inbox",
    "insights",
)


def missing(platform: Platform) -> list[str]:
    css = f"static/platforms/{platform.name}/preview.css"
    return [file for file in (*FILES, css) if not (platform.folder / file).is_file()]


def modules(platform: Platform) -> list[Path]:
    """The code of the folder, without its tests."""
    tests = platform.folder / "tests"
    return [path for path in sorted(platform.folder.rglob("*.py")) if tests not in path.parents]


def sentences(platform: Platform) -> set[str]:
    """Everything in the folder that is to be translated."""
    said = {text for path in modules(platform) for text in _of_code(path)}
    return said | {text for path in sorted(platform.folder.rglob("*.html")) for text in _of_page(path)}


def _of_code(path: Path) -> Iterator[str]:
    yield from _extracted(path.read_bytes(), "say")


def _of_page(path: Path) -> Iterator[str]:
    yield from _extracted(templatize(path.read_text(encoding="utf-8")).encode(), "gettext", "_")


def _extracted(source: bytes, *names: str) -> Iterator[str]:
    for _, message, _, _ in extract("python", io.BytesIO(source), dict.fromkeys(names)):
        yield message if isinstance(message, str) else message[0]


def unwritten(platform: Platform) -> list[str]:
    """Where `say` is called with something else than a text, which no catalogue tool can collect."""
    return [f"{path.name}:{line}" for path in modules(platform) for line in _unwritten(path)]


def _unwritten(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from () if node.args and isinstance(node.args[0], ast.Constant) else (node.lineno,)


def catalogue(platform: Platform) -> Catalog:
    with (platform.folder / CATALOGUE).open("rb") as file:
        return read_po(file, abort_invalid=True)
