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
