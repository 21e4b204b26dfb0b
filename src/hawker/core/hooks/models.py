"""Rows of what networks have told."""

from django.db import models

from hawker.core.hooks.rules import State
from hawker.core.rows import Row

STATES = [(state.value, state.value) for state in State]


class Hook(Row):
    """One call of a network, byte by byte. It belongs to no workspace: whom it concerns is known once it is
    read. `digest` is made of platform and body, for networks repeat a call in the same bytes. `look_at`: when
    a worker should read it; None: not by itself.
    """

    platform = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=STATES, default=State.waiting)
    look_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["look_at"], name="hooks_due", condition=models.Q(look_at__isnull=False)),
            models.Index(fields=["received_at"], name="hooks_by_age"),
        ]
