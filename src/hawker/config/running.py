"""Notes on the disk that say where a Hawker of this machine runs, for the command line to find."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def pointer() -> Path:
    """Where the last started Hawker of this user is noted (XDG Base Directory: state)."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    return state / "hawker" / "running.json"


@contextmanager
def noted(home: Path, url: str) -> Iterator[None]:
    """Keeps the notes for as long as the block lasts; another Hawker's note is left alone."""
    places = [home / "run" / "up.json", pointer()]
    note = json.dumps({"url": url, "data": str(home), "pid": os.getpid()})
    for place in places:
        _write(place, note)
    try:
        yield
    finally:
        for place in places:
            if place.exists() and place.read_text() == note:
                place.unlink()


def _write(place: Path, note: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_text(note)
    draft.replace(place)
