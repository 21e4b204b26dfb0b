"""snac2, as a server: a real one of the open network, which is not quite Mastodon."""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.networks.fediverse import Fediverse, standing
from tests.networks.place import Ground
from tools.process import Process, free_port
from tools.servers.snac import SNAC, command


@dataclass(frozen=True)
class Installation:
    data: Path

    def set_up(self, port: int, host: str) -> None:
        """It asks for address, port, host, prefix and e-mail. That it stands behind no TLS, its file says."""
        self._run("init", said=f"127.0.0.1\n{port}\n{host}\n\n\n")
        settings = self.data / "server.json"
        settings.write_text(json.dumps({**json.loads(settings.read_text()), "protocol": "http"}))

    def enrol(self, name: str) -> Mapping[str, str]:
        """What its owner types on the server's page."""
        password = re.search(r"User password is (\S+)", self._run("adduser", name))
        assert password
        return {"login": name, "passwd": password[1]}

    def serve(self) -> list[str]:
        return [*command(SNAC.place), "httpd", str(self.data)]

    def _run(self, verb: str, *names: str, said: str = "") -> str:
        done = subprocess.run(
            [*command(SNAC.place), verb, str(self.data), *names],
            input=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def snac(ground: Ground) -> Iterator[Fediverse]:
    room, port = ground.room("snac2"), free_port()
    installation = Installation(room / "data")
    with ground.line() as line:
        installation.set_up(port, line.address.removeprefix("http://"))
        server = Process("snac2", installation.serve(), log=ground.log("snac2"), at=room)
        address = f"http://localhost:{port}"
        with standing(server, line, address):
            yield Fediverse(line, address, installation.enrol, most=100_000)
