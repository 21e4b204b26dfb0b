"""What forms for files say of their limits."""

from django import template

from hawker.core.media import rules
from hawker.core.speech import speak

register = template.Library()


@register.simple_tag
def upload_limit() -> int:
    """In bytes, of one file."""
    return rules.VIDEO_BYTES


@register.simple_tag
def upload_too_large() -> str:
    return speak(rules.TOO_LARGE)
