"""One combination to measure, and those that the environment asks for."""

import os
from dataclasses import dataclass
from itertools import product

SHOP_CHANNELS = 10
AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Combination:
    """`shop`: few channels with many posts each, each channel in order. `hosted`: a channel for each post."""

    shape: str
    database: str
    engine: str
    posts: int
    answer_ms: int
    workers: int

    @property
    def channels(self) -> int:
        return SHOP_CHANNELS if self.shape == "shop" else self.posts

    @property
    def at_once(self) -> int:
        return SHOP_CHANNELS if self.shape == "shop" else AT_ONCE

    @property
    def name(self) -> str:
        return f"{self.shape}-{self.database}-{self.engine}-{self.workers}"


def wanted() -> list[Combination]:
    """All combinations, narrowed by SHAPE, DATABASE, ENGINE, POSTS, ANSWER_MS and WORKERS."""
    found = product(
        _named("SHAPE", "shop hosted"), _named("DATABASE", "sqlite postgresql"), _named("ENGINE", "local")
    )
    return [
        Combination(
            shape=shape,
            database=database,
            engine=engine,
            posts=int(os.environ.get("POSTS") or 2000),
            answer_ms=int(os.environ.get("ANSWER_MS") or 50),
            workers=int(os.environ.get("WORKERS") or 1),
        )
        for shape, database, engine in found
    ]


def _named(variable: str, otherwise: str) -> list[str]:
    return (os.environ.get(variable) or otherwise).split()
