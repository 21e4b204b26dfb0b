"""Where Hawker is, and the key to it: options, environment, config file, else what runs on this machine."""

import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hawker.cli.failure import Failed
from hawker.cli.speech import speak


@dataclass(frozen=True, kw_only=True)
class Place:
    """A server, with no slash at the end. Empty where a source does not say."""

    url: str = ""
    key: str = field(default="", repr=False)
    workspace: str = ""


def find(asked: Place) -> Place:
    """Completes what was asked for. Raises Failed.

    A key goes only to the server that it was kept for: one of another place is never tried.
    """
    named = Place(
        url=(asked.url or os.environ.get("HAWKER_URL", "")).rstrip("/"),
        key=asked.key or os.environ.get("HAWKER_KEY", ""),
        workspace=asked.workspace or os.environ.get("HAWKER_WORKSPACE", ""),
    )
    kept = [_config(), _running()]
    url = named.url or next((each.url for each in kept if each.url), "")
    here = [each for each in kept if each.url == url]
    found = Place(
        url=url,
        key=named.key or next((each.key for each in here if each.key), ""),
        workspace=named.workspace or next((each.workspace for each in here if each.workspace), ""),
    )
    _check(found)
    return found


def is_here(url: str) -> bool:
    """Whether this address is the machine itself."""
    return urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}


def _check(place: Place) -> None:
    if not place.url:
        raise Failed(
            speak(
                "No Hawker is running here. Start it with “hawker up”,"
                " or name one with HAWKER_URL and HAWKER_KEY."
            )
        )
    if urlsplit(place.url).scheme not in {"http", "https"} or not urlsplit(place.url).hostname:
        raise Failed(speak("“%(url)s” is not an address. It begins with https://.", url=place.url))
    if not place.key:
        raise Failed(
            speak("No key to %(url)s is known. Set HAWKER_KEY to an API key of yours.", url=place.url)
        )
    if not all(text.isascii() and text.isprintable() for text in (place.key, place.workspace)):
        raise Failed(speak("The key has characters that no key has. Copy it again."))


def _config() -> Place:
    file = _folder("XDG_CONFIG_HOME", ".config") / "config.toml"
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Place()
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error
    return _place({name: value for name, value in said.items() if isinstance(value, str)})


def _running() -> Place:
    """A running `hawker up`: in the data folder that is named, else in the one that it left word of.

    The machine's own key never leaves the machine.
    """
    named = os.environ.get("HAWKER_DATA")
    pointer = _folder("XDG_STATE_HOME", ".local/state") / "running.json"
    said = _read(Path(named) / "run" / "up.json" if named else pointer)
    data = named or said.get("data", "")
    if not said.get("url") or not data:
        return Place()
    key = _read(Path(data) / "keys" / "keys.json").get("machine", "")
    return _place({"url": said["url"], "key": f"machine_{key}" if key and is_here(said["url"]) else ""})


def _place(said: dict[str, str]) -> Place:
    return Place(
        url=said.get("url", "").rstrip("/"), key=said.get("key", ""), workspace=said.get("workspace", "")
    )


def _read(file: Path) -> dict[str, str]:
    """The texts of a JSON object; none where there is no file."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unreadable(file) from error
    known = said.items() if isinstance(said, dict) else ()
    return {name: value for name, value in known if isinstance(value, str)}


def _folder(variable: str, usual: str) -> Path:
    """XDG Base Directory: a folder of the user's own."""
    return Path(os.environ.get(variable) or Path.home() / usual) / "hawker"


def _unreadable(file: Path) -> Failed:
    return Failed(speak("%(file)s cannot be read. Look at it, or remove it.", file=str(file)))
