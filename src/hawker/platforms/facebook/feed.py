"""Posts of text, link and pictures: pictures first, unseen; one call to the feed last."""

import json
import time
from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import OutcomeUnknown, Refused
from hawker.connect.meta import Id
from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.platforms.facebook import photos
from hawker.platforms.facebook.job import Job
from hawker.platforms.facebook.kinds import LINK, POST
from hawker.platforms.facebook.post import FIELDS, Post, Sought

# What is alike on the page already when a draft is made ready is never taken for it.
BEFORE = "before"
# Clocks may differ so far; how far the feed lags behind is not documented.
SKEW, REACH, PAGES = timedelta(minutes=5), timedelta(hours=1), 5


class Feed:
    async def prepare(self, job: Job) -> AsyncIterator[Step]:
        async for step in photos.upload(job):
            yield step
        if BEFORE not in job.done:
            alike = [post.id async for post in _alike(job, datetime.now(UTC) - REACH)]
            yield Step(name=BEFORE, value=" ".join([str(int(time.time())), *alike]))

    async def send(self, job: Job) -> Published:
        try:
            answer = await job.api.do(f"{job.page}/feed", _form(job), irreversible=True)
        except Refused as refused:
            if refused.code.startswith("506"):
                await _look_twice(job)
            raise
        return _published(job, job.api.parse_sent(answer, Id).id)

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None:
        before = {*known, *job.done.get(BEFORE, "").split()[1:]}
        found = [post async for post in _alike(job, since - SKEW) if post.id not in before]
        first = min(found, key=lambda post: post.created_time, default=None)
        return _published(job, first.id) if first else None


def _form(job: Job) -> dict[str, str]:
    draft = job.draft
    attached = [{"media_fbid": photos.photo_id(job, medium)} for medium in draft.media]
    form = {
        "message": draft.text,
        "link": draft.options.get(LINK, "").strip(),
        "attached_media": json.dumps(attached) if attached else "",
    }
    return {name: value for name, value in form.items() if value}


def _published(job: Job, post_id: str) -> Published:
    return job.published(post_id, POST)


async def _alike(job: Job, since: datetime) -> AsyncIterator[Post]:
    ids = frozenset(photos.photo_id(job, medium) for medium in job.draft.media) - {""}
    wanted = Sought(
        page=job.page,
        text=job.draft.text,
        link=job.draft.options.get(LINK, "").strip(),
        photos=ids,
        pictures=len(job.draft.media),
    )
    params = {"fields": FIELDS, "limit": "100", "since": str(int(since.timestamp()))}
    async for post in job.page_api.listed(f"{job.page}/feed", Post, params, pages=PAGES):
        if post.created_time >= since - timedelta(seconds=1) and wanted.fits(post):
            yield post


async def _look_twice(job: Job) -> None:
    """Facebook says that it has these words already. Raises OutcomeUnknown where that may be this very post,
    of an earlier call whose answer was lost."""
    begun, *before = job.done.get(BEFORE, "0").split()
    since = datetime.fromtimestamp(int(begun), UTC) - SKEW
    async for post in _alike(job, since):
        if post.id not in before:
            raise OutcomeUnknown(_TWICE, code="506")


_TWICE = say("Facebook says that it has these words in a post already. Hawker looks for it.")
