"""One message to one person: what may be written to her, and how it goes to WhatsApp."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from hawker.connect.errors import Refused
from hawker.connect.http import Json
from hawker.connect.length import URL
from hawker.connect.shapes import JPEG, PNG, PictureShape, Shape, VideoShape
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem, Recipient
from hawker.platforms.whatsapp import values
from hawker.platforms.whatsapp.letter import opened
from hawker.platforms.whatsapp.media import kind_of
from hawker.platforms.whatsapp.refusals import CLOSED, WINDOW
from hawker.platforms.whatsapp.values import TEMPLATE, template_name

# Cloud API, "Media messages", read 2026-11-22. The side is what WhatsApp shows at most; it is not documented.
CAPTION, SIDE = 1024, 4096


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    picture = PictureShape(types=(JPEG, PNG), bytes=limits.image_bytes, side=SIDE)
    video = VideoShape(bytes=limits.video_bytes, longest=0)
    return [video if medium.is_video else picture for medium in draft.media]


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if draft.reply_to:
        yield Problem(
            field="reply_to", sentence=say("Nothing can follow a message at WhatsApp. Send it alone.")
        )
    if len(draft.media) > limits.media:
        sentence = say("A message at WhatsApp takes one picture or one video. Take the others out.")
        yield Problem(field="media", sentence=sentence)
    yield from values.problems(draft.options)
    if template_name(draft.options):
        return
    if not draft.text.strip() and not draft.media:
        yield Problem(
            field="text", sentence=say("Write a text, add a picture or a video, or choose a template.")
        )
    if draft.media and len(draft.text) > CAPTION:
        sentence = say("Beside a picture or video WhatsApp takes 1,024 characters. Shorten the text.")
        yield Problem(field="text", sentence=sentence)


def demand(draft: Draft, limits: Limits) -> Recipient:
    """Raises Refused for what `problems` tells, for a text that is too long, and for somebody to whom
    WhatsApp lets nobody write these words now."""
    for problem in problems(draft, limits):
        raise Refused(problem.sentence, field=problem.field)
    if draft.to is None:
        raise Refused(say("Messages at WhatsApp go to people. Choose a list."), field="audience")
    if template_name(draft.options):
        return draft.to
    if len(draft.text) > limits.text:
        sentence = say("WhatsApp takes at most 4,096 characters. Shorten the text.")
        raise Refused(sentence, field="text")
    until = draft.to.open_until
    if until is None or until <= datetime.now(UTC):
        raise Refused(CLOSED, code=WINDOW, field=TEMPLATE)
    return draft.to


def written(draft: Draft, to: Recipient, done: Mapping[str, str]) -> dict[str, Json]:
    """The body of the call. A phone number has digits only; everybody else goes by the id that WhatsApp gave
    her for this business."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to" if is_phone(to.address) else "recipient": to.address,
        "biz_opaque_callback_data": str(draft.key),
        **_content(draft, done),
    }


def is_phone(address: str) -> bool:
    return re.fullmatch(r"[0-9]{7,15}", address) is not None


def _content(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    medium = next(iter(draft.media), None)
    kind = kind_of(medium) if medium else "text"
    media: dict[str, Json] = {"id": done[medium.id]} if medium else {}
    if template_name(draft.options):
        header: Json = {"type": kind, kind: media} if medium else None
        return {"type": "template", "template": opened(done[TEMPLATE], header)}
    if medium:
        caption: dict[str, Json] = {"caption": draft.text} if draft.text else {}
        return {"type": kind, kind: {**media, **caption}}
    shown = URL.search(draft.text) is not None
    return {"type": "text", "text": {"body": draft.text, "preview_url": shown}}
