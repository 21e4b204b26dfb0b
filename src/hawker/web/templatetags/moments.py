"""Instants as people read them, in the business's time zone."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.timesince import timesince
from django.utils.translation import gettext

from hawker.web.people.forms import LIMITS
from hawker.web.planning import rhythms
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


@register.simple_tag
def kinds() -> list[tuple[str, str]]:
    """How a post can come back."""
    return [(kind.value, str(label)) for kind, label in rhythms.KINDS.items()]


@register.simple_tag
def weekdays() -> list[tuple[str, str]]:
    """By their numbers from Monday, 0."""
    return [(str(number), str(name)) for number, name in WEEKDAYS_ABBR.items()]


@register.filter
def limit(lateness: timedelta) -> str:
    """A business's limit of lateness."""
    return str(LIMITS[lateness])


@register.filter
def short_moment(at: datetime) -> str:
    return words.short_moment(at)
