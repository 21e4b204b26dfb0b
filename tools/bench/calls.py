"""The calls that a combination is made of: what Hawker publishes, and the bare loop as well."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.bench.combination import Combination

PATH = "/api/v1/statuses"
# What a check of a channel asks.
CHECK, SERVER = "/api/v1/accounts/verify_credentials", "/api/v2/instance"
LANGUAGE = "en"
WARM_UP = 200


@dataclass(frozen=True, kw_only=True)
class Call:
    channel: int
    text: str

    @property
    def token(self) -> str:
        return token(self.channel)


def token(channel: int) -> str:
    return f"token-of-channel-{channel:05}"


def warm_up(combination: Combination) -> list[Call]:
    return list(_calls(combination, WARM_UP, "Good morning"))


def measured(combination: Combination) -> list[Call]:
    return list(_calls(combination, combination.posts, "Fresh today"))


def _calls(combination: Combination, count: int, greeting: str) -> Iterator[Call]:
    for number in range(count):
        text = f"{greeting} ({number}): 阿里山高山茶，今天下午兩點開始試喝，歡迎帶朋友來坐坐。 https://tea.example/{number}"
        yield Call(channel=number % combination.channels, text=text)
