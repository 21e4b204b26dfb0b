"""Sending to followers. WeChat keeps the key that goes along, and sends the same key only once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from hawker.connect.errors import CannotLook, Later, Refused
from hawker.connect.http import Json
from hawker.connect.refusals import unsaid
from hawker.connect.text import say
from hawker.connect.values import Draft, Published
from hawker.platforms.wechat.article import clean, comments
from hawker.platforms.wechat.refusals import NETWORK, NO_MASS, REPEATED
from hawker.platforms.wechat.uploads import DRAFT, is_there, media_ids
from hawker.platforms.wechat.wire import Api, Said
from hawker.platforms.wechat.wishes import KIND, MASS, TAG, kind_of, typed

# How long WeChat keeps the key is not documented; others have seen a day.
KEPT = timedelta(hours=20)


class _Taken(Said):
    """Numbers on the wire; in some answers the id is written as one word."""

    msg_id: int | str = ""
    msgid: int | str = ""
    msg_data_id: int | str = ""

    @property
    def id(self) -> str:
        return str(self.msg_id or self.msgid)


async def send(api: Api, draft: Draft, done: Mapping[str, str]) -> Published:
    """A key that WeChat knows was taken before: it tells the message that went out then, or only that one
    did."""
    taken = await api.send("message/mass/sendall", _written(draft, done), _Taken, but=(REPEATED,))
    if not taken.id and taken.errcode != REPEATED:
        raise unsaid(NETWORK)
    data = {"msg_data_id": str(taken.msg_data_id)} if taken.msg_data_id else {}
    detail = {KIND: kind_of(draft.options), **data}
    return Published(remote_id=taken.id or draft.key.hex, url="", detail=detail)


async def find(api: Api, draft: Draft, done: Mapping[str, str], since: datetime) -> Published | None:
    """Once a draft was sent it is gone (“新增草稿”, read 2026-11-23): a second send of it can then only be
    refused, for its key or for the draft. Where no draft tells, the next `send` is left to the key, which
    makes no second message. Raises CannotLook where the key may be forgotten, or WeChat does not tell."""
    if datetime.now(UTC) - since > KEPT:
        raise CannotLook(_FORGOTTEN)
    if kind_of(draft.options) != MASS or DRAFT not in done or await is_there(api, done[DRAFT]):
        return None
    try:
        return await send(api, draft, done)
    except Refused as refused:
        raise CannotLook(_UNTOLD, code=refused.code) from refused
    except Later as later:
        if later.code != str(NO_MASS):
            raise
        raise CannotLook(_UNTOLD, code=later.code) from later


async def delete(api: Api, published: Published) -> None:
    if not published.remote_id.isdecimal():
        raise Refused(_NAMELESS)
    await api.ask("message/mass/delete", {"msg_id": int(published.remote_id), "article_idx": 0}, Said)


def _written(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    tag = typed(draft.options, TAG)
    whom: Json = {"is_to_all": False, "tag_id": int(tag)} if tag else {"is_to_all": True}
    return {"filter": whom, **_message(draft, done), "clientmsgid": draft.key.hex}


def _message(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    if kind_of(draft.options) == MASS:
        return {"mpnews": {"media_id": done[DRAFT]}, "msgtype": "mpnews", "send_ignore_reprint": 0}
    media: list[Json] = [*media_ids(draft, done)]
    images = {"media_ids": media, "recommend": clean(draft.text), **comments(draft.options)}
    return {"images": images, "msgtype": "image"}


_NAMELESS = say(
    "WeChat did not tell Hawker which message this is. Delete it by hand at mp.weixin.qq.com, under"
    " published."
)
_UNTOLD = say(
    "The draft of this message is gone, and WeChat does not tell whether it went out. Look at"
    " mp.weixin.qq.com, under published, before you send it again."
)
_FORGOTTEN = say(
    "WeChat lets nobody look whether a message to followers went out, and may have forgotten its key by now."
    " Look at mp.weixin.qq.com, under published, before you send it again."
)
