"""Instants as people read them, in the business's time zone."""

from datetime import datetime

from django import template

from hawker.web.posts import words

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    return words.moment(at)


@register.filter
def short_moment(at: datetime) -> str:
    return words.short_moment(at)
