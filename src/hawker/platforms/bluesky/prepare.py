"""What goes before a post: its pictures, who is mentioned, the card of its link. It may be repeated."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, Refused
from hawker.connect.http import Json
from hawker.connect.text import say
from hawker.connect.values import Draft, Media
from hawker.platforms.bluesky.card import read_card, read_picture
from hawker.platforms.bluesky.richtext import handles, links
from hawker.platforms.bluesky.steps import card_step, keep, lasts, mention_step, picture_step
from hawker.platforms.bluesky.wire import Xrpc

_HEADS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png", b"RIFF": "image/webp"}


async def pieces(xrpc: Xrpc, draft: Draft, done: Mapping[str, str], most: int) -> AsyncIterator[Step]:
    """`most`: the bytes that the picture of a card may have."""
    for media in draft.media:
        if not lasts(done, picture_step(media)):
            yield keep(picture_step(media), await _image(xrpc, media))
    for handle in handles(draft.text):
        if mention_step(handle) not in done:
            yield keep(mention_step(handle), await _did(xrpc, handle))
    for address in [] if draft.media else links(draft.text)[:1]:
        if not lasts(done, card_step(address)):
            yield keep(card_step(address), await _external(xrpc, address, most))


async def _image(xrpc: Xrpc, media: Media) -> Json:
    return {
        "image": await _upload(xrpc, await asyncio.to_thread(media.read), media.content_type),
        "aspectRatio": {"width": media.width, "height": media.height},
    }


async def _upload(xrpc: Xrpc, data: bytes, content_type: str) -> Json:
    answer = await xrpc.upload(data, content_type)
    parsed = answer.json()
    blob = parsed.get("blob") if isinstance(parsed, dict) else None
    if not isinstance(blob, dict):
        raise Later(say("Bluesky took a picture but did not say where it is. It is sent again."))
    return blob


async def _did(xrpc: Xrpc, handle: str) -> Json:
    """None where nobody has this handle: then the text stays as it is, without a link."""
    try:
        answer = await replace(xrpc, token="").ask("com.atproto.identity.resolveHandle", {"handle": handle})
    except Refused:
        return None
    return answer.get("did") or None


async def _external(xrpc: Xrpc, address: str, most: int) -> Json:
    card = await read_card(xrpc.http, address)
    if card is None:
        return None
    thumb = await _thumb(xrpc, card.picture, most) if card.picture else None
    external: dict[str, Json] = {
        "uri": card.address,
        "title": card.title,
        "description": card.description,
    }
    return {**external, "thumb": thumb} if thumb else external


async def _thumb(xrpc: Xrpc, address: str, most: int) -> Json:
    """None where the page's picture is larger than the network takes: the card goes without."""
    data = await read_picture(xrpc.http, address)
    content_type = next((kind for head, kind in _HEADS.items() if data and data.startswith(head)), "")
    if data is None or not content_type or len(data) > most:
        return None
    try:
        return await _upload(xrpc, data, content_type)
    except Refused:
        return None
