"""Rows of pictures and videos; the files lie in Django's default storage."""

from django.db import models

from hawker.core.people.models import User
from hawker.core.rows import Owned


class MediaFile(Owned):
    """A clean picture or video and its small copy. `name` is what its owner called it. Of videos: how long it
    lasts, its frames a second, and the codecs of its streams, picture before sound."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)
    rate = models.FloatField(default=0)
    codecs = models.JSONField(default=list)
    file = models.CharField(max_length=300)
    thumbnail = models.CharField(max_length=300)
    added_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


class Rendition(Owned):
    """A medium made right for a network. `recipe` is the sum of what was asked for. Without a `file` it is
    still to be made: by who holds `held_by` until `held_until` (UTC), `progress` per cent of it done."""

    media = models.ForeignKey(MediaFile, on_delete=models.CASCADE, related_name="renditions")
    recipe = models.CharField(max_length=64)
    file = models.CharField(max_length=300, blank=True)
    content_type = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    rate = models.FloatField(default=0)
    codecs = models.JSONField(default=list)
    progress = models.PositiveSmallIntegerField(default=0)
    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["media", "recipe"], name="one_rendition")]
