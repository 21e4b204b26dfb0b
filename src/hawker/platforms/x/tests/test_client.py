"""tweepy, the client that most programs use, at the pretend X. It speaks to api.twitter.com only. Every
answer is held against the names that its classes have."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import requests.adapters
import tweepy

from hawker.connect.values import Account
from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.sandbox_world import CONFIDENTIAL, World
from hawker.platforms.x.tests.client_fields import strange
from hawker.platforms.x.tests.scene import Scene
from hawker.sandbox.app import Network
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.owner import BACK, decide

HOST = "https://api.twitter.com"


class Detour(requests.adapters.HTTPAdapter):
    """Leads what is meant for X to the sandbox."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: requests.PreparedRequest, *more: Any, **how: Any) -> requests.Response:
        assert request.url
        request.url = request.url.replace(HOST, self._address)
        answer = super().send(request, *more, **how)
        assert strange(answer) == []
        return answer


@pytest.fixture
def client(network: Network, shop: Account) -> tweepy.Client:
    client = tweepy.Client(shop.secrets["access_token"])
    client.session.mount(HOST, Detour(network.address))
    return client


def upload(client: tweepy.Client, alt: str) -> str:
    """tweepy 4.17 uploads by v1.1, which X has switched off: so by its session."""
    headers = {"Authorization": f"Bearer {client.bearer_token}"}
    form = {"media_category": "tweet_image"}
    files = {"media": ("a.png", pixels(), "image/png")}
    sent = client.session.post(f"{HOST}/2/media/upload", headers=headers, data=form, files=files, timeout=5)
    media_id = str(sent.json()["data"]["id"])
    wish = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
    client.session.post(f"{HOST}/2/media/metadata", headers=headers, json=wish, timeout=5).raise_for_status()
    return media_id


async def test_the_client_signs_in_and_sees_who_it_is(network: Network, world: World) -> None:
    door = tweepy.OAuth2UserHandler(
        client_id=CONFIDENTIAL,
        redirect_uri=BACK,
        scope=["tweet.read", "users.read", "offline.access"],
        client_secret=world.apps[CONFIDENTIAL].client_secret,
    )
    door.mount(HOST, Detour(network.address))
    asked = urlsplit(door.get_authorization_url())
    answer = await decide(f"{world.site}{asked.path}?{asked.query}")
    back = f"{BACK.replace('http:', 'https:')}?state={answer['state']}&code={answer['code']}"
    token = await asyncio.to_thread(door.fetch_token, back)
    assert token["refresh_token"]
    client = tweepy.Client(token["access_token"])
    client.session.mount(HOST, Detour(network.address))
    fields = ["public_metrics", "verified_type"]
    me = await asyncio.to_thread(client.get_me, user_fields=fields, user_auth=False)
    assert me.data.public_metrics["tweet_count"] == 0
    assert (me.data.username, str(me.data.id)) == ("shop", world.people["shop"].id)
    with pytest.raises(tweepy.Forbidden):
        await asyncio.to_thread(client.create_tweet, text="Not allowed", user_auth=False)


async def test_the_client_posts_a_picture_and_reads_everything_back(client: tweepy.Client) -> None:
    def run() -> None:
        media = upload(client, "Steam over bao")
        text = "剛出爐的肉包 & tea https://example.com/menu"
        made = client.create_tweet(text=text, media_ids=[media], reply_settings="following", user_auth=False)
        read = client.get_tweet(
            made.data["id"],
            tweet_fields=["created_at", "entities", "attachments", "reply_settings"],
            expansions=["attachments.media_keys"],
            media_fields=["alt_text", "url"],
            user_auth=False,
        )
        assert read.data.text == made.data["text"]
        assert read.data.text.startswith("剛出爐的肉包 &amp; tea https://t.co/")
        assert read.data.created_at is not None
        assert read.data.entities["urls"][0]["expanded_url"] == "https://example.com/menu"
        assert read.data.reply_settings == "following"
        (picture,) = read.includes["media"]
        assert (picture.type, picture.alt_text) == ("photo", "Steam over bao")
        assert picture.media_key == f"3_{media}"
        assert requests.get(picture.url, timeout=5).content == pixels()

    await asyncio.to_thread(run)


