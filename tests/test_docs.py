"""The documents say what is true."""

import re
from pathlib import Path

from tools import platforms, reliability

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_is_documented_and_no_other() -> None:
    files = [path for path in (ROOT / "src/hawker").rglob("*.py") if "tests" not in path.parts]
    code = "".join(path.read_text() for path in files)
    names = r"HAWKER_[A-Z0-9_]+|XDG_[A-Z]+_HOME|DATABASE_URL|HOST|PORT|LC_ALL|LC_MESSAGES|LANG"
    read = set(re.findall(rf"\"({names})\"", code))
    read |= set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z0-9_]+)\"", code))
    documented = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text()))
    assert "HAWKER_DATA" in read
    of_tests = {"HAWKER_CHROMIUM"}
    assert documented == read | of_tests


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(re.findall(r"\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} names {target}"


def test_the_page_on_reliability_says_what_the_networks_say() -> None:
    assert reliability.PAGE.read_text() == reliability.page(), "run `make reliability`"


def test_the_page_on_networks_says_what_the_networks_say() -> None:
    assert platforms.PAGE.read_text() == platforms.page(), "run `make platforms`"


def test_every_test_that_the_page_on_reliability_names_exists() -> None:
    named = re.findall(r"`((?:src|tests)/[\w/]+\.py)(?:::(\w+))?`", reliability.PAGE.read_text())
    assert len(named) > 10
    for path, name in named:
        assert f"def {name}" in (ROOT / path).read_text(), f"{path}::{name}"
