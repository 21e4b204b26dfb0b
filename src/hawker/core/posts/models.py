"""Rows of posts, their pictures and the wording for each channel."""

from django.db import models

from hawker.core.channels.models import Channel
from hawker.core.contacts.models import ContactList
from hawker.core.media.models import MediaFile
from hawker.core.people.models import User
from hawker.core.rows import Owned


class Post(Owned):
    """`planned_at` (UTC) is when its author wants it out; None for a draft without a time. `thread` holds the
    texts of the posts that go on from it, from part 2 on."""

    text = models.TextField(blank=True)
    thread = models.JSONField(default=list)
    first_comment = models.TextField(blank=True)
    language = models.CharField(max_length=20)
    planned_at = models.DateTimeField(null=True)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-created_at"], name="posts_by_age")]


class Attachment(Owned):
    """`part`: of which part of the post (values.POST, values.THREAD …)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    media = models.ForeignKey(MediaFile, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField()
    alt = models.TextField(blank=True)

    class Meta:
        ordering = ["part", "place"]


class Variant(Owned):
    """A channel that the post goes to. `text` None means: the post's own. `audience`: whom it goes to, where
    the network delivers to people. It stays when the list is deleted: what was for some must never go to
    everybody."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(null=True)  # noqa: DJ001 - an empty text is not "the post's own"
    options = models.JSONField(default=dict)
    audience = models.ForeignKey(
        ContactList, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        ordering = ["channel__connected_at", "channel_id"]
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="one_variant")]


class Receipt(Owned):
    """Which post a request made, under the key that its client gave it: a repeated request makes no other.

    `fingerprint` tells a repetition from another request that took the same key by mistake.
    """

    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="one_receipt")]
