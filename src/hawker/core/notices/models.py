"""Rows of notices, of whom they reach in the app and by e-mail, and of what each person wants."""

from django.db import models

from hawker.core.channels.models import Channel
from hawker.core.notices.rules import Kind, LetterState
from hawker.core.people.models import User
from hawker.core.publishing.models import Delivery
from hawker.core.rows import Owned

KINDS = [(kind.value, kind.value) for kind in Kind]
STATES = [(state.value, state.value) for state in LetterState]


class Notice(Owned):
    """Something happened that somebody should know of; written once for each occurrence.

    `subject` is the id of the delivery, channel or business, or stands for a network in it. `occurrence`
    tells its first time from its second: a delivery's `due_at`, a channel's `signed_out_at` or the end of
    its key, the Monday of a week, the day on which an API ends. `detail`: the reason that the network gave,
    the figures of the week, or the edition that ends.
    """

    kind = models.CharField(max_length=12, choices=KINDS)
    subject = models.UUIDField()
    occurrence = models.DateTimeField()
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="+")
    detail = models.JSONField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="notices_by_age")]
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "occurrence"], name="told_once")]


class Copy(Owned):
    """A notice in the app of one person."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="copies")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["user", "workspace"],
                name="copies_unread",
                condition=models.Q(read_at__isnull=True),
            )
        ]
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="one_copy")]


class Letter(Owned):
    """A notice on its way to one person by e-mail; several go in one mail, whose `parcel` they share."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=LetterState.waiting)
    made_at = models.DateTimeField()
    send_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    parcel = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "send_at"], name="letters_due")]
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="one_letter")]


class Preference(Owned):
    """What a person wants to be told of in this business; without a row: everything, both ways."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    in_app = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user", "kind"], name="one_preference")]
