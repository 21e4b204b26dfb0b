"""The body of a post: its text, who sees it, and the one thing beside the text."""

from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.values import Draft, Media
from hawker.platforms.linkedin import options as opt
from hawker.platforms.linkedin.options import DOCUMENT, answers, is_document, told
from hawker.platforms.linkedin.text import little


def body(author: str, draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    content = content_of(draft, done)
    return {
        "author": author,
        "commentary": little(draft.text),
        "visibility": told(draft, opt.WHO) or opt.EVERYONE,
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": told(draft, opt.SHARES) == opt.NO,
        **({"content": content} if content else {}),
    }


def content_of(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    """Empty for words alone."""
    if told(draft, opt.QUESTION):
        return {"poll": _poll(draft)}
    if told(draft, opt.LINK):
        return {"article": _article(draft, done)}
    if is_document(draft):
        return {"media": {"id": done[DOCUMENT], "title": told(draft, opt.TITLE)}}
    videos = [medium for medium in draft.media if medium.is_video]
    if videos:
        title = told(draft, opt.TITLE)
        return {"media": {"id": done[videos[0].id], **({"title": title} if title else {})}}
    pictures = [_picture(medium, done) for medium in draft.media]
    if len(pictures) > 1:
        return {"multiImage": {"images": [*pictures]}}
    return {"media": pictures[0]} if pictures else {}


def _picture(medium: Media, done: Mapping[str, str]) -> dict[str, Json]:
    return {"id": done[medium.id], **({"altText": medium.alt} if medium.alt else {})}


def _article(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    """LinkedIn looks nothing up: without these the card stays empty."""
    card: dict[str, Json] = {"source": told(draft, opt.LINK), "title": told(draft, opt.LINK_TITLE)}
    if told(draft, opt.LINK_TEXT):
        card["description"] = told(draft, opt.LINK_TEXT)
    for medium in draft.media[:1]:
        card["thumbnail"] = done[medium.id]
    return card


def _poll(draft: Draft) -> dict[str, Json]:
    return {
        "question": told(draft, opt.QUESTION),
        "options": [{"text": answer} for answer in answers(draft.options)],
        "settings": {"duration": told(draft, opt.POLL_TIME) or opt.TIMES[2]},
    }
