"""How networks are found: in the folders of this repository, and by entry points of other packages."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from hawker.connect.registry import every_folder, platform, platforms

FRONT = """
from pathlib import Path

from hawker.connect.platform import Platform

PLATFORM = Platform(
    name="{name}",
    title="Elsewhere",
    colour="#000000",
    folder=Path(__file__).parent,
    limits=None,
    signs_in=None,
    publishes=None,
    pretend=None,
    filled_in={filled_in},
)
"""
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
ENTRY_POINTS = "[hawker.platforms]\n{name} = {name}:PLATFORM\n"


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """Each look finds what is installed at that moment."""
    every_folder.cache_clear()
    platforms.cache_clear()
    yield
    every_folder.cache_clear()
    platforms.cache_clear()


def install(site: Path, name: str, front: str) -> None:
    """A package with an entry point, as an installer would leave it."""
    (site / name).mkdir()
    (site / name / "__init__.py").write_text(front, encoding="utf-8")
    about = site / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(METADATA.format(name=name), encoding="utf-8")
    (about / "entry_points.txt").write_text(ENTRY_POINTS.format(name=name), encoding="utf-8")


def test_a_network_of_another_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "elsewhere", FRONT.format(name="elsewhere", filled_in=True))
    monkeypatch.syspath_prepend(tmp_path)
    assert platform("elsewhere").folder == tmp_path / "elsewhere"


def test_a_network_that_is_not_filled_in_is_offered_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "unfilled", FRONT.format(name="unfilled", filled_in=False))
    monkeypatch.syspath_prepend(tmp_path)
    assert "unfilled" in every_folder()
    assert "unfilled" not in platforms()


def test_a_broken_package_takes_no_other_network_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sound = set(platforms())
    every_folder.cache_clear()
    platforms.cache_clear()
    install(tmp_path, "brokenpackage", "raise RuntimeError('half installed')")
    monkeypatch.syspath_prepend(tmp_path)
    with caplog.at_level(logging.ERROR):
        assert set(platforms()) == sound
    assert "platform.broken entry=brokenpackage" in caplog.text
