"""A network that delivers to everybody or, where a list is chosen, to each person of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation

from hawker.connect.budgets import NONE, Budget, Budgets, Rolling, Scope
from hawker.connect.platform import Audience, Platform
from hawker.connect.registry import every_folder, platforms
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.core.channels.budgets import News, Purse
from hawker.core.channels.models import Channel
from hawker.core.contacts import lists
from hawker.core.contacts.models import ContactList
from hawker.core.contacts.queries import Reach
from hawker.core.posts import queries as posts
from hawker.core.posts.values import Writing
from hawker.core.problems import Invalid
from hawker.core.publishing import actions, budgets
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.audience.test_messages import letter, set_state, states
from tests.cast import Somebody, visitor
from tests.herald.platform import PLATFORM, Publish

SOON = timedelta(hours=2)
PEOPLE = 4
Pick = Callable[[ContactList | None], ContactList | None]


class Choosy(Publish):
    """Takes no more than a word where it is for one person."""

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        wordy = draft.to is not None and " " in draft.text
        return [Problem(field="text", sentence=say("Say less."))] if wordy else []


def offer(monkeypatch: pytest.MonkeyPatch, **changes: object) -> Platform:
    network = replace(PLATFORM, audience=Audience.optional, **changes)  # type: ignore[arg-type]
    monkeypatch.setitem(every_folder(), "herald", network)
    monkeypatch.setitem(platforms(), "herald", network)
    return network


@pytest.fixture(autouse=True)
def optional(herald: None, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(monkeypatch)


def names(everybody: ContactList | None) -> int:
    """How many deliveries such a post has."""
    return PEOPLE if everybody else 1


@pytest.mark.parametrize(
    ("audience", "chosen", "by_name"),
    [
        (Audience.none, True, False),
        (Audience.none, False, False),
        (Audience.optional, True, True),
        (Audience.optional, False, False),
        (Audience.always, True, True),
        (Audience.always, False, True),
    ],
)
def test_whether_a_post_goes_to_people(
    audience: Audience, chosen: bool, by_name: bool, regulars: ContactList
) -> None:
    assert audience.by_name(regulars.id if chosen else None) is by_name


def test_without_a_list_a_post_is_for_everybody(
    alice: Somebody, channel: Channel, regulars: ContactList
) -> None:
    post = actions.compose(alice.actor, letter(channel, None), timezone.now() + SOON)
    assert Delivery.objects.get(post=post).recipient is None


def test_with_a_list_it_is_a_message_for_each(
    alice: Somebody, channel: Channel, regulars: ContactList
) -> None:
    post = actions.compose(alice.actor, letter(channel, regulars), timezone.now() + SOON)
    assert Delivery.objects.filter(post=post, recipient__isnull=False).count() == PEOPLE


@pytest.mark.parametrize("back", [False, True])
def test_it_can_be_changed_while_nothing_is_out(
    alice: Somebody, channel: Channel, regulars: ContactList, back: bool
) -> None:
    first, then = (regulars, None) if back else (None, regulars)
    post = actions.compose(alice.actor, letter(channel, first), timezone.now() + SOON)
    actions.rewrite(alice.actor, post.id, letter(channel, then))
    rows = Delivery.objects.filter(post=post)
    assert rows.count() == names(then)
    assert {row.recipient is not None for row in rows} == {then is not None}


@pytest.mark.parametrize("back", [False, True])
def test_what_failed_for_all_can_be_changed_too(
    alice: Somebody, channel: Channel, regulars: ContactList, back: bool
) -> None:
    first, then = (regulars, None) if back else (None, regulars)
    post = actions.compose(alice.actor, letter(channel, first), timezone.now() + SOON)
    set_state(post, State.failed, names(first))
    actions.rewrite(alice.actor, post.id, letter(channel, then))
    assert Delivery.objects.filter(post=post).count() == names(then)


@pytest.mark.parametrize("back", [False, True])
def test_nobody_gets_it_twice_by_such_a_change(
    alice: Somebody, channel: Channel, elsewhere: Channel, regulars: ContactList, *, back: bool
) -> None:
    """It is still to go out on another channel, so that it can be changed at all."""
    first, then = (regulars, None) if back else (None, regulars)
    post = actions.compose(alice.actor, beside(channel, first, elsewhere), timezone.now() + SOON)
    Delivery.objects.filter(post=post, channel=channel).update(state=State.published, look_at=None)
    before = states(post)
    with pytest.raises(Invalid, match="twice") as caught:
        actions.rewrite(alice.actor, post.id, beside(channel, then, elsewhere))
    assert [each.field for each in caught.value.problems] == ["audience"]
    kept = {
        each.channel: each.audience for each in posts.writing_of(posts.post(alice.actor, post.id)).wordings
    }
    assert kept == {channel.id: first.id if first else None, elsewhere.id: None}
    actions.rewrite(alice.actor, post.id, beside(channel, first, elsewhere, "Other words."))
    assert states(post) == before


def beside(
    channel: Channel, everybody: ContactList | None, elsewhere: Channel, text: str = "Fresh tea today."
) -> Writing:
    here, there = letter(channel, everybody, text), letter(elsewhere, None)
    return replace(here, wordings=(*here.wordings, *there.wordings))


def test_a_list_that_is_deleted_never_makes_a_post_one_for_everybody(
    alice: Somebody, channel: Channel, regulars: ContactList
) -> None:
    draft = actions.compose(alice.actor, letter(channel, regulars), draft=True)
    planned = actions.compose(alice.actor, letter(channel, regulars), timezone.now() + SOON)
    lists.close_list(alice.actor, regulars.id)
    with pytest.raises(Invalid) as caught:
        actions.schedule(alice.actor, draft.id)
    assert [each.field for each in caught.value.problems] == ["audience"]
    with pytest.raises(Invalid):
        actions.rewrite(alice.actor, planned.id, posts.writing_of(planned))
    assert Delivery.objects.filter(recipient=None).count() == 0
    page = visitor(alice).get(f"/posts/{draft.id}/edit").content.decode()
    assert f'<option value="{regulars.id}" selected>A list that was deleted</option>' in page


def test_the_network_is_told_that_it_is_for_somebody(
    alice: Somebody, channel: Channel, regulars: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(monkeypatch, publishes=Choosy())
    found = [posts.reviews(alice.actor, letter(channel, each))[0].problems for each in (None, regulars)]
    assert [[each.field for each in problems] for problems in found] == [[], ["text"]]


@pytest.fixture
def browser(alice: Somebody) -> Client:
    return visitor(alice)


def test_the_composer_offers_everybody_first(
    browser: Client, channel: Channel, regulars: ContactList
) -> None:
    page = browser.get("/posts/new").content.decode()
    assert '<option value="">All friends or followers</option>' in page
    assert "Choose a list" not in page


def test_whom_a_list_reaches_is_said_in_chinese_without_gaps() -> None:
    with translation.override("zh-hant"):
        said = render_to_string("posts/reach.html", {"reach": Reach(goes_to=4, left_out=2)})
    assert said.count("。") == 2
    assert "。 " not in said


def test_without_lists_it_says_that_all_get_it(browser: Client, channel: Channel) -> None:
    page = browser.get("/posts/new").content.decode()
    assert "All friends or followers" in page
    assert f'name="audience-{channel.id}"' not in page


def test_the_list_of_posts_names_the_channel_of_both(
    browser: Client, alice: Somebody, channel: Channel, regulars: ContactList
) -> None:
    for audience in (None, regulars):
        actions.compose(alice.actor, letter(channel, audience), timezone.now() + SOON)
    assert browser.get("/posts/").content.decode().count(channel.handle) >= 2


def test_what_is_meant_for_posts_to_everybody_holds_up_no_message(
    alice: Somebody, channel: Channel, regulars: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    hourly = Budget(
        name="hourly",
        title=say("posts an hour"),
        scope=Scope.channel,
        limit=1,
        window=Rolling(timedelta(hours=1)),
        post=1,
        message=0,
    )
    offer(monkeypatch, budgets=Budgets(each=(hourly,), read=NONE.read))
    named = actions.compose(alice.actor, letter(channel, regulars), timezone.now() + SOON)
    post = actions.compose(alice.actor, letter(channel, None), timezone.now() + SOON)
    now = timezone.now() + SOON
    purse = Purse(holder=channel.id, platform="herald", budget="hourly", workspace=channel.workspace_id)
    budgets.keep({purse: News(used=1)}, now)
    due = list(Delivery.objects.select_related("channel").filter(look_at__lte=now))
    assert {row.post_id for row in budgets.within(due, now)} == {named.id}
    assert Delivery.objects.get(post=post).look_at == now + timedelta(hours=1)
    assert (
        hourly.cost(0),
        hourly.cost(0, message=True),
        replace(hourly, message=None).cost(0, message=True),
    ) == (1, 0, 1)
