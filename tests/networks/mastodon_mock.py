"""mastodon-mock, as a server: a model of Mastodon's own rules."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.networks.fediverse import Fediverse, standing
from tests.networks.place import Ground
from tools.process import Process, free_port
from tools.servers.mastodon_mock import MASTODON_MOCK, command

ACCOUNTS = 40


@contextmanager
def mastodon_mock(ground: Ground) -> Iterator[Fediverse]:
    """Its accounts are named before it starts; its page asks only which of them one is."""
    room, port = ground.room("mastodon-mock"), free_port()
    config = room / "config.toml"
    names = (f"shop{number}" for number in range(1, ACCOUNTS + 1))
    config.write_text("".join(f'[[seed.accounts]]\nusername = "{name}"\n' for name in names))
    with ground.line() as line:
        domain = line.address.removeprefix("http://")
        options = ["--config", str(config), "--port", str(port), "--domain", domain, "--in-memory"]
        serve = [*command(MASTODON_MOCK.place), "serve", *options]
        server = Process("mastodon-mock", serve, log=ground.log("mastodon-mock"), at=room)
        address = f"http://localhost:{port}"
        with standing(server, line, address):
            yield Fediverse(line, address, lambda name: {"username": name}, most=500)
