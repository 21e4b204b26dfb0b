"""Audiences that an owner made in LINE Official Account Manager, and whether one can be written to."""

from pydantic import BaseModel, Field

from hawker.connect.errors import Later, Refused
from hawker.connect.text import say
from hawker.platforms.line.options import GROUP
from hawker.platforms.line.refusals import NO_GROUP
from hawker.platforms.line.wire import Line

# LINE's OpenAPI document “manage-audience”, `AudienceGroupStatus`, 2026-07-01.
_MAKING = {"IN_PROGRESS", "ACTIVATING"}


class _Group(BaseModel):
    status: str = ""
    count: int | None = Field(alias="audienceCount", default=None)


class _Found(BaseModel):
    group: _Group = Field(alias="audienceGroup")


async def demand_group(api: Line, group: str) -> None:
    """Raises Refused where there is no such audience or nobody in it, Later while LINE makes it."""
    try:
        found = (await api.read(f"audienceGroup/{group}", _Found)).group
    except Refused as error:
        raise NO_GROUP(code=error.code) from error
    if found.status in _MAKING:
        raise Later(say("LINE is still making this audience. Hawker tries again by itself."), code=GROUP)
    if found.status not in {"READY", ""} or found.count == 0:
        sentence = say("This audience ran out, could not be made, or is empty. Choose another.")
        raise Refused(sentence, code=found.status, field=GROUP)
