"""What tests of notices do again and again."""

from datetime import datetime, timedelta

from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.notices import queries
from hawker.core.notices.models import Letter
from hawker.core.notices.queries import Item
from hawker.core.notices.rules import Kind
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody

REASON = {"text": "The text is too long.", "params": {}, "code": "422", "field": "text"}
STANDING: dict[Kind, dict[str, object]] = {
    Kind.failed: {"state": State.failed, "look_at": None, "error": REASON},
    Kind.late: {"state": State.late, "look_at": None},
    Kind.asked: {"state": State.unknown, "look_at": None},
}


def write(alice: Somebody, shop: list[Channel], text: str = "Fresh oolong") -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    return publishing.compose(alice.actor, Writing(text=text, language="en", wordings=wordings))


def stand(post: Post, kind: Kind) -> None:
    Delivery.objects.filter(post=post).update(**STANDING[kind])


def seen(somebody: Somebody) -> list[Item]:
    return queries.notices(somebody.actor)


def unread(somebody: Somebody) -> int:
    (membership,) = queries.memberships(somebody.user)
    found: int = membership.unread  # type: ignore[attr-defined]
    return found


def letters_of(somebody: Somebody) -> list[str]:
    return list(Letter.objects.filter(user=somebody.user).order_by("id").values_list("state", flat=True))


def later(minutes: float = 2) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)
