"""Rows of pictures; the files lie in Django's default storage."""

from django.db import models

from hawker.core.people.models import User
from hawker.core.rows import Owned


class MediaFile(Owned):
    """A clean picture and its small copy. `name` is what its owner called it."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.CharField(max_length=300)
    thumbnail = models.CharField(max_length=300)
    added_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
