"""Who a token acts for, and what X takes from that account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.http import Http
from hawker.connect.refusals import read
from hawker.connect.values import Account, Limits
from hawker.platforms.x.text import URL
from hawker.platforms.x.wire import Api

# docs.x.com, media/best-practices, 2026-08-22. X names no limit in pixels; it makes larger ones smaller.
LIMITS = Limits(
    text=280,
    media=4,
    alt_text=1_000,
    image_bytes=5_000_000,
    image_pixels=16_777_216,
    image_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    url_weight=URL,
    video_bytes=512_000_000,
    video_seconds=140,
    video_types=("video/mp4",),
)
LONG_TEXT = 25_000
# Longer posts belong to these (changelog of 2024-08-20); of Basic the documents do not say so.
LONG_POSTS = {"Premium", "PremiumPlus"}


class _User(BaseModel):
    id: str
    username: str
    name: str = ""
    subscription_type: str = ""


class _Me(BaseModel):
    data: _User


async def read_account(
    http: Http, server: str, site: str, secrets: Mapping[str, str], expires_at: datetime | None
) -> Account:
    """Raises KeyExpired where the token does not work."""
    params = {"user.fields": "subscription_type,verified_type"}
    me = read("X", await Api(http, server, secrets["access_token"]).ask("/2/users/me", params), _Me).data
    text = LONG_TEXT if me.subscription_type in LONG_POSTS else LIMITS.text
    return Account(
        remote_id=me.id,
        handle=f"@{me.username}",
        name=me.name or me.username,
        server=server,
        site=site,
        url=f"{site}/{me.username}",
        limits=replace(LIMITS, text=text),
        secrets=secrets,
        expires_at=expires_at,
    )
