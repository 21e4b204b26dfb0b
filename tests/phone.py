"""An owner's phone: what she posts herself at a pretend network, and what a visitor reads there."""

from dataclasses import dataclass

import aiohttp

from hawker.connect.pretend_by_hand import PUBLISH
from hawker.connect.shapes import JPEG


@dataclass(frozen=True)
class Posted:
    """`url`: where she was led."""

    status: int
    url: str
    page: str


def form(*pictures: bytes, **typed: str) -> aiohttp.FormData:
    data = aiohttp.FormData(typed)
    for number, content in enumerate(pictures, 1):
        data.add_field("files", content, filename=f"{number}.jpg", content_type=JPEG)
    return data


async def post_by_hand(account: str, data: aiohttp.FormData) -> Posted:
    """`account` is the address of hers."""
    async with aiohttp.ClientSession() as phone, phone.post(account + PUBLISH, data=data) as answer:
        return Posted(answer.status, str(answer.url), await answer.text())


async def read(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as visitor, visitor.get(url) as answer:
        return answer.status, await answer.text()
