"""How real servers come onto a machine: once for each set of pins, and by name what stands in the way."""

from pathlib import Path

import pytest

from tools.servers import cache, snac
from tools.servers.cache import Missing, Part

STANZAS = """# Debian's own
Types: deb
URIs: http://archive.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian.gpg

Types: deb
URIs: http://archive.example/debian-security
Suites: bookworm-security
Components: main
"""
BACKPORTS_STANZA = """# Debian's own
Types: deb
URIs: http://archive.example/debian
Suites: bookworm-backports
Components: main contrib
Signed-By: /usr/share/keyrings/debian.gpg
"""
LINES = """deb http://archive.example/debian bookworm-updates main
deb [arch=amd64] http://archive.example/debian bookworm main contrib
"""
BACKPORTS_LINE = """deb [arch=amd64] http://archive.example/debian bookworm-backports main
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "PINS", tmp_path)
    (tmp_path / "pin").write_text("tea==1")
    return tmp_path


def test_a_part_is_filled_once_for_each_pin(folder: Path) -> None:
    filled: list[Path] = []
    part = Part("tea", ("pin",), filled.append)
    places = [part.install(), part.install()]
    (folder / "pin").write_text("tea==2")
    places.append(part.install())
    assert filled == [places[0], places[2]]
    assert places[0] == places[1] != places[2]


def test_a_part_that_could_not_be_filled_is_filled_anew(folder: Path) -> None:
    tries: list[list[Path]] = []

    def fill(place: Path) -> None:
        tries.append(list(place.iterdir()))
        (place / "half").touch()
        if len(tries) == 1:
            raise Missing("no tea")

    part = Part("tea", ("pin",), fill)
    with pytest.raises(Missing, match="no tea"):
        part.install()
    assert not part.is_there
    assert (part.install(), part.is_there, tries) == (part.place, True, [[], []])


def test_what_fails_says_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"Brewing failed with code 3:\nno water"):
        cache.run(["sh", "-c", "echo no water; exit 3"], "Brewing", at=tmp_path)


def test_a_missing_program_comes_with_how_to_get_it() -> None:
    with pytest.raises(Missing, match=r"teapot is not on this machine\. .*apt-get install teapot"):
        cache.need("teapot", "apt-get install teapot")


@pytest.mark.parametrize(
    ("name", "told", "derived"),
    [("debian.sources", STANZAS, BACKPORTS_STANZA), ("debian.list", LINES, BACKPORTS_LINE)],
)
def test_backports_come_from_where_the_machine_gets_its_debian(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str, derived: str
) -> None:
    monkeypatch.setattr(snac, "ETC", tmp_path)
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list.d" / name).write_text(told)
    assert [text for _, text in snac.derived("bookworm")] == [derived]
    assert snac.derived("trixie") == []
