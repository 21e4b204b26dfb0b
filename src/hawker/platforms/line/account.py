"""What an official account is at LINE, and what its messages may hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from pydantic import BaseModel, Field

from hawker.connect.values import Account, Limits

API, SITE = "https://api.line.me", "https://line.me"
# Messaging API reference, “Message objects”, read 2026-07-01. A picture may have 10 MB, its preview 1 MB: one
# file serves as both. How many pixels, and how long a video may be, is not documented. LINE knows no
# alternative texts: theirs is a number that hinders nobody who writes for other networks too.
MESSAGES, TEXT = 5, 5_000
LIMITS = Limits(
    text=TEXT,
    media=MESSAGES,
    alt_text=4_096,
    image_bytes=1_000_000,
    image_pixels=25_000_000,
    image_types=("image/jpeg", "image/png"),
    video_bytes=200_000_000,
    video_types=("video/mp4",),
)
TOKEN, CHANNEL, SECRET = "access_token", "channel_id", "channel_secret"


class Bot(BaseModel):
    """`GET /v2/bot/info`. The premium ID is one that a business buys."""

    user_id: str = Field(alias="userId", min_length=1)
    basic_id: str = Field(alias="basicId", min_length=1)
    premium_id: str | None = Field(alias="premiumId", default=None)
    name: str = Field(alias="displayName", default="")


def server(app: Mapping[str, str]) -> str:
    return app.get("server") or API


def account_of(
    bot: Bot,
    app: Mapping[str, str],
    secrets: Mapping[str, str],
    expires_at: datetime | None,
    *,
    people: int | None,
) -> Account:
    handle, site = bot.premium_id or bot.basic_id, app.get("site") or SITE
    return Account(
        remote_id=bot.user_id,
        handle=handle,
        name=bot.name or handle,
        server=server(app),
        site=site,
        url=f"{site}/R/ti/p/{quote(handle, safe='@')}",
        limits=replace(LIMITS, people=people),
        secrets=secrets,
        expires_at=expires_at,
        app=dict(app),
    )
