"""What every network of these tests offers: accounts to publish as, and eyes that are not Hawker's."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.cast import Loop
from tests.networks.line import Call, Line
from tools.process import free_port


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A post as the network's official client reads it. `url`: its page, `pictures`: the files' bytes."""

    id: str
    url: str
    text: str
    reply_to: str = ""
    alts: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = field(default=(), repr=False)


class Resident(Protocol):
    """An account. `way` and `fields`: how Hawker signs in to it, over the line."""

    name: str
    way: str
    fields: Mapping[str, str]

    def posts(self) -> list[Seen]:
        """Oldest first, asked of the server directly."""
        ...

    def delete(self, post: str) -> None:
        """With the official client."""
        ...

    def lock_out(self) -> None:
        """Takes from Hawker the key it has, as the owner would at the network."""
        ...

    def let_in(self) -> Mapping[str, str]:
        """Fields with another key."""
        ...


class Place(Protocol):
    """`send` is the call that publishes, `secret` the field of the sign-in form that holds one, `most` the
    longest text that the server takes."""

    platform: str
    line: Line
    send: Call
    secret: str
    most: int

    def open(self) -> Resident:
        """An account that nobody has used."""
        ...


@dataclass(frozen=True)
class Ground:
    """Where servers stand: `folder` takes their data and their logs, `loop` carries the lines."""

    folder: Path
    loop: Loop

    @contextmanager
    def line(self) -> Iterator[Line]:
        port = free_port()
        line = Line(port)
        opening = line.open(port)
        self.loop.run(opening.__aenter__())
        try:
            yield line
        finally:
            self.loop.run(opening.__aexit__(None, None, None))

    def room(self, name: str) -> Path:
        room = self.folder / name
        room.mkdir()
        return room

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"
