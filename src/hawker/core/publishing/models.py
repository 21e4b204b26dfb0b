"""Rows of the ledger, and the heartbeat of those who work on it."""

from django.db import models

from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.publishing.states import State
from hawker.core.rows import Owned, Row

STATES = [(state.value, state.value) for state in State]
# What somebody must be told of and was not. Reads that use its index filter by exactly this.
UNTOLD = (
    models.Q(state__in=[State.failed, State.late])
    | models.Q(state=State.unknown, look_at__isnull=True, lease_token__isnull=True)
) & (models.Q(told_for__isnull=True) | ~models.Q(told_for=models.F("due_at")))


class Delivery(Owned):
    """One post on one channel; the truth about it. Instants in UTC.

    `part`: 0 the post, 1 its first comment, which `follows` the post's delivery. `look_at`: when a worker
    should take it in hand; None: not by itself. `key` stays the same as long as the words do. `steps` holds
    what preparation has finished. `lease_token` fences: who lost it may write nothing more. `told_for`: the
    `due_at` for which somebody was told that it needs her.
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    follows = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="followers")
    state = models.CharField(max_length=16, choices=STATES, default=State.scheduled)
    due_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=64, blank=True)
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
        ]
        constraints = [models.UniqueConstraint(fields=["post", "channel", "part"], name="one_delivery")]


class Heartbeat(Row):
    """A worker that is alive says so here."""

    worker = models.CharField(max_length=120, unique=True)
    beat_at = models.DateTimeField()
