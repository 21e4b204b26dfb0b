"""Which Hawker is meant, and which key goes there."""

import json
from pathlib import Path

import pytest

from hawker.cli.failure import Failed
from hawker.cli.place import Place, find


def configure(home: Path, text: str) -> None:
    file = home / ".config" / "hawker" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)


def run_up(home: Path, url: str = "http://127.0.0.1:8000") -> Path:
    """What a running `hawker up` leaves behind."""
    data, state = home / "data", home / ".local/state/hawker"
    for folder in (data / "run", data / "keys", state):
        folder.mkdir(parents=True)
    (data / "run/up.json").write_text(json.dumps({"url": url, "pid": 7}))
    (data / "keys/keys.json").write_text(json.dumps({"machine": "m", "sealing": ["s"]}))
    (state / "running.json").write_text(json.dumps({"url": url, "data": str(data), "pid": 7}))
    return data


def test_options_come_before_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAWKER_URL", "https://env.example/")
    monkeypatch.setenv("HAWKER_KEY", "hawker_env")
    monkeypatch.setenv("HAWKER_WORKSPACE", "shop")
    assert find(Place()) == Place(url="https://env.example", key="hawker_env", workspace="shop")
    asked = Place(url="https://asked.example", key="hawker_asked", workspace="stall")
    assert find(asked) == asked


def test_the_config_file_comes_before_what_runs_here(home: Path) -> None:
    run_up(home)
    configure(home, 'url = "https://kept.example/"\nkey = "hawker_kept"\nworkspace = "shop"\nport = 1\n')
    assert find(Place()) == Place(url="https://kept.example", key="hawker_kept", workspace="shop")


def test_what_runs_here_is_found_by_the_word_it_left(home: Path) -> None:
    run_up(home)
    assert find(Place()) == Place(url="http://127.0.0.1:8000", key="machine_m")


def test_what_runs_here_is_found_in_the_folder_that_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAWKER_DATA", str(run_up(home, "http://127.0.0.1:8123")))
    (home / ".local/state/hawker/running.json").unlink()
    assert find(Place()) == Place(url="http://127.0.0.1:8123", key="machine_m")


def test_a_folder_in_which_nothing_runs_is_not_passed_over(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_up(home)
    monkeypatch.setenv("HAWKER_DATA", str(home / "elsewhere"))
    with pytest.raises(Failed, match="hawker up"):
        find(Place())


def test_an_address_alone_takes_the_key_that_is_kept_for_it(home: Path) -> None:
    run_up(home)
    assert find(Place(url="http://127.0.0.1:8000/")).key == "machine_m"


def test_a_key_goes_to_no_other_server_than_its_own(home: Path) -> None:
    run_up(home)
    configure(home, 'url = "https://kept.example"\nkey = "hawker_kept"\n')
    with pytest.raises(Failed, match="HAWKER_KEY"):
        find(Place(url="https://other.example"))


def test_the_machines_key_stays_on_the_machine(home: Path) -> None:
    run_up(home, "https://shop.example")
    with pytest.raises(Failed, match="HAWKER_KEY"):
        find(Place())


def test_where_nothing_is_known_the_way_out_is_told(home: Path) -> None:
    with pytest.raises(Failed, match=r"hawker up.*HAWKER_URL"):
        find(Place(key="hawker_x"))


@pytest.mark.parametrize("url", ["shop.example", "file:///etc/passwd", "https://", "ftp://shop.example"])
def test_what_is_no_address_is_refused(home: Path, url: str) -> None:
    with pytest.raises(Failed, match="not an address"):
        find(Place(url=url, key="hawker_x"))


@pytest.mark.parametrize("key", ["hawker_\n", "hawker_金鑰"])
def test_a_key_that_cannot_be_one_is_refused(home: Path, key: str) -> None:
    with pytest.raises(Failed, match="Copy it again"):
        find(Place(url="https://shop.example", key=key))


@pytest.mark.parametrize("text", ["url = ", b"\xff".decode("latin-1")])
def test_a_broken_config_file_is_named(home: Path, text: str) -> None:
    configure(home, text)
    with pytest.raises(Failed, match=r"config\.toml"):
        find(Place())


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"url": 7}'])
def test_a_word_that_was_left_half_is_nothing_or_named(home: Path, text: str) -> None:
    run_up(home)
    file = home / ".local/state/hawker/running.json"
    file.write_text(text)
    with pytest.raises(Failed, match=r"running\.json|hawker up"):
        find(Place())


def test_a_folder_of_somebody_else_is_named(home: Path) -> None:
    data = run_up(home)
    (data / "keys/keys.json").unlink()
    (data / "keys/keys.json").mkdir()
    with pytest.raises(Failed, match=r"keys\.json"):
        find(Place())
