"""A tea shop that posts its notes itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hawker.connect.http import Http
from hawker.connect.shapes import JPEG, MP4
from hawker.connect.values import Account, Draft, Media
from hawker.platforms.xiaohongshu import PLATFORM
from hawker.sandbox.app import Network

NAME = PLATFORM.name
PUBLISHES = PLATFORM.publishes


@dataclass(frozen=True, kw_only=True)
class Scene:
    network: Network
    http: Http
    shop: Account


async def signed_in(http: Http, way: str, fields: Mapping[str, str]) -> Account:
    return await PLATFORM.signs_in.sign_in(http, way, fields)


def medium(number: int, kind: str = JPEG, width: int = 1200, height: int = 1600) -> Media:
    return Media(
        id=str(UUID(int=number)),
        content_type=kind,
        size=200_000,
        width=width,
        height=height,
        alt="一杯茶",
        read=lambda: b"",
        seconds=20 if kind == MP4 else 0,
        rate=30 if kind == MP4 else 0,
        codecs=("h264", "aac") if kind == MP4 else (),
    )


def note(*media: Media, title: str = "", text: str = "新茶到了") -> Draft:
    options = {"title": title}
    return Draft(key=UUID(int=1), text=text, language="zh-Hant", media=media, options=options)
