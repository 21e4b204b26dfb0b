"""What became of a post that TikTok was given, asked by its publish_id."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from hawker.connect.errors import Later
from hawker.connect.refusals import Gone
from hawker.platforms.tiktok.wire import Api

# Seconds between looks, of which TikTok takes 30 a minute.
PAUSES = (1, 2, 3, 5, 10, 20)


class State(BaseModel):
    """`posts`: ids, once a public post has been moderated. TikTok spells their name “publicaly”."""

    status: str = ""
    reason: Annotated[str, Field(alias="fail_reason"), BeforeValidator(lambda value: value or "")] = ""
    posts: Annotated[
        tuple[int, ...],
        Field(
            validation_alias=AliasChoices("publicaly_available_post_id", "publicly_available_post_id"),
        ),
        BeforeValidator(lambda value: value or ()),
    ] = ()
    uploaded: Annotated[int | None, Field(alias="uploaded_bytes")] = None

    @property
    def is_over(self) -> bool:
        return self.status in {"PUBLISH_COMPLETE", "SEND_TO_USER_INBOX"}

    @property
    def has_failed(self) -> bool:
        return self.status == "FAILED"

    @property
    def is_untold(self) -> bool:
        """Under way, and nothing said of how much of it is there."""
        return self.uploaded is None and not self.is_over and not self.has_failed

    def has_all(self, size: int) -> bool:
        """Whether TikTok has every byte, so that the post goes out without us."""
        return self.is_over or (not self.has_failed and (self.uploaded or 0) >= size)


class _Answer(BaseModel):
    data: State


async def state_of(api: Api, publish_id: str) -> State | None:
    """None where TikTok does not know this publish_id, or no longer."""
    try:
        return (await api.call("post/publish/status/fetch", _Answer, {"publish_id": publish_id})).data
    except Gone:
        return None


async def settle(
    api: Api, publish_id: str, *, public: bool, pauses: Sequence[float] = PAUSES
) -> State | None:
    """The last state that was seen: looks until it is over, and with `public` until the post's id is known.
    A look that fails is one look less."""
    state = None
    for pause in (0, *pauses):
        await asyncio.sleep(pause)
        try:
            state = await state_of(api, publish_id) or state
        except Later:
            continue
        if state and (state.has_failed or (state.is_over and (state.posts or not public))):
            break
    return state
