"""Rows of channels, of Hawker's registrations at servers, of the owner's own apps, and of what networks still
allow."""

from django.db import models

from hawker.core.channels.rules import State
from hawker.core.rows import Owned, Row

NAME_LENGTH = 255
STATES = [(state.value, state.value) for state in State]


class Channel(Owned):
    """An account at a network. `secrets` is sealed; `limits` is what its server said it takes.

    `app` stands for the app whose budgets it shares with others (channels.budgets); None: it shares none.
    `signed_out_at`: since when its key is dead; `told_for`: the one of these that was told. `told_sunset`:
    the end of the network's API that was told last.
    """

    platform = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=255)
    handle = models.CharField(max_length=NAME_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    server = models.CharField(max_length=500)
    site = models.CharField(max_length=500)
    url = models.CharField(max_length=1000)
    app = models.UUIDField(null=True, db_index=True)
    secrets = models.TextField()
    limits = models.JSONField()
    state = models.CharField(max_length=16, choices=STATES, default=State.connected)
    expires_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField()
    refresh_lease = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()
    signed_out_at = models.DateTimeField(null=True)
    told_for = models.DateTimeField(null=True)
    told_sunset = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "checked_at"], name="channel_checks"),
            models.Index(
                fields=["signed_out_at"],
                name="channels_signed_out",
                condition=models.Q(signed_out_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "platform", "remote_id"], name="one_channel")
        ]

    def __str__(self) -> str:
        return self.name or self.handle


class Registration(Owned):
    """Hawker as an app at one server of a network, made when the first account there was connected."""

    platform = models.CharField(max_length=40)
    server = models.CharField(max_length=500)
    secrets = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "platform", "server"], name="one_registration")
        ]


class AppKeys(Row):
    """The keys of the owner's developer app at a network, for every business of this installation."""

    platform = models.CharField(max_length=40, unique=True)
    secrets = models.TextField()
    changed_at = models.DateTimeField()


class Left(Row):
    """What is left of one budget. `holder`: whose it is; `name`: the network's, of `connect.budgets`."""

    holder = models.UUIDField()
    platform = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    left = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    resets_at = models.DateTimeField()
    learnt_at = models.DateTimeField()

    class Meta:
        abstract = True


class ChannelBudget(Left, Owned):
    """`holder` is a channel."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="one_channel_budget")]


class AppBudget(Left):
    """`holder` is a `Channel.app`: the channels of several workspaces may come through one app, so this row
    belongs to none, and tells nothing of any."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "name"], name="one_app_budget")]
