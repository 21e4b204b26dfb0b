"""The one folder of an installation: database, media, keys. Made on first use, readable by its owner only."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


def folder() -> Path:
    """`HAWKER_DATA`, else a folder of the user's own (XDG Base Directory)."""
    named = os.environ.get("HAWKER_DATA")
    share = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    return Path(named).expanduser().absolute() if named else share / "hawker"


@dataclass(frozen=True, kw_only=True)
class Keys:
    """`signing`: for cookies and links. `sealing`: for secrets at rest, the first one seals, all open.
    `machine`: with it the command line on this machine needs no API key."""

    signing: str
    sealing: tuple[str, ...]
    machine: str


def keys(home: Path) -> Keys:
    """The installation's keys, made at random the first time."""
    file = home / "keys" / "keys.json"
    if not file.exists():
        _write_keys(file)
    held = json.loads(file.read_text())
    return Keys(signing=held["signing"], sealing=tuple(held["sealing"]), machine=held["machine"])


def take_over(home: Path, taken: dict[str, object]) -> None:
    """The keys of another installation become this one's; what its own have sealed stays readable."""
    own, sealing = keys(home), Keys(**taken).sealing  # type: ignore[arg-type]
    merged = {**taken, "sealing": [*sealing, *(key for key in own.sealing if key not in sealing)]}
    _write(home / "keys" / "keys.json.taken", merged).replace(home / "keys" / "keys.json")


def _write_keys(file: Path) -> None:
    file.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.parent.mkdir(exist_ok=True, mode=0o700)
    made = {
        "signing": secrets.token_urlsafe(48),
        "sealing": [Fernet.generate_key().decode()],
        "machine": secrets.token_urlsafe(32),
    }
    draft = _write(file.with_suffix(f".{os.getpid()}"), made)
    # A hard link fails where another process was first: its keys count, ours are dropped.
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(file: Path, held: Mapping[str, object]) -> Path:
    file.touch(mode=0o600)
    file.write_text(json.dumps(held))
    return file
