"""The calls that went over the wire, read from the log line that `hawker.connect.http` writes for each."""

import logging
import re
from dataclasses import dataclass
from urllib.parse import unquote

import pytest

ASKING = ("/query/", "/fetch/", "/list/", "/get", "/batchget")


@dataclass(frozen=True)
class Call:
    """`address` is without its scheme and its query, as a server reads it."""

    method: str
    address: str

    @property
    def writes(self) -> bool:
        """There are networks that are asked by POST as well, which their paths then say."""
        return self.method not in {"GET", "HEAD"} and not self.address.endswith(ASKING)


class Calls:
    """What was called since the last `clear`."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, logger="hawker.http")
        self._caplog = caplog

    def clear(self) -> None:
        self._caplog.clear()

    @property
    def all(self) -> list[Call]:
        return [_call(record) for record in self._caplog.records if record.name == "hawker.http"]

    @property
    def writing(self) -> list[Call]:
        return [call for call in self.all if call.writes]

    def below(self, base: str) -> list[str]:
        """Each kind of call to `base` once, as an expression for its path; numbers stand for any."""
        start = base.partition("://")[2]
        paths = [call.address.removeprefix(start) for call in self.all if call.address.startswith(start)]
        return list(dict.fromkeys(re.sub(r"\d+", r"\\d+", re.escape(path)) for path in paths))


def _call(record: logging.LogRecord) -> Call:
    if not isinstance(record.args, tuple):
        raise TypeError(f"not the line of a call: {record.msg}")
    method, host, path, *_ = record.args
    return Call(str(method), unquote(f"{host}{path}"))
