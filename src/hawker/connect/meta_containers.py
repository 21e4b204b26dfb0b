"""Containers, in which some of Meta's networks take a post before it is published: each lives for a day
and is published once.

A network says by `Habits` how it speaks of its containers, and by `Wish`es which ones a draft needs; a `Yard`
makes them, waits for them, makes dead ones anew, publishes, and settles by their status what became of a lost
answer.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from pydantic import AliasChoices, BaseModel, Field

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Answer
from hawker.connect.meta import Graph, Id
from hawker.connect.meta_refusals import Name, Text, Unseen
from hawker.connect.refusals import Gone, unsaid
from hawker.connect.text import Sentence, say
from hawker.connect.values import Media, Published

# The name of the step that holds the container to be published.
WHOLE = "container"
# Unpublished containers expire after 24 hours (content publishing guides, read 2026-11-22).
LIFE = 23 * 3600
# Seconds between looks. Meta asks for one a minute; pictures and short videos are ready within seconds.
PAUSES = (1, 2, 4, 8, 15, 30, 60)
# So long a published post may be missing from the lists before its owner is asked.
PATIENCE = timedelta(hours=1)
_STEPS: tuple[Step, ...] = ()
WORKING, FINISHED, PUBLISHED, EXPIRED, ERROR = "IN_PROGRESS", "FINISHED", "PUBLISHED", "EXPIRED", "ERROR"


class State(BaseModel):
    """Where something went wrong, `told` says what, in words or with a number. Networks differ in the names
    of both fields."""

    status: Text = Field(default="", validation_alias=AliasChoices("status_code", "status"))
    told: Name = Field(default="", validation_alias=AliasChoices("error_message", "status"))


class Made(BaseModel):
    """`uri`: where the container's bytes go, where it takes bytes."""

    id: Name
    uri: Text = ""


@dataclass(frozen=True, kw_only=True)
class Habits:
    """`edge` makes a container and `ends` publishes it; `fields` are asked of it, and `wrong` makes an error
    of what they tell."""

    edge: str
    ends: str
    fields: str
    wrong: Callable[[Answer, str], NetworkError]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A container to make: `form` without the addresses of its files, `step` the name under which it is
    kept."""

    step: str
    form: Mapping[str, str]
    medium: Media | None = None
    cover: Media | None = None

    @property
    def mark(self) -> str:
        """Changes with whatever the container holds."""
        files = [each.id for each in (self.medium, self.cover) if each]
        content = json.dumps([sorted(self.form.items()), files])
        return hashlib.sha256(content.encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A container as a step holds it."""

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


async def address_of(medium: Media) -> str:
    return await asyncio.to_thread(medium.address)


