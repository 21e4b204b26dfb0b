"""What tests of posts that their owner posts herself do again and again."""

from datetime import datetime

from django.utils import timezone

from hawker.connect.registry import platforms
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions, claims, ledger
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Handed
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.pictures import drawn, jpeg

TEXT = "Fresh bao"
COMMENT = "Until eight."
URL = "https://network.example/explore/1"


# To which nobody but an owner may post.
BY_HAND = [name for name, each in platforms().items() if each.by_hand]


def connect(
    alice: Somebody, every_network: Sandbox, handle: str = "teashop", name: str = BY_HAND[0]
) -> Channel:
    way, fields = every_network.networks[name].pretend.account(handle)
    return channels.connect(alice.actor, name, way, fields)


def picture(alice: Somebody, width: int = 640, height: int = 480) -> Picture:
    return Picture(media=media.add(alice.actor, "bao.jpg", jpeg(width, height)).id, alt="A basket of bao")


def foreign_picture(alice: Somebody) -> Picture:
    """Of a type that no such network takes as it is."""
    return Picture(media=media.add(alice.actor, "bao.webp", drawn("WEBP")).id, alt="A basket of bao")


def lines(channel: Channel) -> dict[str, str]:
    """What the network's own fields are filled with, where its posts have such."""
    return {option.name: "Bao" for option in platforms()[channel.platform].options if not option.choices}


def writing(channel: Channel, *pictures: Picture, text: str = TEXT, comment: str = "") -> Writing:
    return Writing(
        text=text,
        language="en",
        first_comment=comment,
        pictures=pictures,
        wordings=(Wording(channel=channel.id, options=lines(channel)),),
    )


def write(
    alice: Somebody, channel: Channel, *, at: datetime | None = None, text: str = TEXT, comment: str = ""
) -> Post:
    return actions.compose(alice.actor, writing(channel, picture(alice), text=text, comment=comment), at)


def hand_over(at: datetime | None = None) -> int:
    """All that is due is made ready and handed to its owner, as a worker does it."""
    now = at or timezone.now()
    results = [ledger.result(claim, Handed(), now) for claim in claims.claim(now, limit=100)]
    return len(ledger.commit(results=results, now=now))


def leader(post: Post) -> Delivery:
    return Delivery.objects.select_related("channel", "post").get(post=post, part=0)


def states(post: Post) -> list[str]:
    return list(Delivery.objects.filter(post=post).order_by("part").values_list("state", flat=True))
