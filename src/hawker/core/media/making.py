"""What is being made right just now."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from hawker.connect.shapes import Shape
from hawker.connect.values import Media
from hawker.core.media import renditions, rules
from hawker.core.media.models import Rendition

# A medium, and the sum of what is to be made of it.
Key = tuple[UUID, str]


def key_of(medium: Media, shape: Shape | None) -> Key | None:
    """None where nothing is to be made."""
    recipe = rules.decide(medium, shape).recipe
    return (UUID(medium.id), renditions.sum_of(recipe)) if recipe else None


def under_way() -> QuerySet[Rendition]:
    """What somebody is at; videos, which take long, before pictures."""
    held = Rendition.objects.filter(held_until__gt=timezone.now(), file="")
    return held.order_by("-media__seconds", "id")
