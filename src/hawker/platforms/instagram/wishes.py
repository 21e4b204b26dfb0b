"""Which containers a draft needs, and what is in each."""

import json

from hawker.connect.meta_containers import WHOLE, Wish
from hawker.connect.values import Draft, Media
from hawker.platforms.instagram.kinds import (
    IN_FEED,
    NO,
    REEL,
    STORY,
    cover_at,
    covers,
    kind_of,
    partners,
    videos,
)


def parts(draft: Draft) -> list[Wish]:
    """Those of a carousel; none where one container is all."""
    if kind_of(draft) in {REEL, STORY} or len(draft.media) < 2:
        return []
    return [Wish(step=medium.id, form=_child(medium), medium=medium) for medium in draft.media]


def _child(medium: Media) -> dict[str, str]:
    described = {"alt_text": medium.alt} if medium.alt else {}
    return {"is_carousel_item": "true", **({"media_type": "VIDEO"} if medium.is_video else described)}


def _form(draft: Draft) -> dict[str, str]:
    """What stands over the whole post."""
    named = partners(draft.options)
    form = {"caption": draft.text, "collaborators": json.dumps(named) if named else ""}
    return {name: value for name, value in form.items() if value}


def whole(draft: Draft) -> Wish:
    """What is published; of a carousel without the ids of its parts."""
    if parts(draft):
        return Wish(step=WHOLE, form={**_form(draft), "media_type": "CAROUSEL"})
    kind, medium = kind_of(draft), draft.media[0]
    if kind == STORY:
        return Wish(step=WHOLE, form={"media_type": "STORIES"}, medium=medium)
    if kind == REEL:
        return _reel(draft)
    described = {"alt_text": medium.alt} if medium.alt else {}
    return Wish(step=WHOLE, form={**_form(draft), **described}, medium=medium)


def _reel(draft: Draft) -> Wish:
    moment, cover = round(cover_at(draft.options) * 1000), next(iter(covers(draft)), None)
    shown = {"share_to_feed": "false" if draft.options.get(IN_FEED) == NO else "true"}
    chosen = {"thumb_offset": str(moment)} if moment and cover is None else {}
    form = {"media_type": "REELS", **_form(draft), **shown, **chosen}
    return Wish(step=WHOLE, form=form, medium=videos(draft)[0], cover=cover)
