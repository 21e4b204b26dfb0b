"""Rows of contacts, of what they agreed to, and of lists of them."""

from django.db import models

from hawker.core.channels.models import Channel
from hawker.core.contacts import rules
from hawker.core.contacts.rules import Source
from hawker.core.rows import Owned

CONSENTS = [(each.value, each.value) for each in rules.Consent]
SOURCES = [(each.value, each.value) for each in Source]


class Contact(Owned):
    """A person at a network. `consent` is what the latest of her consents says; what a network tells of an
    instant before `consent_at` is not news any more."""

    platform = models.CharField(max_length=40)
    address = models.CharField(max_length=rules.ADDRESS_LENGTH)
    name = models.CharField(max_length=rules.NAME_LENGTH, blank=True)
    consent = models.CharField(max_length=10, choices=CONSENTS, default=rules.Consent.unasked)
    consent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "address", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "platform", "address"], name="one_contact")
        ]

    def __str__(self) -> str:
        return self.name or self.address


class Consent(Owned):
    """Somebody agreed to be written to, or agrees no more (`given`). `at`: when she said so; `by`: who wrote
    it down, and `recorded_at` when. `words`: what she agreed to. Never changed once written."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    given = models.BooleanField()
    source = models.CharField(max_length=10, choices=SOURCES)
    words = models.CharField(max_length=rules.WORDS_LENGTH, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=rules.NAME_LENGTH)

    class Meta:
        ordering = ["-recorded_at", "-id"]


class ContactList(Owned):
    """Those whom a post goes to. Their networks may differ; a channel reaches those of its own. `channel`: it
    is the list of those who joined that."""

    name = models.CharField(max_length=120)
    channel = models.OneToOneField(Channel, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="one_list")]

    def __str__(self) -> str:
        return self.name


class Member(Owned):
    list = models.ForeignKey(ContactList, on_delete=models.CASCADE, related_name="members")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="places")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "contact"], name="one_member")]


class Talk(Owned):
    """When somebody last wrote to a channel: that opens the network's window for free words."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="talks")
    last_wrote_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "contact"], name="one_talk")]


class Farewell(Owned):
    """Somebody who wanted no more messages and whose address was then forgotten: only its mark is kept
    (`marks.mark`), so that no list brings her back."""

    mark = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "mark"], name="one_farewell")]
