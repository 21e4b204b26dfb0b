"""Rows of the ledger, and the heartbeat of those who work on it."""

from uuid import UUID

from django.db import models

from hawker.connect.hooks import Stage
from hawker.core.channels.models import Channel
from hawker.core.contacts.models import Contact
from hawker.core.posts.models import Post
from hawker.core.publishing.rules import ASK_AT
from hawker.core.publishing.states import State
from hawker.core.rows import Owned, Row

SHARDS = 64
OPEN = models.Q(ended_at=None)
OF_MESSAGES = models.Q(recipient__isnull=False)
STAGES = [(stage.value, stage.value) for stage in Stage]
STATES = [(state.value, state.value) for state in State]
# What somebody must be told of and was not. Reads that use its index filter by exactly this.
UNTOLD = (
    models.Q(state__in=[State.failed, State.late, State.handed])
    | models.Q(state=State.unknown, look_at__isnull=True, lease_token__isnull=True)
    | models.Q(state=State.unknown, tries__gte=ASK_AT, lease_token__isnull=True)
) & (models.Q(told_for__isnull=True) | ~models.Q(told_for=models.F("due_at")))


class Delivery(Owned):
    """One post on one channel, or to one person through it; the truth about it. Instants in UTC.

    `recipient` is None for a post that everybody sees; else it stands for the address of the person whom this
    message is for (contacts.marks), and stays when her `contact` is forgotten. `stage`: how far the network
    says that the message got.

    `part`: 0 the post, 1 its first comment, 2 … the further posts of its thread; each `follows` the one that
    must be out before it (chains.py). `shard` is made of the channel's id, so that many workers can share the
    channels. `look_at`: as in `states.Snapshot`. `sent_text`: what went out, or may have. `key` stays the
    same as long as the words do. `steps` holds what preparation has finished. `lease_token` fences: who lost
    it may write nothing more. `told_for`: the `due_at` for which somebody was told that it needs her.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    shard = models.PositiveSmallIntegerField(default=0)
    part = models.PositiveSmallIntegerField(default=0)
    follows = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="followers")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    recipient = models.CharField(max_length=64, null=True)  # noqa: DJ001 - None: it is for nobody by name
    state = models.CharField(max_length=16, choices=STATES, default=State.scheduled)
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    key = models.UUIDField()
    steps = models.JSONField(default=dict)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_text = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)
    remote_detail = models.JSONField(default=dict)
    url = models.CharField(max_length=1000, blank=True)
    error = models.JSONField(null=True)
    told_for = models.DateTimeField(null=True)
    stage = models.CharField(max_length=10, choices=STAGES, blank=True)
    stage_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["channel__connected_at", "channel_id", "part"]
        indexes = [
            models.Index(fields=["state", "look_at"], name="ledger_due"),
            models.Index(fields=["channel", "state"], name="ledger_channel"),
            # Without it SQLite looks for a post's deliveries among all that are in the same state.
            models.Index(fields=["post", "state"], name="ledger_post"),
            models.Index(fields=["workspace"], name="ledger_untold", condition=UNTOLD),
            models.Index(
                fields=["lease_until"], name="ledger_leases", condition=models.Q(lease_until__isnull=False)
            ),
            models.Index(
                fields=["post", "channel", "state", "stage"], name="ledger_messages", condition=OF_MESSAGES
            ),
            # What networks tell by themselves names a key, or an id.
            models.Index(fields=["key"], name="ledger_keys"),
            models.Index(fields=["remote_id"], name="ledger_ids", condition=OF_MESSAGES),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "channel", "part"],
                name="one_delivery",
                condition=models.Q(recipient__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["post", "channel", "part", "recipient"], name="one_message", condition=OF_MESSAGES
            ),
        ]


def shard_of(channel: UUID) -> int:
    """A version 7 id ends in random bits."""
    return channel.int % SHARDS


class Pause(Owned):
    """Publishing is on hold, for a whole business or for one channel, until it has ended."""

    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    by = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "channel"], name="pauses_open", condition=OPEN),
        ]
        # Two, for to a unique index no NULL equals another.
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"], name="one_pause", condition=OPEN & models.Q(channel=None)
            ),
            models.UniqueConstraint(fields=["channel"], name="one_pause_a_channel", condition=OPEN),
        ]


class Heartbeat(Row):
    """A worker that is alive says so here."""

    worker = models.CharField(max_length=120, unique=True)
    beat_at = models.DateTimeField()


class Lateness(Row):
    """How many posts of a network went out this late, since this installation began: `bucket` as in
    publishing.lateness. It belongs to no workspace, and tells nothing of any."""

    platform = models.CharField(max_length=40)
    bucket = models.PositiveSmallIntegerField()
    posts = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "bucket"], name="one_lateness")]
