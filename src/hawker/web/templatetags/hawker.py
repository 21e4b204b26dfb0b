"""What templates need beside Django's own: sentences, network icons."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.core.speech import speak

register = template.Library()


@register.filter
def spoken(sentence: Sentence) -> str:
    return speak(sentence)


@register.simple_tag
def network_icon(name: str) -> SafeString:
    """The network's own icon; the file is part of its folder, not of anybody's input."""
    return mark_safe(platform(name).icon)  # noqa: S308


@register.filter
def network_title(name: str) -> str:
    return platform(name).title
