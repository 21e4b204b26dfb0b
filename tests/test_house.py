"""The rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hawker.connect.meta import API, CONSOLE, LOGIN, UPLOADS
from hawker.connect.registry import platforms

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "hawker"
BUILT = {"static_root", "vendor", "migrations", "__pycache__", "locale"}
WRITTEN = (".py", ".html", ".js", ".css")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=\"|\son[a-z]+=\"",
    re.IGNORECASE,
)


def written(*suffixes: str) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in suffixes and not BUILT & set(path.parts):
            yield path


def product() -> list[Path]:
    return [path for path in written(".py") if "tests" not in path.parts]


# Networks whose name is also a word that other code needs.
WORDS = {"line", "profile", "threads"}


def naming_of(name: str) -> re.Pattern[str]:
    """One letter is also an icon, a number or a coordinate, and some names are words: there its folder, its
    hosts, its title among other words and whatever is compared with it, or looked up by it, tell."""
    if len(name) > 1 and name not in WORDS:
        return re.compile(rf"\b{name}\b", re.IGNORECASE)
    quoted = rf"[\"']{name}[\"']"
    compared = rf"(platform|network)\w*(\.name)?\s*(==|!=|(not )?in)\s*[(\[{{]?\s*{quoted}"
    looked_up = rf"(platform|network)s?\w*(\(\))?(\[|\.get\()\s*{quoted}"
    title = platforms()[name].title
    alone = rf"(?<![\"'])\b{title}\b|\b{title}\b(?![\"'])"
    titled = rf"{alone}|\b{name}\.(net|com|me)\b" if len(name) > 1 else "(?!)"
    return re.compile(rf"platforms[./\\]{name}\b|{quoted}\s*(==|!=)|{compared}|{looked_up}|{titled}")


@pytest.mark.parametrize(
    "line",
    [
        "from hawker.platforms.threads.text import length",
        'open("src/hawker/platforms/threads/icon.svg")',
        'if platform.name == "threads":',
        "if channel.platform in {'threads', 'tea'}:",
        '    return "threads" != platform',
        'publishes = platforms()["threads"].publishes',
        'known = networks.get("threads")',
        'say("Threads takes at most five links.")',
        'API = "https://graph.threads.net"',
    ],
)
def test_a_network_named_like_a_word_is_noticed_where_it_is_meant(line: str) -> None:
    assert naming_of("threads").search(line)


@pytest.mark.parametrize(
    "line",
    [
        "threads: bool = False",
        "if thread and not platform.threads:",
        "# worker threads and pages share it",
        'shown = {"threads": platform.threads}',
        '{% if channel.threads %}<p>{% translate "This network has no threads." %}</p>{% endif %}',
        "from threading import Thread",
    ],
)
def test_a_word_that_is_also_a_network_is_left_alone(line: str) -> None:
    assert not naming_of("threads").search(line)


@pytest.mark.parametrize("name", sorted(platforms()))
def test_a_network_is_named_nowhere_outside_its_folder(name: str) -> None:
    word = naming_of(name)
    own = SOURCE / "platforms" / name
    naming = [
        str(path.relative_to(ROOT))
        for path in written(*WRITTEN)
        if own not in path.parents and "tests" not in path.parts and word.search(said_in(path))
    ]
    assert naming == []


def said_in(path: Path) -> str:
    """Without the hosts of the dialect that several networks of one company share, and without what one
    network's folder says to people: what a menu of that company is called, they must read."""
    told = path.read_text()
    spoken = sentences_of(told) if path.suffix == ".py" and "platforms" in path.parts else []
    for word in (API, LOGIN, CONSOLE, UPLOADS, *spoken):
        told = told.replace(word, "")
    return told


def sentences_of(source: str) -> list[str]:
    """The arguments of `say`, as they are written."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]
    return [ast.get_source_segment(source, argument) or "" for call in said for argument in call.args]


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = []
    for path in product():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                long += [f"{path.relative_to(ROOT)}:{node.lineno} {lines}"] if lines > 50 else []
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    assert [str(path) for path in product() if path.read_text().count("\n") > 400] == []


def test_no_template_is_longer_than_two_hundred_lines() -> None:
    assert [str(path) for path in written(".html") if path.read_text().count("\n") > 200] == []


def test_no_template_has_script_or_style_inside() -> None:
    assert [str(path.relative_to(ROOT)) for path in written(".html") if INLINE.search(path.read_text())] == []


def test_plain_exceptions_are_caught_in_the_worker_and_the_registry_only() -> None:
    catching = {
        str(path.relative_to(SOURCE))
        for path in product()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    }
    assert catching == {
        "connect/registry.py",
        "worker/hearing.py",
        "worker/publish.py",
        "worker/rhythm.py",
        "worker/writer.py",
    }
