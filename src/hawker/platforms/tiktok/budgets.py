"""How much TikTok takes of one account, and what its answers tell of that."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.platforms.tiktok.refusals import HOUR, read_trouble

# developers.tiktok.com, 2026-11-05: Rate limits (calls that begin a post, by token), and Content Sharing
# Guidelines (posts of a creator through all programs, "typically around 15").
BEGINNINGS, POSTS = "beginnings", "posts"


def read(heard: Heard) -> Iterator[Reading]:
    trouble = read_trouble(heard.answer)
    if trouble and trouble.code == "spam_risk_too_many_posts":
        yield Reading(budget=POSTS, left=0, resets_at=datetime.now(UTC) + HOUR)
    if trouble and trouble.code == "rate_limit_exceeded" and heard.path.endswith("/init/"):
        yield Reading(budget=BEGINNINGS, left=0)


BUDGETS = Budgets(
    each=(
        Budget(
            name=BEGINNINGS,
            title=say("posts begun in a minute"),
            scope=Scope.channel,
            limit=6,
            window=Rolling(timedelta(minutes=1)),
            post=1,
        ),
        Budget(
            name=POSTS,
            title=say("posts in 24 hours"),
            scope=Scope.channel,
            limit=15,
            window=Rolling(timedelta(days=1)),
            post=1,
        ),
    ),
    read=read,
)
