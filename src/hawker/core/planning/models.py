"""Rows of slots, and of posts that come back."""

from django.db import models

from hawker.core.channels.models import Channel
from hawker.core.people.models import User
from hawker.core.planning.rules import Kind
from hawker.core.posts.models import Post
from hawker.core.rows import Owned


class Slot(Owned):
    """A weekly time at which a channel takes a post from the queue: wall-clock time of the business.

    `weekday` counts from Monday, 0.
    """

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    wall = models.TimeField()

    class Meta:
        ordering = ["weekday", "wall"]
        constraints = [models.UniqueConstraint(fields=["channel", "weekday", "wall"], name="one_slot")]


class Recurrence(Owned):
    """A post that comes back. `writing` is what it says (writings.py); the rest says when (rules.Rhythm).

    `planned_until`: up to when its posts are made; None: some could not be, and `error` says why.
    """

    writing = models.JSONField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    weekdays = models.JSONField(default=list)
    day = models.PositiveSmallIntegerField(default=1)
    wall = models.TimeField()
    start = models.DateField()
    until = models.DateField(null=True)
    count = models.PositiveIntegerField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    planned_until = models.DateTimeField(null=True)
    error = models.JSONField(null=True)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["planned_until"], name="repeats_to_plan")]


class Occurrence(Owned):
    """A day for which a recurrence has made its post; it makes no other, also where that one is deleted."""

    recurrence = models.ForeignKey(Recurrence, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField()
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["recurrence", "day"], name="one_occurrence")]
