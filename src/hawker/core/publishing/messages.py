"""A post that goes as a message to each person of a list: one delivery a person, and thousands of them.

Each keeps the ledger's promise by itself. What people ask is asked of all of them at once: rows that are in
the same state and due at the same time become the same.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hawker.connect.hooks import Stage
from hawker.connect.platform import Audience
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.core.contacts import queries as contacts
from hawker.core.contacts.marks import mark
from hawker.core.posts.models import Post, Variant
from hawker.core.posts.values import POST
from hawker.core.problems import invalid
from hawker.core.publishing import commands
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import OF_MESSAGES, Delivery, shard_of
from hawker.core.publishing.states import Command, Snapshot, State
from hawker.core.rows import Change, change_each, row_id

BATCH = 1000
GONE = (State.published, State.removed)
TWICE = say(
    "This has gone out on a channel already: to a list, or to everybody. Some would get it twice if that"
    " changed now. Write another post."
)


def is_for_people(variant: Variant) -> bool:
    return platform(variant.channel.platform).audience.by_name(variant.audience_id)


def of_post(post_id: UUID, channel_id: UUID | None = None) -> QuerySet[Delivery]:
    found = Delivery.objects.filter(OF_MESSAGES, post=post_id).order_by()
    return found.filter(channel=channel_id) if channel_id else found


def deliver(post: Post, variant: Variant, due_at: datetime) -> None:
    """One delivery for each person of its list, as the list stands now, who agrees to be written to."""
    _lay(post, variant, _people(variant), due_at)


def rewrite(post: Post, at: datetime | None) -> None:
    """Brings the messages of a rewritten post in line with it, as `chains.rewrite` does: who is on the list
    no more gets none, who was added gets one."""
    variants = {each.channel_id: each for each in _variants(post)}
    unsent = of_post(post.id).exclude(state__in=GONE)
    unsent.exclude(channel__in=variants).delete()
    for variant in variants.values():
        _rewrite(post, variant, at)


def demand_same_way(post: Post) -> None:
    """Raises Invalid where a post has gone out to everybody and is now for a list, or the other way about:
    some would get it twice."""
    out = Delivery.objects.filter(post=post, state=State.published).order_by()
    for variant in Variant.objects.filter(post=post).select_related("channel"):
        otherwise = out.filter(channel=variant.channel_id, recipient__isnull=is_for_people(variant))
        if platform(variant.channel.platform).audience is Audience.optional and otherwise.exists():
            raise invalid("audience", TWICE)


def command(
    found: QuerySet[Delivery], asked: Command, *, at: datetime | None = None, there: bool = False
) -> int:
    """Gives how many allowed it. For `settle` `found` holds those of which somebody is asked."""
    now, changed = timezone.now(), 0
    for state, due_at in list(found.values_list("state", "due_at").distinct()):
        seen = Snapshot(state=State(state), due_at=due_at)
        then = commands.commanded(seen, asked, now, at=at, there=there)
        if then is not None:
            changed += found.filter(state=state, due_at=due_at).update(**columns(then, now))
    return changed


def renew(found: QuerySet[Delivery]) -> None:
    """Another key for what came back: whatever the network still tells of the message that it had is not
    about the one that is sent now."""
    back = found.filter(state=State.failed, stage=Stage.failed)
    values = {"steps": {}, "remote_id": ""}
    ids = back.values_list("id", flat=True)
    change_each(Delivery, [Change({"id": each}, {"key": row_id(), **values}) for each in ids])


def _variants(post: Post) -> Iterator[Variant]:
    rows = Variant.objects.filter(post=post).select_related("channel")
    return (row for row in rows if is_for_people(row))


def _people(variant: Variant) -> dict[str, UUID]:
    """The ids of contacts by what stands for their addresses."""
    if variant.audience_id is None:
        return {}
    network = variant.channel.platform
    found = contacts.audience(variant.audience_id, network).filter(contacts.GIVEN)
    rows = found.values_list("id", "address")
    return {mark(variant.workspace_id, network, address): contact for contact, address in rows}


def _lay(post: Post, variant: Variant, people: Mapping[str, UUID], due_at: datetime) -> None:
    shard = shard_of(variant.channel_id)
    Delivery.objects.bulk_create(
        (
            Delivery(
                workspace_id=post.workspace_id,
                post=post,
                channel_id=variant.channel_id,
                part=POST,
                shard=shard,
                due_at=due_at,
                look_at=due_at,
                key=row_id(),
                contact_id=contact,
                recipient=recipient,
            )
            for recipient, contact in people.items()
        ),
        batch_size=BATCH,
    )


def _rewrite(post: Post, variant: Variant, at: datetime | None) -> None:
    mine = of_post(post.id, variant.channel_id)
    there = {recipient: State(state) for recipient, state in mine.values_list("recipient", "state")}
    if there and set(there.values()) <= set(GONE):
        return
    people = _people(variant)
    unsent = mine.exclude(state__in=GONE)
    unsent.exclude(contact__in=people.values()).delete()
    fresh = [
        Change({"id": each}, {"key": row_id(), "steps": {}}) for each in unsent.values_list("id", flat=True)
    ]
    change_each(Delivery, fresh)
    if at is not None:
        all_cancelled = not unsent.exclude(state=State.cancelled).exists()
        command(unsent if all_cancelled else unsent.exclude(state=State.cancelled), Command.rewrite, at=at)
    now = timezone.now()
    missing = {recipient: contact for recipient, contact in people.items() if recipient not in there}
    _lay(post, variant, missing, at or max(post.planned_at or now, now))
