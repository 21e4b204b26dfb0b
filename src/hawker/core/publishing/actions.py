"""What people do with deliveries. Every command is one conditional write: whoever comes first, wins."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hawker.connect.errors import SignInAgain
from hawker.connect.registry import platform
from hawker.connect.text import Sentence, say
from hawker.core.bridge import ask
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.posts import actions as posts
from hawker.core.posts import queries as post_queries
from hawker.core.posts.models import Post
from hawker.core.posts.values import Writing
from hawker.core.problems import Conflict, Invalid, NotFound, invalid
from hawker.core.publishing import chains, commands, handing, messages, queries, rules, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Command, State

GONE_ON = say("This post is on its way already, so it cannot be changed. Look at its page.")
ADDRESS_LENGTH = 1000
TOO_LATE = say("It is too late to cancel: the post has gone out, or is going out now.")
PASSED = say("This time has passed. Choose a later one.")
SCHEDULED = say("This post is scheduled already.")


@transaction.atomic
def compose(
    actor: Actor, writing: Writing, at: datetime | None = None, *, draft: bool = False, key: str = ""
) -> Post:
    """Writes a post down and, unless it stays a draft, sends it out at `at` (UTC) or now: all or nothing.

    With a `key`, the same call makes one post only, however often it comes within a day. Raises Invalid
    with all that the networks will refuse, Conflict for a key that stands for another call.
    """
    require(actor, Right.write_posts)
    receipt = posts.receipt(actor, key, _fingerprint(writing, at, draft)) if key else None
    if receipt and receipt.post_id:
        return queries.post(actor, receipt.post_id)
    post = posts.write(actor, writing, at)
    if receipt:
        posts.fill(receipt, post)
    return queries.post(actor, post.id) if draft else schedule(actor, post.id, at)


def _fingerprint(writing: Writing, at: datetime | None, draft: bool) -> str:
    return hashlib.sha256(repr((writing, at, draft)).encode()).hexdigest()


@transaction.atomic
def schedule(actor: Actor, post_id: UUID, at: datetime | None = None) -> Post:
    """Sends a draft out at `at` (UTC), or now. Raises Invalid with all that its networks will refuse."""
    post = _draft(actor, post_id)
    due_at = _plan(post, at)
    chains.deliver(post, post.variants.all(), due_at)
    note(actor, "scheduled", "post", post.id, at=due_at.isoformat())
    return queries.post(actor, post_id)


@transaction.atomic
def schedule_each(actor: Actor, post_id: UUID, times: Mapping[UUID, datetime]) -> Post:
    """As `schedule`, each channel of the draft at a time of its own (UTC)."""
    post = _draft(actor, post_id)
    first = _plan(post, min(times.values(), default=None))
    for variant in post.variants.all():
        chains.deliver(post, [variant], times[variant.channel_id])
    note(actor, "scheduled", "post", post.id, at=first.isoformat())
    return queries.post(actor, post_id)


@transaction.atomic
def rewrite(actor: Actor, post_id: UUID, writing: Writing, at: datetime | None = None) -> Post:
    """Replaces a post's words, pictures, channels and time; what is published stays as it went out.

    Raises Conflict while a delivery is in hand, Invalid for what the networks will refuse.
    """
    require(actor, Right.write_posts)
    if at is not None and at <= timezone.now():
        raise invalid("at", PASSED)
    post = _locked(actor, post_id)
    states = queries.states_of(post)
    if not rules.may_rewrite(states):
        raise Conflict(GONE_ON)
    posts.rewrite(actor, post, writing, at or post.planned_at)
    if states:
        require(actor, Right.publish_posts)
        check(actor, writing)
        chains.rewrite(post, at)
    return queries.post(actor, post_id)


@transaction.atomic
def move(actor: Actor, post_id: UUID, at: datetime) -> Post:
    """Gives what has not gone out another time (UTC). Raises Conflict where nothing can be moved."""
    require(actor, Right.publish_posts)
    post = _locked(actor, post_id)
    if at <= timezone.now():
        raise invalid("at", PASSED)
    if not _command_all(post, Command.move, at=at):
        raise Conflict(say("There is nothing left to move: the post has gone out."))
    chains.link(post)
    posts.plan(post.id, at)
    note(actor, "moved", "post", post.id, at=at.isoformat())
    return queries.post(actor, post_id)


@transaction.atomic
def hold(actor: Actor, post_id: UUID) -> Post:
    """Keeps a post back until somebody resumes it."""
    require(actor, Right.publish_posts)
    post = _locked(actor, post_id)
    if not _command_all(post, Command.hold):
        raise Conflict(say("There is nothing left to hold: the post has gone out."))
    note(actor, "held", "post", post.id)
    return queries.post(actor, post_id)


@transaction.atomic
def resume(actor: Actor, post_id: UUID) -> Post:
    """Lets a held post go on: at its time, or now where that has passed."""
    require(actor, Right.publish_posts)
    post = _locked(actor, post_id)
    if not _command_all(post, Command.resume):
        raise Conflict(say("This post is not on hold."))
    chains.link(post)
    note(actor, "resumed", "post", post.id)
    return queries.post(actor, post_id)


@transaction.atomic
def cancel(actor: Actor, post_id: UUID) -> Post:
    """Stops what has not been sent. Raises Conflict where it is too late."""
    require(actor, Right.publish_posts)
    post = _locked(actor, post_id)
    if not _command_all(post, Command.cancel):
        raise Conflict(TOO_LATE)
    note(actor, "cancelled", "post", post.id)
    return queries.post(actor, post_id)


@transaction.atomic
def cancel_delivery(actor: Actor, delivery_id: UUID) -> Delivery:
    """Spares one channel a post that has not been sent, with what follows it there. Raises Conflict."""
    require(actor, Right.publish_posts)
    row = queries.delivery(actor, delivery_id)
    there = Delivery.objects.filter(post=row.post_id, channel=row.channel_id)
    list(there.select_for_update())
    if not _command(there.filter(id=row.id), Command.cancel):
        raise Conflict(TOO_LATE)
    _command(there.filter(part__gt=row.part), Command.cancel)
    note(actor, "cancelled", "delivery", row.id, handle=row.channel.handle)
    return queries.delivery(actor, delivery_id)


@transaction.atomic
def retry(actor: Actor, delivery_id: UUID) -> Delivery:
    """Sends what failed, came too late or was cancelled, now; what follows something, once that is there."""
    require(actor, Right.publish_posts)
    row = queries.delivery(actor, delivery_id)
    if not chains.may_follow(row.follows):
        raise Conflict(_behind(row.follows))
    check(actor, post_queries.writing_of(row.post), only=row.channel_id)
    messages.renew(Delivery.objects.filter(id=row.id))
    if not _command([row], Command.retry):
        raise Conflict(say("This cannot be tried again as it is now. Look at the post's page."))
    chains.link(row.post)
    note(actor, "retried", "delivery", row.id)
    return queries.delivery(actor, delivery_id)


def _behind(leader: Delivery | None) -> Sentence:
    if leader and leader.state == State.published:
        return upkeep.NOWHERE.sentence
    return say("What this follows is not on the network. Publish that first.")


@transaction.atomic
def settle(actor: Actor, delivery_id: UUID, *, there: bool, url: str = "") -> Delivery:
    """Its owner says of an unknown post, of which she was asked, whether it is on the network.

    If it is not, it is sent again now. `url` is where she found it, or empty. What would follow a post whose
    id at the network Hawker does not know fails, and says why. Raises Invalid for what is no address,
    Conflict where the question is answered by now.
    """
    require(actor, Right.publish_posts)
    _check_address(url)
    row = queries.delivery(actor, delivery_id)
    if not _command([row], Command.settle, there=there, url=url):
        raise Conflict(say("Hawker knows by now what became of this post. Look at its page."))
    chains.link(row.post)
    note(actor, "settled", "delivery", row.id, there="yes" if there else "no")
    return queries.delivery(actor, delivery_id)


@transaction.atomic
def done(actor: Actor, delivery_id: UUID, *, url: str = "") -> Delivery:
    """Its owner says that she has posted what she was handed, with all that follows it there; `url` is where,
    or empty. Raises Invalid for what is no address, Conflict where it does not wait for her any more."""
    require(actor, Right.publish_posts)
    _check_address(url)
    row = queries.delivery(actor, delivery_id)
    if not _command([row], Command.done, url=url):
        raise Conflict(say("This does not wait for you any more. Look at the post's page."))
    handing.close(row, url)
    note(actor, "posted", "delivery", row.id, handle=row.channel.handle)
    return queries.delivery(actor, delivery_id)


@transaction.atomic
def retry_messages(actor: Actor, post_id: UUID, channel_id: UUID) -> Post:
    """Sends what failed or came too late on one channel, now; where nothing did, what was cancelled."""
    post, found = _messages(actor, post_id, channel_id)
    check(actor, post_queries.writing_of(post), only=channel_id)
    again = found.filter(state__in=[State.failed, State.late])
    messages.renew(found)
    if not messages.command(again if again.exists() else found, Command.retry):
        raise Conflict(say("This cannot be tried again as it is now. Look at the post's page."))
    note(actor, "retried", "post", post_id)
    return queries.post(actor, post_id)


@transaction.atomic
def cancel_messages(actor: Actor, post_id: UUID, channel_id: UUID) -> Post:
    """Stops what has not been sent on one channel. Raises Conflict where it is too late."""
    _, found = _messages(actor, post_id, channel_id)
    if not messages.command(found, Command.cancel):
        raise Conflict(TOO_LATE)
    note(actor, "cancelled", "post", post_id)
    return queries.post(actor, post_id)


@transaction.atomic
def settle_messages(actor: Actor, post_id: UUID, channel_id: UUID, *, there: bool) -> Post:
    """Its owner says of the messages on one channel of which she was asked, whether they arrived.

    Those that did not are sent again now. Raises Conflict where the question is answered by now.
    """
    _, found = _messages(actor, post_id, channel_id)
    if not messages.command(found.filter(queries.asked()), Command.settle, there=there):
        raise Conflict(say("Hawker knows by now what became of this post. Look at its page."))
    note(actor, "settled", "post", post_id, there="yes" if there else "no")
    return queries.post(actor, post_id)


def _messages(actor: Actor, post_id: UUID, channel_id: UUID) -> tuple[Post, QuerySet[Delivery]]:
    """Raises NotFound where none went, or go, through this channel."""
    require(actor, Right.publish_posts)
    post = _locked(actor, post_id)
    found = messages.of_post(post.id, channel_id)
    if not found.exists():
        raise NotFound
    return post, found


def take_down(actor: Actor, delivery_id: UUID) -> Delivery:
    """Takes a published post off its network, and before it what follows it there.

    Raises NetworkError where the network does not let it: what is off by then stays off.
    """
    require(actor, Right.publish_posts)
    row = queries.delivery(actor, delivery_id)
    if not rules.may(Command.take_down, State(row.state)):
        raise Conflict(say("This is not published."))
    if not row.remote_id:
        raise Conflict(say("Hawker does not know where this post is. Delete it at the network itself."))
    with transaction.atomic():
        behind = chains.stop_behind(row)
    for each in (*behind, row):
        _take_off(actor, row.channel, each)
    return queries.delivery(actor, delivery_id)


def _take_off(actor: Actor, channel: Channel, row: Delivery) -> None:
    account = channels.usable(channel)
    publishes = platform(channel.platform).publishes
    try:
        ask(lambda http: publishes.delete(http, account, queries.published_of(row)))
    except SignInAgain:
        channels.mark_signed_out(channel.id)
        raise
    with transaction.atomic():
        _command([row], Command.take_down)
        chains.link(row.post)
        note(actor, "took down", "delivery", row.id, url=row.url)


@transaction.atomic
def delete(actor: Actor, post_id: UUID) -> None:
    """Deletes a post of which nothing is, or may be, on a network. Raises Conflict."""
    require(actor, Right.write_posts)
    post = _locked(actor, post_id)
    if not rules.may_delete(queries.every_state(post)):
        raise Conflict(say("Parts of this post are published. Take them off the networks first."))
    posts.delete(actor, post)


def _draft(actor: Actor, post_id: UUID) -> Post:
    """A post that may be sent out. Raises Conflict for one that is scheduled, Invalid for what is refused."""
    require(actor, Right.publish_posts)
    post = queries.post(actor, post_id)
    if queries.is_planned(post):
        raise Conflict(SCHEDULED)
    check(actor, post_queries.writing_of(post))
    return post


def check(actor: Actor, writing: Writing, only: UUID | None = None) -> None:
    """Raises Invalid with all that the networks will refuse."""
    if not writing.wordings:
        raise invalid("channels", say("Choose at least one channel."))
    reviews = post_queries.reviews(actor, writing)
    found = [problem for review in reviews for problem in review.problems]
    found = [problem for problem in found if only in (None, problem.channel)]
    if found:
        raise Invalid(found)


def _check_address(url: str) -> None:
    if url and not (len(url) <= ADDRESS_LENGTH and _is_web_page(url)):
        raise invalid("url", say("This is not the address of a web page. One begins with https://."))


def _is_web_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and url.split() == [url]


def _plan(post: Post, at: datetime | None) -> datetime:
    now = timezone.now()
    if at is not None and at < now:
        raise invalid("at", PASSED)
    posts.plan(post.id, at or now)
    return at or now


def _locked(actor: Actor, post_id: UUID) -> Post:
    """The post, its deliveries locked against the worker until the end of the transaction."""
    post = queries.post(actor, post_id)
    list(Delivery.objects.select_for_update().filter(post=post).order_by("id").values_list("id", flat=True))
    return queries.post(actor, post_id)


def _command_all(post: Post, command: Command, *, at: datetime | None = None) -> int:
    """Of a post whose deliveries are locked, single ones and messages alike."""
    changed = _command(post.deliveries.all(), command, at=at)
    if queries.is_crowd(post):
        changed += messages.command(messages.of_post(post.id), command, at=at)
    return changed


def _command(
    rows: Iterable[Delivery],
    command: Command,
    *,
    at: datetime | None = None,
    there: bool = False,
    url: str = "",
) -> int:
    """Gives how many allowed it. One that a worker or somebody else has changed meanwhile is left alone."""
    now, changed = timezone.now(), 0
    for row in rows:
        then = commands.commanded(queries.snapshot(row), command, now, at=at, there=there, url=url)
        if then is not None:
            changed += _unchanged(row).update(**columns(then, now))
    return changed


def _unchanged(row: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        id=row.id, state=row.state, look_at=row.look_at, lease_token=row.lease_token
    )