@dataclass(frozen=True, kw_only=True)
class Yard:
    """`owner` is the account's id. A network that takes bytes, too, extends `create` and `fill`."""

    api: Graph
    owner: str
    habits: Habits
    pauses: Sequence[float] = PAUSES

    async def steps(
        self, whole: Wish, children: Sequence[Wish], done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """Raises Later, SignInAgain or Refused."""
        kept = dict(done)
        for child in children:
            async for step in self._made(child, kept):
                yield step
        ids = [_id(kept, child) for child in children]
        for each in ids:
            await self._wait(each)
        if children:
            whole = Wish(step=whole.step, form={**whole.form, "children": ",".join(ids)})
        async for step in self._made(whole, kept):
            yield step
        await self._wait(_id(kept, whole))

    async def create(self, wish: Wish) -> Made:
        if wish.medium is None:
            return await self.post(wish.form)
        kind = "video_url" if wish.medium.is_video else "image_url"
        return await self.post({**wish.form, kind: await address_of(wish.medium)})

    async def post(self, form: Mapping[str, str]) -> Made:
        answer = await self.api.do(f"{self.owner}/{self.habits.edge}", form)
        return self.api.parse(answer, Made)

    async def fill(
        self,
        wish: Wish,  # noqa: ARG002
        container: Kept,  # noqa: ARG002
        kept: dict[str, str],  # noqa: ARG002
        *,
        fresh: bool,  # noqa: ARG002
    ) -> AsyncIterator[Step]:
        """What is done to a container before it is waited for; steps are entered into `kept`, too."""
        for step in _STEPS:
            yield step

    async def publish(self, container: str) -> str:
        """The irreversible call; gives the post's id. Raises OutcomeUnknown too where it is refused because
        an earlier one was heard."""
        form = {"creation_id": container}
        try:
            answer = await self.api.do(f"{self.owner}/{self.habits.ends}", form, irreversible=True)
        except (Refused, Later) as refused:
            if await self._is_public(container):
                sentence = unsaid(self.api.refusals.network).sentence
                raise OutcomeUnknown(sentence, code=refused.code) from refused
            raise
        return self.api.parse_sent(answer, Id).id

    async def settle(
        self, container: str, look: Callable[[], Awaitable[Published | None]], since: datetime
    ) -> Published | None:
        """What a container became: it says itself whether it is published, `look` finds it among the posts of
        the account. Raises Later and CannotLook."""
        network = self.api.refusals.network
        status = await self.status(container)
        if status == WORKING:
            sentence = say(
                "%(network)s is still working on this post. Hawker looks again soon.", network=network
            )
            raise Later(sentence, code=status)
        if status not in {PUBLISHED, ""}:
            return None
        found = await look()
        if found or not status:
            return found
        if datetime.now(UTC) - since > PATIENCE:
            raise CannotLook(_unlisted(network), code=status)
        sentence = say(
            "%(network)s has published this post and does not list it yet. Hawker looks again soon.",
            network=network,
        )
        raise Later(sentence, code=status)

    async def _made(self, wish: Wish, kept: dict[str, str]) -> AsyncIterator[Step]:
        """Enters the step into `kept` too."""
        container, fresh = Kept.read(kept.get(wish.step, "")), False
        if container is None or not container.fits(wish) or await self._is_dead(container.id):
            made, fresh = await self.create(wish), True
            container = Kept(id=made.id, made=int(time.time()), mark=wish.mark, uri=made.uri)
            kept[wish.step] = container.written()
            yield Step(name=wish.step, value=kept[wish.step])
        async for step in self.fill(wish, container, kept, fresh=fresh):
            yield step

    async def _is_dead(self, container: str) -> bool:
        return await self.status(container) in {ERROR, EXPIRED, ""}

    async def _is_public(self, container: str) -> bool:
        """As far as the network says so now."""
        try:
            return await self.status(container) == PUBLISHED
        except NetworkError:
            return False

    async def status(self, container: str) -> str:
        """Empty where the network does not know the container."""
        try:
            return self.api.parse(await self._ask(container), State).status
        except (Gone, Unseen):
            return ""

    async def _ask(self, container: str) -> Answer:
        return await self.api.ask(container, {"fields": self.habits.fields})

    async def _wait(self, container: str) -> None:
        """Raises what went wrong, and Later where it takes long."""
        for pause in (*self.pauses, 0):
            if await self._is_ready(container):
                return
            await asyncio.sleep(pause)
        sentence = say(
            "%(network)s is still working on this post. Hawker asks again soon.",
            network=self.api.refusals.network,
        )
        raise Later(sentence, code=WORKING)

    async def _is_ready(self, container: str) -> bool:
        """One that was made a moment ago may still be unknown."""
        try:
            answer = await self._ask(container)
        except Unseen:
            return False
        state = self.api.parse(answer, State)
        if state.status == ERROR:
            raise self.habits.wrong(answer, state.told)
        if state.status == EXPIRED:
            sentence = say(
                "What was uploaded to %(network)s is too old by now. Hawker uploads it again by itself.",
                network=self.api.refusals.network,
            )
            raise Later(sentence, code=EXPIRED)
        return state.status in {FINISHED, PUBLISHED}


def _id(kept: Mapping[str, str], wish: Wish) -> str:
    container = Kept.read(kept[wish.step])
    return container.id if container else ""


def _unlisted(network: str) -> Sentence:
    return say(
        "%(network)s has published this post, but does not list it. Look there yourself whether it is out.",
        network=network,
    )
