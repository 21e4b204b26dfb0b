"""mastodon-mock, others' model of Mastodon's API. It brings a pytest plugin with it, so it lives alone."""

from pathlib import Path

from tools.servers.cache import Part
from tools.servers.wheels import fill_from

LOCK = "mastodon_mock.lock"
MASTODON_MOCK = Part("mastodon-mock", (LOCK,), lambda place: fill_from(LOCK, place))


def command(place: Path) -> list[str]:
    return [str(place / "bin" / "python"), "-m", "mastodon_mock"]