async def test_the_client_sees_a_thread(client: tweepy.Client) -> None:
    def run() -> None:
        first = client.create_tweet(text="One", user_auth=False).data["id"]
        second = client.create_tweet(text="Two", in_reply_to_tweet_id=first, user_auth=False).data["id"]
        read = client.get_tweet(
            second, tweet_fields=["referenced_tweets", "conversation_id"], user_auth=False
        )
        assert [(each.type, str(each.id)) for each in read.data.referenced_tweets] == [("replied_to", first)]
        assert str(read.data.conversation_id) == first

    await asyncio.to_thread(run)


async def test_the_client_turns_pages(world: World, client: tweepy.Client) -> None:
    def run() -> None:
        for number in range(12):
            client.create_tweet(text=f"Number {number}", user_auth=False)
        pages = tweepy.Paginator(
            client.get_users_tweets, world.people["shop"].id, max_results=5, user_auth=False
        )
        read = [[tweet.text for tweet in page.data] for page in pages]
        assert [len(page) for page in read] == [5, 5, 2]
        assert read[0][0] == "Number 11"
        assert client.get_users_tweets(world.person("nobody").id, user_auth=False).data is None
        with pytest.raises(tweepy.BadRequest, match="not between 5 and 100"):
            client.get_users_tweets(world.people["shop"].id, max_results=500, user_auth=False)

    await asyncio.to_thread(run)


async def test_the_client_asks_and_deletes(world: World, client: tweepy.Client) -> None:
    def run() -> None:
        poll = client.create_tweet(
            text="Which?", poll_options=["Tea", "Coffee"], poll_duration_minutes=60, user_auth=False
        )
        assert world.posts[poll.data["id"]].poll == ("Tea", "Coffee")
        assert client.delete_tweet(poll.data["id"], user_auth=False).data == {"deleted": True}
        with pytest.raises(tweepy.NotFound):
            client.delete_tweet(poll.data["id"], user_auth=False)

    await asyncio.to_thread(run)
    assert not world.posts


async def test_the_client_reads_a_long_post_with_a_picture(world: World, client: tweepy.Client) -> None:
    world.people["shop"] = replace(world.people["shop"], subscription="Premium")
    text = "包" * 200 + " https://example.com"

    def run() -> None:
        made = client.create_tweet(text=text, media_ids=[upload(client, "")], user_auth=False)
        asked = ["note_tweet", "entities"]
        read = client.get_tweet(made.data["id"], tweet_fields=asked, user_auth=False).data
        assert "…" in read.text
        assert read["note_tweet"]["text"].startswith("包" * 200)
        shown = [each["display_url"] for each in read["note_tweet"]["entities"]["urls"]]
        assert shown == ["example.com", "pic.x.com/a"]
        assert read.entities["urls"][1]["media_key"].startswith("3_")

    await asyncio.to_thread(run)


async def test_the_client_waits_where_x_says_so(scene: Scene, client: tweepy.Client) -> None:
    assert isinstance(scene.network.pretend, Sandbox)
    scene.network.pretend.leave("shop", "posts", 0, seconds=60)
    with pytest.raises(tweepy.TooManyRequests) as caught:
        await asyncio.to_thread(client.create_tweet, text="Once more", user_auth=False)
    assert caught.value.reset_time is not None
    assert caught.value.reset_time > scene.world.now().timestamp()


async def test_names_that_the_client_does_not_know_are_strange(scene: Scene, client: tweepy.Client) -> None:
    scene.behave(renames=True)
    with pytest.raises(AssertionError, match="edit_history_post_ids"):
        await asyncio.to_thread(client.create_tweet, text="Renamed", user_auth=False)


async def test_the_client_is_refused_what_x_refuses(scene: Scene, client: tweepy.Client) -> None:
    def run() -> None:
        client.create_tweet(text="Once", user_auth=False)
        with pytest.raises(tweepy.Forbidden, match="duplicate content"):
            client.create_tweet(text="Once", user_auth=False)
        with pytest.raises(tweepy.Forbidden, match="not permitted"):
            client.create_tweet(text="包" * 141, user_auth=False)
        with pytest.raises(tweepy.BadRequest, match="media IDs are invalid"):
            client.create_tweet(text="Picture", media_ids=["1"], user_auth=False)
        with pytest.raises(tweepy.BadRequest, match="2 to 4 options"):
            client.create_tweet(text="A", poll_options=["x"], poll_duration_minutes=60, user_auth=False)
        client.bearer_token = "wrong"
        with pytest.raises(tweepy.Unauthorized):
            client.create_tweet(text="Nobody", user_auth=False)

    await asyncio.to_thread(run)
