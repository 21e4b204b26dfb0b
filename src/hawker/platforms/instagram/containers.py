"""What is uploaded before a post: containers, which live for a day and are published once.

`Yard` makes those that are wished for, waits for them, and makes dead ones anew.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Number, Text
from hawker.connect.refusals import Gone
from hawker.connect.values import Draft, Media
from hawker.platforms.instagram.hosts import uploads
from hawker.platforms.instagram.refusals import EXPIRED, NOT_READY, of_state
from hawker.platforms.instagram.wishes import WHOLE, Wish, carousel, parts, single

# Containers expire after 24 hours unpublished ("IG Container", read 2026-11-22).
LIFE = 23 * 3600
# Seconds between looks. Meta asks for one a minute; pictures and short videos are ready within seconds.
PAUSES = (1, 2, 4, 8, 15, 30, 60)
FINISHED, PUBLISHED, DEAD = "FINISHED", "PUBLISHED", {"ERROR", "EXPIRED"}


class State(BaseModel):
    """`status` says more than `status_code` where something went wrong."""

    status_code: Text = ""
    status: Text | int = ""


class _Made(BaseModel):
    id: str
    uri: Text = ""


class _Phase(BaseModel):
    bytes_transferred: Number = 0


class _Uploading(BaseModel):
    uploading_phase: _Phase = _Phase()


class _Progress(BaseModel):
    video_status: _Uploading = _Uploading()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A container as a step holds it. `uri`: where its bytes go, where it takes bytes."""

    id: str
    made: int
    mark: str
    uri: str = ""

    @classmethod
    def read(cls, value: str) -> Self | None:
        parts = value.split(" ")
        if len(parts) != 4 or not parts[1].isdecimal():
            return None
        return cls(id=parts[0], made=int(parts[1]), mark=parts[2], uri=parts[3].strip("-"))

    def written(self) -> str:
        return f"{self.id} {self.made} {self.mark} {self.uri or '-'}"

    def fits(self, wish: Wish) -> bool:
        return self.mark == wish.mark and self.made > time.time() - LIFE


def whole_of(done: Mapping[str, str]) -> str:
    """The id of the container to publish; empty where there is none yet."""
    kept = Kept.read(done.get(WHOLE, ""))
    return kept.id if kept else ""


async def state_of(api: Graph, container: str) -> State:
    return await api.read(container, State, {"fields": "status_code,status"})


@dataclass(frozen=True, kw_only=True)
class Yard:
    """`bytes_first`: videos are uploaded rather than fetched; where Instagram refuses that, it may fetch them
    after all."""

    api: Graph
    owner: str
    bytes_first: bool
    pauses: Sequence[float] = PAUSES

    async def steps(self, draft: Draft, done: Mapping[str, str]) -> AsyncIterator[Step]:
        """Raises Later, SignInAgain or Refused."""
        kept = dict(done)
        wishes = parts(draft)
        for wish in wishes:
            async for step in self._made(wish, kept):
                yield step
        for wish in wishes:
            await self._wait(_id(kept, wish))
        whole = carousel(draft, [_id(kept, wish) for wish in wishes]) if wishes else single(draft)
        async for step in self._made(whole, kept):
            yield step
        await self._wait(_id(kept, whole))

    async def _made(self, wish: Wish, kept: dict[str, str]) -> AsyncIterator[Step]:
        """Enters each step into `kept` too."""
        container, start = Kept.read(kept.get(wish.step, "")), 0
        if container is None or not container.fits(wish) or await self._is_dead(container.id):
            container = await self._create(wish)
            kept[wish.step] = container.written()
            yield Step(name=wish.step, value=kept[wish.step])
        elif container.uri and kept.get(f"{wish.step}:bytes") != container.id:
            start = await self._arrived(container.id)
        uploaded = f"{wish.step}:bytes"
        if container.uri and wish.medium and kept.get(uploaded) != container.id:
            await self._upload(container.uri, wish.medium, start)
            kept[uploaded] = container.id
            yield Step(name=uploaded, value=container.id)

    async def _arrived(self, container: str) -> int:
        """How much of a video an earlier attempt brought there; 0 where Instagram does not tell."""
        try:
            told = await self.api.read(container, _Progress, {"fields": "video_status"})
        except Refused:
            return 0
        return max(0, told.video_status.uploading_phase.bytes_transferred)

    async def _upload(self, uri: str, video: Media, start: int) -> None:
        """From the beginning where Instagram does not let an upload go on."""
        if start >= video.size:
            return
        try:
            await self.api.upload(uri, video, start=start)
        except Refused:
            if not start:
                raise
            await self.api.upload(uri, video)

    async def _is_dead(self, container: str) -> bool:
        try:
            return (await state_of(self.api, container)).status_code in DEAD
        except Gone:
            return True

    async def _create(self, wish: Wish) -> Kept:
        covered = {"cover_url": await _address(wish.cover)} if wish.cover else {}
        whole = replace(wish, form={**wish.form, **covered})
        if wish.medium and wish.medium.is_video:
            made = await self._of_video(whole, wish.medium)
        elif wish.medium:
            made = await self._post({**whole.form, "image_url": await _address(wish.medium)})
        else:
            made = await self._post(whole.form)
        return Kept(id=made.id, made=int(time.time()), mark=wish.mark, uri=made.uri)

    async def _of_video(self, wish: Wish, video: Media) -> _Made:
        """Uploading needs no public address, but is there for the login through a page only (Resumable
        uploads, read 2026-11-22)."""
        fetched = "" if self.bytes_first else await _address_if_public(video)
        if fetched:
            return await self._post({**wish.form, "video_url": fetched})
        try:
            made = await self._post({**wish.form, "upload_type": "resumable"})
            usual = f"{uploads(self.api.server)}/ig-api-upload/{self.api.version}/{made.id}"
            return _Made(id=made.id, uri=made.uri or usual)
        except Refused as refused:
            if refused.code != "100" or not (fetched := await _address_if_public(video)):
                raise
        return await self._post({**wish.form, "video_url": fetched})

    async def _post(self, form: Mapping[str, str]) -> _Made:
        return self.api.parse(await self.api.do(f"{self.owner}/media", form), _Made)

    async def _wait(self, container: str) -> None:
        """Raises what went wrong, and Later where it takes long."""
        for pause in (*self.pauses, 0):
            answer = await self.api.ask(container, {"fields": "status_code,status"})
            state = self.api.parse(answer, State)
            if state.status_code in {FINISHED, PUBLISHED}:
                return
            if state.status_code == "ERROR":
                raise of_state(answer, str(state.status))
            if state.status_code == "EXPIRED":
                raise Later(EXPIRED.sentence, code="EXPIRED")
            await asyncio.sleep(pause)
        raise Later(NOT_READY.sentence, code="IN_PROGRESS")


def _id(kept: Mapping[str, str], wish: Wish) -> str:
    container = Kept.read(kept[wish.step])
    return container.id if container else ""


async def _address(medium: Media) -> str:
    return await asyncio.to_thread(medium.address)


async def _address_if_public(medium: Media) -> str:
    try:
        return await _address(medium)
    except Refused:
        return ""


async def is_public(api: Graph, container: str) -> bool:
    """Whether it is published, as far as Instagram says so now."""
    try:
        return (await state_of(api, container)).status_code == PUBLISHED
    except NetworkError:
        return False
