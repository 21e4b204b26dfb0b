"""What Google's review makes of a post that Google has taken."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.errors import NetworkError, Refused
from hawker.connect.google import Api, read
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.google_business import refusals
from hawker.platforms.google_business.post import PROCESSING, REJECTED, Kept, Page
from hawker.platforms.google_business.wire import POSTS, api, post_path, posts_path

# Between looks at a post that is under review.
PAUSES = (0, 1, 3)
LATELY, SHOWN = timedelta(days=7), 40


async def await_review(api_: Api, account: Account, post: Kept, pauses: Sequence[float]) -> Kept:
    """The post as it is after its review, where that does not take long. Raises Refused where it was
    rejected."""
    for pause in pauses:
        if post.state != PROCESSING:
            break
        await asyncio.sleep(pause)
        path = post_path(account.app, post.name)
        try:
            post = read(await api_.call("GET", path, explain=refusals.explain_post), Kept)
        except NetworkError:
            break
    if post.state == REJECTED:
        raise refusals.REJECTED()
    return post


async def report(http: Http, account: Account) -> None:
    """Raises Refused where one of the place's last posts was rejected: also after it counted as published."""
    answer = await api(http, account, POSTS).call("GET", posts_path(account), {"pageSize": "20"})
    begun = datetime.now(UTC) - LATELY
    for post in read(answer, Page).posts:
        if post.state == REJECTED and post.create_time and post.create_time > begun:
            raise _told(post, post.create_time)


def _told(post: Kept, at: datetime) -> Refused:
    sentence = say(
        "The channel works, but Google rejected the post “%(words)s” of %(day)s after it had taken it: "
        "nobody sees it. Publish it again with other words, and delete the rejected one at "
        "business.google.com.",
        words=" ".join(post.summary.split())[:SHOWN],
        day=at.date().isoformat(),
    )
    return Refused(sentence, code=REJECTED)
