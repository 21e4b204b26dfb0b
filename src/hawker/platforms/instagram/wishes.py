"""Which containers a draft needs, and what is in each."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

# The name of the step that holds the container to be published.
WHOLE = "container"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A container to make: `form` without the addresses of its files, `step` the name under which it is
    kept."""

    step: str
    form: Mapping[str, str]
    medium: Media | None = None
    cover: Media | None = None

    @property
    def mark(self) -> str:
        """Changes with whatever the container holds."""
        files = [each.id for each in (self.medium, self.cover) if each]
        content = json.dumps([sorted(self.form.items()), files])
        return hashlib.sha256(content.encode()).hexdigest()[:16]


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


def single(draft: Draft) -> Wish:
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


def carousel(draft: Draft, children: Sequence[str]) -> Wish:
    form = {"media_type": "CAROUSEL", "children": ",".join(children)}
    return Wish(step=WHOLE, form={**_form(draft), **form})
