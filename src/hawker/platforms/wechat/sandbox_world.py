"""What the pretend WeChat remembers."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from hawker.connect.http import Json

LIFE, OVERLAP = timedelta(seconds=7200), timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class File:
    """`name`: its media id, or the end of its address."""

    name: str
    content_type: str
    data: bytes = field(repr=False)
    permanent: bool = True


@dataclass(kw_only=True)
class Article:
    """`fields` as they were taken; `id` is empty for what went to followers. `msg_id`: of that."""

    fields: Mapping[str, Json]
    sn: str
    date: datetime
    id: str = ""
    msg_id: int = 0
    to: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Job:
    """`polls`: how often it is still being examined when it is asked for."""

    id: int
    article: Article
    polls: int
    verdict: int
    data_id: int


@dataclass(kw_only=True)
class Account:
    """`verified`: whether programs may publish; `lists`: whether they may all the same list what is there.
    `polls` and `verdict`: how WeChat examines what comes next. `calls` and `masses`: how many it still takes,
    None for enough. `allowed`: the IP allow-list, None for all. `blocked_until`: until when `calls` holds."""

    appid: str
    handle: str
    username: str
    secret: str
    tokens: dict[str, datetime] = field(default_factory=dict)
    elder_tokens: dict[str, datetime] = field(default_factory=dict)
    verified: bool = True
    lists: bool = False
    allowed: frozenset[str] | None = None
    polls: int = 0
    verdict: int = 0
    calls: int | None = None
    blocked_until: datetime | None = None
    masses: int | None = None
    tags: set[int] = field(default_factory=lambda: {2})
    media: dict[str, File] = field(default_factory=dict)
    addresses: dict[str, File] = field(default_factory=dict)
    drafts: dict[str, Sequence[Mapping[str, Json]]] = field(default_factory=dict)
    jobs: dict[int, Job] = field(default_factory=dict)
    posts: list[Article] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)

    def article(self, article_id: str) -> Article | None:
        return next((post for post in self.posts if post.id and post.id == article_id), None)

    def sent(self, msg_id: int) -> Article | None:
        return next((post for post in self.posts if post.msg_id and post.msg_id == msg_id), None)


class World:
    """`ahead`: how far the clock is moved on."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.ahead = timedelta(0)
        self._numbers = count(2_247_483_655)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def number(self) -> int:
        return next(self._numbers)

    def open(self, handle: str) -> Account:
        digest = hashlib.sha256(handle.encode()).hexdigest()
        made = Account(
            appid=f"wx{digest[:16]}",
            handle=handle,
            username=f"gh_{digest[16:28]}",
            secret=secrets.token_hex(16),
        )
        return self.accounts.setdefault(made.appid, made)

    def token(self, account: Account, *, forced: bool) -> tuple[str, int]:
        """The same until five minutes before its end, however many ask; a forced one ends those before."""
        if forced:
            account.tokens.clear()
        now = self.now()
        for token, end in account.tokens.items():
            if end - now > OVERLAP:
                return token, int((end - now).total_seconds())
        return self._made(account.tokens)

    def elder_token(self, account: Account) -> tuple[str, int]:
        """Another at each call, which ends those before after five minutes. The other kind is not touched."""
        end = self.now() + OVERLAP
        account.elder_tokens = {token: min(before, end) for token, before in account.elder_tokens.items()}
        return self._made(account.elder_tokens)

    def _made(self, tokens: dict[str, datetime]) -> tuple[str, int]:
        token = f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(96)}"
        tokens[token] = self.now() + LIFE
        return token, int(LIFE.total_seconds())

    def holder(self, token: str) -> tuple[Account, datetime] | None:
        for account in self.accounts.values():
            end = (account.tokens | account.elder_tokens).get(token)
            if end is not None:
                return account, end
        return None

    def shown(self, sn: str) -> tuple[Account, Article] | None:
        each = ((account, post) for account in self.accounts.values() for post in account.posts)
        return next(((account, post) for account, post in each if post.sn == sn), None)

    def file(self, name: str) -> File | None:
        for account in self.accounts.values():
            for file in (*account.media.values(), *account.addresses.values()):
                if file.name == name:
                    return file
        return None


def random_id() -> str:
    return secrets.token_urlsafe(48)
