"""nostr-relay, a relay in Python. Its pins meet none of Hawker's, so it lives alone."""

from pathlib import Path

from tools.servers.cache import Part
from tools.servers.wheels import fill_from

LOCK = "nostr_relay.lock"
NOSTR_RELAY = Part("nostr-relay", (LOCK,), lambda place: fill_from(LOCK, place))


def command(place: Path, config: Path) -> list[str]:
    return [str(place / "bin" / "nostr-relay"), "--config", str(config), "serve"]
