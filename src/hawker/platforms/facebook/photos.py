"""Pictures that nobody sees yet: uploaded one by one, and shown by the call that publishes."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp

from hawker.connect.abilities import Step
from hawker.connect.meta import Id
from hawker.connect.values import Media
from hawker.platforms.facebook.job import Job, dated


async def upload(job: Job) -> AsyncIterator[Step]:
    for medium in job.draft.media:
        if not job.kept(medium.id):
            yield dated(medium.id, await _photo(job, medium))


def photo_id(job: Job, medium: Media) -> str:
    return job.done.get(medium.id, "").partition(" ")[0]


async def _photo(job: Job, medium: Media) -> str:
    form = aiohttp.FormData()
    form.add_field("published", "false")
    if medium.alt:
        form.add_field("alt_text_custom", medium.alt)
    await attach(form, "source", medium)
    answer = await job.api.do(f"{job.page}/photos", data=form)
    return job.api.parse(answer, Id).id


async def attach(form: aiohttp.FormData, name: str, medium: Media) -> None:
    content = await asyncio.to_thread(medium.read)
    form.add_field(name, BytesIO(content), filename="picture", content_type=medium.content_type)
