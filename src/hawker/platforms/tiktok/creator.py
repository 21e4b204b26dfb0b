"""Who a token acts for, and what TikTok lets that creator choose now."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.tiktok.app import APP, place
from hawker.platforms.tiktok.limits import Creator, limits_of
from hawker.platforms.tiktok.wire import Api


class _Answer(BaseModel):
    data: Creator


async def creator_of(api: Api) -> Creator:
    """TikTok wants this asked before each post, as the creator may change it at any time."""
    return (await api.call("post/publish/creator_info/query", _Answer)).data


async def read_account(
    http: Http,
    keys: Mapping[str, str],
    open_id: str,
    secrets: Mapping[str, str],
    expires_at: datetime | None,
) -> Account:
    """Raises KeyExpired where the token does not work."""
    server, site = place(keys)
    creator = await creator_of(Api(http, f"{server}/{APP.version(keys)}", secrets["access_token"]))
    return Account(
        remote_id=open_id,
        handle=f"@{creator.username}",
        name=creator.nickname or creator.username,
        server=server,
        site=site,
        url=f"{site}/@{creator.username}",
        limits=limits_of(creator),
        secrets=secrets,
        expires_at=expires_at,
        app=keys,
    )
