"""Writing posts down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.contacts import queries as contacts
from hawker.core.media import queries as media
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.posts import queries, rules
from hawker.core.posts.models import Attachment, Post, Receipt, Variant
from hawker.core.posts.values import POST, THREAD, Wording, Writing
from hawker.core.problems import Conflict, invalid


@transaction.atomic
def write(actor: Actor, writing: Writing, planned_at: datetime | None = None) -> Post:
    """A post with its pictures and channels. Raises Invalid for pictures or channels that are not here."""
    require(actor, Right.write_posts)
    post = Post(workspace_id=actor.workspace, author_id=actor.user)
    _fill(actor, post, writing, planned_at)
    note(actor, "wrote", "post", post.id)
    return post


@transaction.atomic
def rewrite(actor: Actor, post: Post, writing: Writing, planned_at: datetime | None = None) -> None:
    """Replaces what a post says. What has gone out already is not touched."""
    require(actor, Right.write_posts)
    post.attachments.all().delete()
    _fill(actor, post, writing, planned_at)
    note(actor, "rewrote", "post", post.id)


@transaction.atomic
def delete(actor: Actor, post: Post) -> None:
    require(actor, Right.write_posts)
    note(actor, "deleted", "post", post.id, text=post.text[:80])
    post.delete()


def _fill(actor: Actor, post: Post, writing: Writing, planned_at: datetime | None) -> None:
    post.text, post.language = writing.text, writing.language
    post.first_comment, post.planned_at = writing.first_comment, planned_at
    post.thread = [part.text for part in writing.thread]
    post.save()
    _attach(actor, post, writing)
    _address(actor, post, writing)


def _attach(actor: Actor, post: Post, writing: Writing) -> None:
    shown = {POST: writing.pictures}
    shown |= {number: part.pictures for number, part in enumerate(writing.thread, THREAD)}
    wanted = {each.media for pictures in shown.values() for each in pictures}
    if media.media(actor, wanted).count() < len(wanted):
        raise invalid("media", say("One of the pictures is not here any more. Add it again."))
    Attachment.objects.bulk_create(
        Attachment(
            workspace_id=actor.workspace, post=post, media_id=each.media, part=part, place=place, alt=each.alt
        )
        for part, pictures in shown.items()
        for place, each in enumerate(pictures)
    )


def _address(actor: Actor, post: Post, writing: Writing) -> None:
    known = {channel.id: channel for channel in channels.channels(actor)}
    if any(each.channel not in known for each in writing.wordings):
        raise invalid("channels", say("One of the channels is not here any more. Choose again."))
    _check_lists(actor, writing)
    chosen = [each.channel for each in writing.wordings]
    post.variants.exclude(channel_id__in=chosen).delete()
    for each in writing.wordings:
        Variant.objects.update_or_create(
            post=post,
            channel_id=each.channel,
            defaults={
                "workspace_id": actor.workspace,
                "text": each.text,
                "options": queries.options_for(known[each.channel], each.options),
                "audience_id": _list_for(known[each.channel], each),
            },
        )


def _list_for(channel: Channel, wording: Wording) -> UUID | None:
    network = platform(channel.platform)
    return None if network.audience is Audience.none else wording.audience


def _check_lists(actor: Actor, writing: Writing) -> None:
    """Raises Invalid for a list that is not here."""
    wanted = {each.audience for each in writing.wordings if each.audience}
    if wanted and contacts.lists(actor).filter(id__in=wanted).count() < len(wanted):
        raise invalid("audience", say("This list is not here any more. Choose another one."))


def plan(post_id: UUID, at: datetime | None) -> None:
    """Keeps when the post is to go out; publishing decides what that does."""
    Post.objects.filter(id=post_id).update(planned_at=at)


def receipt(actor: Actor, key: str, fingerprint: str) -> Receipt:
    """The receipt under this key; one without a post is for the caller to fill, in the same transaction.

    Raises Conflict where the key stands for another request, or its post is gone. A second caller with the
    same key waits at the unique index until the first one's transaction ends.
    """
    now = timezone.now()
    Receipt.objects.filter(workspace_id=actor.workspace, made_at__lt=now - rules.RECEIPT_LASTS).delete()
    found, made = Receipt.objects.get_or_create(
        workspace_id=actor.workspace, key=key, defaults={"fingerprint": fingerprint, "made_at": now}
    )
    if found.fingerprint != fingerprint:
        raise Conflict(say("This Idempotency-Key was used for another post. Take another key."))
    if not made and found.post_id is None:
        raise Conflict(say("The post that this request made has been deleted."))
    return found


def fill(receipt: Receipt, post: Post) -> None:
    """Ties a fresh receipt to the post that its request made."""
    receipt.post = post
    receipt.save(update_fields=["post"])
