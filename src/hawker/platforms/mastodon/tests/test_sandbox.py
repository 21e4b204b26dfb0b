"""What the pretend Mastodon does that neither the connector nor the client asks of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from hawker.connect.pretend import Seen
from hawker.platforms.mastodon.sandbox_oauth import SHOW_CODE
from hawker.platforms.mastodon.sandbox_world import Manners, World
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture
from hawker.sandbox.tests.owner import BACK


@pytest.fixture
async def visitor(network: Network) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=f"{network.address}/") as session:
        yield session


async def register(visitor: aiohttp.ClientSession, **changes: str) -> dict[str, str]:
    form = {"client_name": "Any client", "redirect_uris": BACK, "scopes": "read write", **changes}
    async with visitor.post("api/v1/apps", data=form) as answer:
        assert answer.status == 200, await answer.text()
        app: dict[str, str] = await answer.json()
        return app


def wish(app: dict[str, str], **changes: str) -> dict[str, str]:
    usual = {"client_id": app["client_id"], "redirect_uri": BACK, "response_type": "code", "scope": "read"}
    return {**usual, **changes}


async def test_a_visitor_reads_a_post_with_its_pictures_and_answers(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    post = draft("Bao & <b>tea</b>\n\nhttps://www.example.com/menu", picture("Steam <over> bao"))
    published = await scene.send(post, await scene.prepare(post))
    await scene.send(draft("And a reply", reply_to=published))
    async with visitor.get(published.url) as answer:
        page = await answer.text()
    assert "<p>Bao &amp; &lt;b&gt;tea&lt;/b&gt;</p>" in page
    assert 'alt="Steam &lt;over&gt; bao"' in page
    assert "And a reply" in page
    (upload,) = scene.world.uploads.values()
    async with visitor.get(f"media/{upload.id}") as shown:
        assert (shown.content_type, await shown.read()) == ("image/png", post.media[0].read())


async def test_a_visitor_reads_what_is_open_on_a_profile(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    await scene.send(draft("Open to all", visibility="unlisted"))
    await scene.send(draft("Behind a warning", content_warning="<Food>"))
    hidden = await scene.send(draft("For followers", visibility="private"))
    async with visitor.get("@shop") as answer:
        page = await answer.text()
    assert "Open to all" in page
    assert "<summary>&lt;Food&gt;</summary>" in page
    assert "For followers" not in page
    async with visitor.get(hidden.url) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "path", ["@nobody", "@shop/1", "media/1", "api/v1/statuses/1", "api/v1/accounts/1/statuses"]
)
async def test_what_is_not_there_is_not_found(
    scene: Scene, visitor: aiohttp.ClientSession, path: str
) -> None:
    async with visitor.get(path) as answer:
        assert answer.status == 404


async def test_a_stranger_reads_open_posts_by_the_api_but_no_hidden_ones(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    shown = await scene.send(draft("Open"))
    hidden = await scene.send(draft("Hidden", visibility="direct"))
    async with visitor.get(f"api/v1/accounts/{scene.shop.remote_id}/statuses") as answer:
        assert [each["id"] for each in await answer.json()] == [shown.remote_id]
    async with visitor.get(f"api/v1/statuses/{hidden.remote_id}") as answer:
        assert answer.status == 404
    async with visitor.get(f"api/v1/statuses/{shown.remote_id}/source") as answer:
        assert answer.status == 401


async def test_only_the_author_reads_a_source_and_deletes(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    post = await scene.send(draft("Mine"))
    _, fields = scene.network.pretend.account("somebody")
    key = {"Authorization": f"Bearer {fields['token']}"}
    for method, path in (("GET", "/source"), ("DELETE", "")):
        url = f"api/v1/statuses/{post.remote_id}{path}"
        async with visitor.request(method, url, headers=key) as answer:
            assert (answer.status, await answer.json()) == (404, {"error": "Record not found"})


async def test_lists_are_filtered_as_asked(scene: Scene, visitor: aiohttp.ClientSession) -> None:
    post = draft("With a picture", picture())
    first = await scene.send(post, await scene.prepare(post))
    second = await scene.send(draft("An answer", reply_to=first))
    third = await scene.send(draft("Plain"))
    expected = {
        "only_media=true": [first],
        "exclude_replies=1": [third, first],
        f"since_id={first.remote_id}&limit=1": [third],
        f"min_id={first.remote_id}&limit=1": [second],
        f"max_id={third.remote_id}": [second, first],
    }
    for query, posts in expected.items():
        async with visitor.get(f"api/v1/accounts/{scene.shop.remote_id}/statuses?{query}") as answer:
            assert [each["id"] for each in await answer.json()] == [each.remote_id for each in posts], query


async def test_a_key_is_honoured_for_an_hour_only(scene: Scene) -> None:
    post = draft()
    first = await scene.send(post)
    for key, (post_id, at) in scene.world.answered.items():
        scene.world.answered[key] = (post_id, at - timedelta(hours=1))
    second = await scene.send(post)
    assert [first.remote_id, second.remote_id] == list(scene.world.posts)


async def test_a_key_belongs_to_one_account(scene: Scene) -> None:
    _, fields = scene.network.pretend.account("somebody")
    post = draft()
    await scene.send(post)
    await scene.at(replace(scene.shop, secrets={"token": fields["token"]})).send(post)
    assert len(scene.world.posts) == 2


async def test_pictures_of_a_deleted_post_are_free_again(scene: Scene) -> None:
    post = draft(TEXT, picture())
    done = await scene.prepare(post)
    await scene.delete(await scene.send(post, done))
    assert await scene.prepare(post, done) == {}


async def test_what_is_published_is_told_oldest_first(scene: Scene) -> None:
    post = draft("One", picture("Steam"))
    first = await scene.send(post, await scene.prepare(post))
    second = await scene.send(draft("Two", reply_to=first, visibility="private"))
    assert scene.network.pretend.published("shop") == (
        Seen(remote_id=first.remote_id, text="One", alts=("Steam",)),
        Seen(remote_id=second.remote_id, text="Two", reply_to=first.remote_id),
    )


async def test_an_account_is_opened_once_and_gets_a_fresh_token_after_revoking(network: Network) -> None:
    first = network.pretend.account("@night market")
    assert network.pretend.account("@night market") == first
    network.pretend.revoke("@night market")
    assert network.pretend.account("@night market") != first


async def test_one_call_too_many_is_told_when_to_come_back(
    network: Network, visitor: aiohttp.ClientSession
) -> None:
    network.faults.add(Fault(kind=Kind.limited, call="instance"))
    async with visitor.get("api/v2/instance") as answer:
        assert (answer.status, await answer.json()) == (429, {"error": "Too many requests"})
        assert answer.headers["X-RateLimit-Remaining"] == "0"
        assert datetime.fromisoformat(answer.headers["X-RateLimit-Reset"]) > datetime.now(UTC)


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_broken_json_is_refused(scene: Scene, visitor: aiohttp.ClientSession, body: str) -> None:
    headers = {
        "Authorization": f"Bearer {scene.shop.secrets['token']}",
        "Content-Type": "application/json",
    }
    async with visitor.post("api/v1/statuses", data=body, headers=headers) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (
            {"status": "x", "visibility": "secret"},
            "Validation failed: Visibility is not included in the list",
        ),
        ({"status": "x", "scheduled_at": "soon"}, "Invalid date supplied"),
        ({"status": "x", "media_ids[]": "1"}, "Media 1 not found or already attached to another post"),
    ],
)
async def test_what_makes_no_sense_is_refused_in_mastodons_words(
    scene: Scene, visitor: aiohttp.ClientSession, fields: dict[str, str], error: str
) -> None:
    headers = {"Authorization": f"Bearer {scene.shop.secrets['token']}"}
    async with visitor.post("api/v1/statuses", data=fields, headers=headers) as answer:
        assert (answer.status, await answer.json()) == (422, {"error": error})


async def test_a_warning_alone_gets_a_symbol_for_its_text(scene: Scene) -> None:
    published = await scene.send(draft("", content_warning="Food"))
    assert scene.world.posts[published.remote_id].text == "."


async def test_an_upload_without_a_file_is_refused(scene: Scene, visitor: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {scene.shop.secrets['token']}"}
    async with visitor.post("api/v2/media", data={"description": "x"}, headers=headers) as answer:
        assert answer.status == 422


async def test_an_applications_own_token_stands_for_no_person(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    app = await register(visitor)
    form = {"grant_type": "client_credentials", "scope": "write"}
    key = aiohttp.encode_basic_auth(app["client_id"], app["client_secret"])
    async with visitor.post("oauth/token", data=form, headers={"Authorization": key}) as answer:
        token = (await answer.json())["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    async with visitor.post("api/v1/statuses", data={"status": "x"}, headers=headers) as answer:
        assert (answer.status, (await answer.json())["error"]) == (
            422,
            "This method requires an authenticated user",
        )


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "admin:read"}, 400, "invalid_scope"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "authorization_code", "code": "wrong"}, 400, "invalid_grant"),
    ],
)
async def test_a_token_is_not_given_for_the_asking(
    network: Network, visitor: aiohttp.ClientSession, changes: dict[str, str], status: int, error: str
) -> None:
    app = await register(visitor)
    usual = {
        "grant_type": "client_credentials",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
    }
    async with visitor.post("oauth/token", data={**usual, **changes}) as answer:
        assert (answer.status, (await answer.json())["error"]) == (status, error)


async def test_a_code_runs_out(world: World, network: Network, visitor: aiohttp.ClientSession) -> None:
    app = await register(visitor, redirect_uris=SHOW_CODE)
    form = {**wish(app, redirect_uri=SHOW_CODE), "username": "shop", "decision": "allow"}
    async with visitor.post("oauth/authorize", data=form) as answer:
        shown = await answer.text()
    assert "Copy this code" in shown
    code = shown.partition("<code>")[2].partition("</code>")[0]
    world.manners = Manners(ahead=timedelta(minutes=10, seconds=1))
    redeem = {**wish(app, redirect_uri=SHOW_CODE), "grant_type": "authorization_code", "code": code}
    async with visitor.post("oauth/token", data={**redeem, "client_secret": app["client_secret"]}) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("changes", [{"client_id": "unknown"}, {"redirect_uri": "https://thief.example/"}])
async def test_an_unknown_application_gets_nobody_sent_back_to_it(
    network: Network, visitor: aiohttp.ClientSession, changes: dict[str, str]
) -> None:
    app = await register(visitor)
    async with visitor.get("oauth/authorize", params=wish(app, **changes), allow_redirects=False) as answer:
        assert answer.status == 400
        assert "An error has occurred" in await answer.text()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "push"}, "invalid_scope"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_code_challenge_method"),
    ],
)
async def test_an_application_that_asks_wrongly_is_told_so(
    network: Network, visitor: aiohttp.ClientSession, changes: dict[str, str], error: str
) -> None:
    app = await register(visitor)
    params = wish(app, state="s", **changes)
    async with visitor.get("oauth/authorize", params=params, allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"].startswith(f"{BACK}?error={error}")
        assert answer.headers["Location"].endswith("state=s")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_name": ""}, "Application name can't be blank"),
        ({"redirect_uris": ""}, "Redirect URI must be an absolute URI"),
        ({"scopes": "everything"}, "Scopes doesn't match"),
    ],
)
async def test_an_application_is_registered_in_order_or_not_at_all(
    network: Network, visitor: aiohttp.ClientSession, changes: dict[str, str], error: str
) -> None:
    form = {"client_name": "Any client", "redirect_uris": BACK, "scopes": "read", **changes}
    async with visitor.post("api/v1/apps", data=form) as answer:
        assert answer.status == 422
        assert error in (await answer.json())["error"]


async def test_a_token_is_revoked_by_its_own_application_only(
    scene: Scene, visitor: aiohttp.ClientSession
) -> None:
    app = await register(visitor)
    form = {
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "token": scene.shop.secrets["token"],
    }
    async with visitor.post("oauth/revoke", data=form) as answer:
        assert (answer.status, (await answer.json())["error"]) == (403, "unauthorized_client")
