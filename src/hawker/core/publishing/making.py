"""What is done with a post's media before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, JSONField, OuterRef, Subquery, When
from django.db.models.functions import JSONObject

from hawker.connect.registry import platform
from hawker.connect.values import Draft, Media
from hawker.core.channels import queries as channels
from hawker.core.media import making
from hawker.core.media import queries as media
from hawker.core.media.making import Key
from hawker.core.posts.models import Attachment, Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State


@dataclass(frozen=True, kw_only=True)
class Making:
    """A delivery whose media are made right: `percent` of the one that is being made. Without it they are,
    and are being uploaded in steps, of which so many are done."""

    percent: int | None = None
    is_video: bool = False
    steps: int = 0


def under_way() -> Case:
    """Of deliveries in preparation: what of their media is just being made, for `making_of`."""
    mine = Attachment.objects.filter(post=OuterRef(OuterRef("post")), part=OuterRef(OuterRef("part")))
    held = making.under_way().filter(media__in=mine.values("media"))
    told = JSONObject(media="media_id", recipe="recipe", progress="progress")
    found = held.annotate(told=told).values("told")[:1]
    return Case(When(state=State.preparing, then=Subquery(found)), output_field=JSONField(null=True))


def making_of(post: Post, row: Delivery) -> Making | None:
    """None where no worker has its media in hand, or others' come first. `post` has its deliveries, pictures
    and channels at hand, and the delivery what is `under_way`."""
    shown = _media(post, row)
    if row.state != State.preparing or not shown:
        return None
    wanted = _wanted(post, row, shown)
    told: Mapping[str, str | int] = vars(row).get("under_way") or {}
    medium = wanted.get((UUID(str(told["media"])), str(told["recipe"]))) if told else None
    if medium:
        return Making(percent=min(int(told["progress"]), 99), is_video=medium.is_video)
    return Making(steps=len(row.steps)) if row.steps or not wanted else None


def _wanted(post: Post, row: Delivery, shown: tuple[Media, ...]) -> dict[Key, Media]:
    """What must be made for a delivery, of which medium."""
    options = (each.options for each in post.variants.all() if each.channel_id == row.channel_id)
    draft = Draft(key=row.key, text=post.text, language=post.language, media=shown, options=next(options, {}))
    shapes = platform(row.channel.platform).shapes(draft, channels.limits_of(row.channel))
    pairs = zip(shown, shapes, strict=True)
    return {key: medium for medium, shape in pairs if (key := making.key_of(medium, shape))}


def _media(post: Post, row: Delivery) -> tuple[Media, ...]:
    rows = (each for each in post.attachments.all() if each.part == row.part)
    return tuple(media.value(each.media, each.alt) for each in rows)
