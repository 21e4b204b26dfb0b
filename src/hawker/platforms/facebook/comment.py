"""The first comment below a post, a video or a reel of the page."""

from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, Refused
from hawker.connect.meta import Id
from hawker.connect.meta_posts import essence
from hawker.connect.meta_refusals import Text
from hawker.connect.refusals import Gone, no_parent
from hawker.connect.text import say
from hawker.connect.values import Published
from hawker.platforms.facebook import photos, video
from hawker.platforms.facebook.feed import BEFORE, PAGES, REACH, SKEW
from hawker.platforms.facebook.job import Job
from hawker.platforms.facebook.kinds import STORY

FIELDS = "id,message,created_time,from,attachment"


class _Author(BaseModel):
    id: Text = ""


class _Comment(BaseModel):
    id: str
    message: Text = ""
    created_time: datetime = datetime.max.replace(tzinfo=UTC)
    author: _Author | None = Field(default=None, alias="from")
    attachment: object = None


class Comment:
    async def prepare(self, job: Job) -> AsyncIterator[Step]:
        await _check_parent(job)
        async for step in photos.upload(job):
            yield step
        if BEFORE not in job.done:
            yield Step(name=BEFORE, value=" ".join(await _alike(job, datetime.now(UTC) - REACH)) or "-")

    async def send(self, job: Job) -> Published:
        attached = "".join(photos.photo_id(job, medium) for medium in job.draft.media)
        told = {"message": job.draft.text, "attachment_id": attached}
        form = {name: value for name, value in told.items() if value}
        try:
            answer = await job.api.do(f"{_parent(job)}/comments", form, irreversible=True)
        except Gone as gone:
            raise no_parent("Facebook", gone.code) from gone
        return _published(job, job.api.parse_sent(answer, Id).id)

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None:
        before = {*known, *job.done.get(BEFORE, "").split()}
        try:
            found = [each for each in await _alike(job, since - SKEW) if each not in before]
        except Gone:  # with its post
            return None
        return _published(job, found[-1]) if found else None


def _parent(job: Job) -> str:
    return job.draft.reply_to.remote_id if job.draft.reply_to else ""


def _published(job: Job, comment_id: str) -> Published:
    return job.published(comment_id, "comment", f"{_parent(job)}?comment_id={comment_id}")


async def _check_parent(job: Job) -> None:
    """A video takes comments once it is ready."""
    kind = job.draft.reply_to.detail.get("kind") if job.draft.reply_to else ""
    if kind == STORY:
        raise Refused(say("Nobody can comment on a story at Facebook. Take the first comment out."))
    if kind in {"video", "reel"} and not (await video.read(job.api, _parent(job))).is_ready:
        raise Later(say("Facebook is still working on the video. The comment follows when it is ready."))


async def _alike(job: Job, since: datetime) -> list[str]:
    """The ids of the page's own comments with these words, the latest first."""
    params = {"fields": FIELDS, "limit": "100", "filter": "toplevel", "order": "reverse_chronological"}
    found = list[str]()
    async for each in job.api.listed(f"{_parent(job)}/comments", _Comment, params, pages=PAGES):
        own = each.author is None or not each.author.id or each.author.id == job.page
        same = essence(each.message) == essence(job.draft.text)
        framed = bool(each.attachment) == bool(job.draft.media)
        if own and same and framed and each.created_time >= since - timedelta(seconds=1):
            found.append(each.id)
    return found
