"""Instants as people read them, in the business's time zone."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext

from hawker.web.people.forms import LIMITS
from hawker.web.posts import words

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    return words.moment(at)


@register.filter
def ago(at: datetime) -> str:
    """How long ago, in the largest unit that fits; below a minute "just now"."""
    if timezone.now() - at < timedelta(minutes=1):
        return gettext("just now")
    return gettext("%(time)s ago") % {"time": timesince(at, depth=1)}


@register.filter
def limit(lateness: timedelta) -> str:
    """A business's limit of lateness."""
    return str(LIMITS[lateness])


@register.filter
def short_moment(at: datetime) -> str:
    return words.short_moment(at)
