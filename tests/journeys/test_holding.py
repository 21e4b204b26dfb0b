"""Publishing on hold, and going on: counted at the network, not in Hawker's tables."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions, pauses, pausing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.pictures import jpeg

TEXTS = ["first", "second", "third"]


def write(somebody: Somebody, channels: list[Channel], text: str, *pictures: Picture) -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in channels)
    writing = Writing(text=text, language="en", pictures=pictures, wordings=wordings)
    return actions.compose(somebody.actor, writing)


def shop_of(somebody: Somebody, sandbox: Sandbox) -> list[Channel]:
    connected = []
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("bikes")
        connected.append(channel_actions.connect(somebody.actor, name, way, fields))
    return connected


def texts_at(sandbox: Sandbox, account: str) -> list[list[str]]:
    pretends = [network.pretend for network in sandbox.networks.values()]
    return [[seen.text for seen in pretend.published(account)] for pretend in pretends]


def all_out(posts: list[Post]) -> bool:
    found = Delivery.objects.filter(post__in=posts).order_by().values_list("state", flat=True)
    return set(found) == {State.published}


def pass_time(posts: list[Post], how_long: timedelta) -> None:
    rows = Delivery.objects.filter(post__in=posts)
    rows.update(due_at=F("due_at") - how_long, look_at=F("look_at") - how_long)


def test_three_posts_wait_on_hold_and_go_out_in_their_order_afterwards(
    worker: Worker, alice: Somebody, charlie: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    pauses.hold_all(alice.actor, reason="A recall")
    posts = [write(alice, shop, text) for text in TEXTS]
    pass_time(posts, timedelta(minutes=30))
    elsewhere = write(charlie, shop_of(charlie, sandbox), "bikes")
    worker.start()
    # What was due later, in a business that is not on hold, is out: the worker has been at work.
    worker.until(lambda: all_out([elsewhere]))
    assert texts_at(sandbox, "teashop") == [[]] * len(shop)
    now = timezone.now()
    pauses.resume_all(alice.actor)
    spread = Delivery.objects.filter(channel=shop[0], post__in=posts).order_by("due_at")
    times = [row.due_at for row in spread]
    assert times[0] >= now + pausing.FIRST_AFTER
    assert [later - times[0] for later in times] == [pausing.APART * turn for turn in range(3)]
    assert texts_at(sandbox, "teashop") == [[]] * len(shop)
    pass_time(posts, timedelta(minutes=20))
    worker.until(lambda: all_out(posts))
    assert texts_at(sandbox, "teashop") == [TEXTS] * len(shop)


def test_a_post_whose_pictures_are_on_their_way_is_handed_back_and_not_sent(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox
) -> None:
    # Networks that fetch pictures themselves are sent nothing before the post.
    uploading = [channel for channel in findable if not platform(channel.platform).fetches]
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.delay_after, call="any", seconds=2))
    tea = Picture(media=media.add(alice.actor, "tea.jpg", jpeg()).id, alt="Tea")
    posts = [write(alice, uploading, "first", tea)]
    worker.start()
    worker.until(lambda: Delivery.objects.filter(state=State.preparing).count() == len(uploading))
    pauses.hold_all(alice.actor)
    worker.until(lambda: not Delivery.objects.exclude(state=State.scheduled).exists())
    assert set(Delivery.objects.values_list("attempt", "lease_token")) == {(0, None)}
    assert not any(texts_at(sandbox, "teashop"))
    pauses.resume_all(alice.actor)
    pass_time(posts, timedelta(minutes=5))
    worker.until(lambda: all_out(posts))
    assert list(filter(None, texts_at(sandbox, "teashop"))) == [["first"]] * len(uploading)
