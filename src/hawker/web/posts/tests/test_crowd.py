"""A post that goes to people: whom the composer lets it go to, and how its page counts them."""

import pytest
from django.test import Client

from hawker.core.channels.models import Channel
from hawker.core.contacts.models import ContactList
from hawker.core.posts.models import Post
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.audience.conftest import channel, herald, keys, pretend, regulars
from tests.audience.test_messages import letter, set_state
from tests.cast import Somebody, visitor

__all__ = ["channel", "herald", "keys", "pretend", "regulars"]


@pytest.fixture
def browser(alice: Somebody) -> Client:
    return visitor(alice)


@pytest.fixture
def post(alice: Somebody, channel: Channel, regulars: ContactList) -> Post:
    return actions.compose(alice.actor, letter(channel, regulars))


def form(channel: Channel, audience: str, **more: str) -> dict[str, str]:
    return {
        "text": "Tea",
        "language": "en",
        "channels": str(channel.id),
        f"audience-{channel.id}": audience,
        **more,
    }


def test_the_composer_offers_the_lists(browser: Client, channel: Channel, regulars: ContactList) -> None:
    page = browser.get("/posts/new").content.decode()
    assert f'name="audience-{channel.id}"' in page
    assert "Regulars" in page


def test_a_post_is_sent_to_the_chosen_list(browser: Client, channel: Channel, regulars: ContactList) -> None:
    browser.post("/posts/new", form(channel, str(regulars.id), when="now"))
    assert Delivery.objects.filter(state=State.scheduled).count() == 4


def test_without_a_list_it_is_said_at_that_field(
    browser: Client, channel: Channel, regulars: ContactList
) -> None:
    answer = browser.post("/posts/new", form(channel, "", when="now"))
    place = answer.content.decode().partition(f'id="problems-audience-{channel.id}"')[2]
    assert answer.status_code == 422
    assert "Choose the list" in place.partition("</div>")[0]


def test_its_page_counts_people_and_names_none(browser: Client, post: Post) -> None:
    set_state(post, State.published, 3)
    page = browser.get(f"/posts/{post.id}").content.decode()
    assert "Sent to 3 of 4" in page
    assert "886912" not in page
    assert browser.get("/posts/").status_code == 200


def test_one_by_one_names_them_for_those_who_manage_contacts_only(
    browser: Client, bob: Somebody, post: Post, channel: Channel
) -> None:
    place = f"/posts/{post.id}/messages/{channel.id}"
    assert "Guest 1" in browser.get(place).content.decode()
    assert "Guest 1" not in visitor(bob).get(place).content.decode()
    assert "Nobody is here" in browser.get(f"{place}?state=failed").content.decode()


def test_its_owner_stops_the_rest_and_tries_the_failed_ones_again(
    browser: Client, post: Post, channel: Channel
) -> None:
    set_state(post, State.failed, 1)
    place = f"/posts/{post.id}/messages/{channel.id}/do"
    browser.post(f"{place}/cancel")
    assert Delivery.objects.filter(state=State.cancelled).count() == 3
    browser.post(f"{place}/retry")
    assert Delivery.objects.filter(state=State.scheduled).count() == 1
    assert browser.post(f"{place}/nonsense").status_code == 404


def test_its_owner_says_what_became_of_those_that_nobody_knows(
    browser: Client, post: Post, channel: Channel
) -> None:
    set_state(post, State.unknown, 2)
    place = f"/posts/{post.id}/messages/{channel.id}/did-they-go"
    assert "2 messages" in browser.get(place).content.decode()
    browser.post(place, {"found": "there"})
    assert Delivery.objects.filter(state=State.published).count() == 2
    assert "nothing to answer" in browser.get(place).content.decode()
