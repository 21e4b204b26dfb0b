"""Reads of posts, and of the drafts that they are for connectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from hawker.connect.registry import platform
from hawker.connect.values import Draft, Limits, Media
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.media import queries as media
from hawker.core.people.rules import Actor
from hawker.core.posts import rules
from hawker.core.posts.models import Attachment, Post, Variant
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.problems import NotFound, Problem
from hawker.core.rows import row_id


@dataclass(frozen=True, kw_only=True)
class Review:
    """How one channel sees a writing: its length by the network's rule, and what the network will refuse."""

    channel: Channel
    draft: Draft
    limits: Limits
    length: int
    problems: tuple[Problem, ...]

    @property
    def limit(self) -> int:
        return self.limits.text


def whole() -> QuerySet[Post]:
    """Posts with their pictures and channels at hand."""
    return Post.objects.select_related("author").prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("media")),
        Prefetch("variants", Variant.objects.select_related("channel")),
    )


def posts(actor: Actor) -> QuerySet[Post]:
    return whole().filter(workspace_id=actor.workspace).order_by("-created_at", "-id")


def post(actor: Actor, post_id: UUID) -> Post:
    """Raises NotFound."""
    found = posts(actor).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found


def pictures_of(post: Post) -> tuple[Media, ...]:
    return tuple(media.value(each.media, each.alt) for each in post.attachments.all())


def writing_of(post: Post) -> Writing:
    """The post as it was typed, to be edited."""
    return Writing(
        text=post.text,
        language=post.language,
        first_comment=post.first_comment,
        pictures=tuple(Picture(media=each.media_id, alt=each.alt) for each in post.attachments.all()),
        wordings=tuple(
            Wording(channel=each.channel_id, text=each.text, options=each.options)
            for each in post.variants.all()
        ),
    )


def reviews(actor: Actor, writing: Writing) -> list[Review]:
    """Each channel's view of a writing, in the order of the channels."""
    rows = {row.id: row for row in media.media(actor, [each.media for each in writing.pictures])}
    pictures = tuple(
        media.value(rows[each.media], each.alt) for each in writing.pictures if each.media in rows
    )
    wordings = {wording.channel: wording for wording in writing.wordings}
    chosen = [channel for channel in channels.channels(actor) if channel.id in wordings]
    return [_review(channel, wordings[channel.id], writing, pictures) for channel in chosen]


def _review(channel: Channel, wording: Wording, writing: Writing, pictures: tuple[Media, ...]) -> Review:
    network, limits = platform(channel.platform), channels.limits_of(channel)
    draft = Draft(
        key=row_id(),
        text=writing.text if wording.text is None else wording.text,
        language=writing.language,
        media=pictures,
        options=options_for(channel, wording.options),
    )
    found = [
        Problem(field=each.field, sentence=each.sentence, channel=channel.id)
        for each in rules.problems(draft, network, limits)
    ]
    return Review(
        channel=channel,
        draft=draft,
        limits=limits,
        length=rules.length(draft.text, network, draft.options, limits),
        problems=(*found, *_of_comment(writing, draft, channel)),
    )


def _of_comment(writing: Writing, draft: Draft, channel: Channel) -> list[Problem]:
    if not writing.first_comment:
        return []
    comment = Draft(key=draft.key, text=writing.first_comment, language=draft.language, options=draft.options)
    found = rules.problems(comment, platform(channel.platform), channels.limits_of(channel))
    return [Problem(field="first_comment", sentence=each.sentence, channel=channel.id) for each in found]


def options_for(channel: Channel, given: Mapping[str, str]) -> dict[str, str]:
    """The options that this channel's network has, with their defaults; others are dropped."""
    options = platform(channel.platform).options
    return {option.name: given.get(option.name, "") or option.default for option in options}
