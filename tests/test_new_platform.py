"""`make new-platform`: the folder it writes is whole, clean, and says by name that it is not filled in."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COPIED = ("pyproject.toml", "conftest.py", "src", "tests", "tools")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "static_root", "migrations")
NAMES = ("madeup", "a_network_of_20_char")
PLATFORMS = Path("src/hawker/platforms")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository in which the folders of two networks were written."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=LEFT_OUT)
        else:
            shutil.copy(source, copy / name)
    for name in NAMES:
        written = run(copy, "tools/new_platform.py", name)
        assert written.returncode == 0, written.stderr
    return copy


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in that folder, without a path to this repository's own code."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def suite(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "tests/conformance", *arguments)


@pytest.mark.parametrize("name", NAMES)
def test_the_suite_says_by_name_that_a_folder_is_not_filled_in(checkout: Path, name: str) -> None:
    result = suite(checkout, "-k", name)
    passed = re.findall(r"^PASSED \S+::(\S+)$", result.stdout, re.MULTILINE)
    assert result.returncode == 0, result.stdout
    assert f"test_a_folder_not_filled_in_says_so_by_name[{name}]" in passed
    assert f"{name} is not filled in yet" in result.stdout


def test_a_folder_that_claims_too_early_to_be_filled_in_fails_by_name(checkout: Path) -> None:
    front = checkout / PLATFORMS / "madeup" / "__init__.py"
    blank = front.read_text(encoding="utf-8")
    front.write_text(blank.replace("    filled_in=False,\n", ""), encoding="utf-8")
    result = suite(checkout, "-k", "test_publish.py and madeup")
    front.write_text(blank, encoding="utf-8")
    assert result.returncode == 1, result.stdout
    assert "NotImplementedError: madeup: fill in" in result.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_written_folder_is_clean_at_once(checkout: Path, name: str) -> None:
    folder = str(PLATFORMS / name)
    for check in (("ruff", "check"), ("ruff", "format", "--check"), ("mypy", "--strict")):
        result = run(checkout, "-m", *check, folder)
        assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ["madeup", "X", "9x", "class", "a-b", "../x", "", "a_network_of_21_chars"])
def test_a_name_that_cannot_be_a_folder_is_refused(checkout: Path, name: str) -> None:
    before = sorted(path.name for path in (checkout / PLATFORMS).iterdir())
    result = run(checkout, "tools/new_platform.py", name)
    assert result.returncode == 2
    assert "cannot be a folder" in result.stderr or "there already" in result.stderr
    assert sorted(path.name for path in (checkout / PLATFORMS).iterdir()) == before


def test_the_page_on_adding_a_network_names_every_file_that_is_written(checkout: Path) -> None:
    page = (ROOT / "docs/adding-a-platform.md").read_text(encoding="utf-8").replace("NAME", NAMES[0])
    folder = checkout / PLATFORMS / NAMES[0]
    written = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    files = [str(path) for path in written if path.suffix != ".pyc" and path.name != "__init__.py"]
    assert [file for file in files if f"`{file.removeprefix('tests/')}`" not in page] == []
