"""Which channel a key acts for, and what YouTube takes from it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AliasPath, BaseModel, Field

from hawker.connect.errors import Refused
from hawker.connect.google import APIS, Api, Grant, base, read
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.youtube.limits import limits_of
from hawker.platforms.youtube.wire import EDITION, Tube, explain

SITE = "https://www.youtube.com"


class _Channel(BaseModel):
    id: str
    title: Annotated[str, Field(validation_alias=AliasPath("snippet", "title"))] = ""
    handle: Annotated[str, Field(validation_alias=AliasPath("snippet", "customUrl"))] = ""
    long_uploads: Annotated[str, Field(validation_alias=AliasPath("status", "longUploadsStatus"))] = ""


class _Channels(BaseModel):
    items: tuple[_Channel, ...] = ()


async def read_account(http: Http, app: Mapping[str, str], grant: Grant) -> Account:
    """Raises Refused where this Google account has no channel."""
    server, site = base(app, APIS), app.get("site") or SITE
    tube = Tube(Api(http, server, grant.token, explain), app.get("api_version") or EDITION)
    answer = await tube.ask("channels", {"part": "snippet,status", "mine": "true"})
    channel = next(iter(read(answer, _Channels).items), None)
    if channel is None:
        sentence = say(
            "This Google account has no YouTube channel. Make one at youtube.com, then begin again."
        )
        raise Refused(sentence, code="youtubeSignupRequired")
    return Account(
        remote_id=channel.id,
        handle=channel.handle or channel.title or channel.id,
        name=channel.title or channel.id,
        server=server,
        site=site,
        url=f"{site}/channel/{channel.id}",
        limits=limits_of(channel.long_uploads),
        secrets=grant.secrets,
        expires_at=grant.expires_at,
        app=app,
    )
