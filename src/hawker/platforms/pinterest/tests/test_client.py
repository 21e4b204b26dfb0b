"""Pinterest's own library cannot be installed beside Hawker (quality.toml tells why): the calls of its
documents are made as plain HTTP, and each answer is checked against its OpenAPI document."""

import base64
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from hawker.connect.http import Heard
from hawker.platforms.pinterest.tests.scene import DOCUMENT, Scene, Told, basic, film, photo, post
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.owner import BACK, decide
from tests.served import address_of

PICTURE = {
    "source_type": "image_base64",
    "content_type": "image/png",
    "data": base64.b64encode(pixels()).decode(),
}


class Program:
    """Somebody else's program with a token."""

    def __init__(self, scene: Scene, session: aiohttp.ClientSession) -> None:
        self.scene = scene
        self.session = session
        self.token = scene.shop.secrets["access_token"]

    async def call(
        self, method: str, path: str, body: object = None, **query: str
    ) -> tuple[int, Mapping[str, str], Told]:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.scene.world.address}/v5{path}"
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            content = await answer.read()
            assert DOCUMENT.faults_of_answer(method, path, answer.status, content) == []
            return answer.status, answer.headers, json.loads(content or b"{}")

    async def ok(self, method: str, path: str, body: object = None, **query: str) -> Told:
        status, _, told = await self.call(method, path, body, **query)
        assert status < 300, told
        return told

    async def refused(self, method: str, path: str, body: object = None, **query: str) -> tuple[int, str]:
        status, _, told = await self.call(method, path, body, **query)
        assert status >= 400, told
        return status, told["message"]

    async def pin(self, source: Mapping[str, object] = PICTURE, **words: object) -> Told:
        wish = {"board_id": self.scene.boards[0].id, "media_source": dict(source), **words}
        assert DOCUMENT.faults_of_request("POST", "/pins", wish) == []
        return await self.ok("POST", "/pins", wish)

    async def grant(self, header: str | None = None, **form: str) -> tuple[int, Told]:
        headers = {"Authorization": header or basic(self.scene.shop)}
        url = f"{self.scene.world.address}/v5/oauth/token"
        async with self.session.post(url, data=form, headers=headers) as answer:
            content = await answer.read()
            assert DOCUMENT.faults_of_answer("POST", "/oauth/token", answer.status, content) == []
            return answer.status, json.loads(content)


@pytest.fixture
async def program(scene: Scene) -> AsyncIterator[Program]:
    async with aiohttp.ClientSession() as session:
        yield Program(scene, session)


async def test_a_program_signs_in_and_renews_its_key(program: Program) -> None:
    app = program.scene.shop.app
    wish = f"client_id={app['client_id']}&redirect_uri={BACK}&response_type=code&scope=boards:read,pins:read"
    back = await decide(f"{program.scene.world.site}/oauth/?{wish}&state=s")
    status, told = await program.grant(
        grant_type="authorization_code", code=back["code"], redirect_uri=BACK, continuous_refresh="true"
    )
    assert (status, told["response_type"], told["scope"]) == (
        200,
        "authorization_code",
        "boards:read pins:read",
    )
    assert (told["expires_in"], told["refresh_token_expires_in"]) == (2_592_000, 5_184_000)
    status, renewed = await program.grant(grant_type="refresh_token", refresh_token=told["refresh_token"])
    assert (status, renewed["response_type"]) == (200, "refresh_token")
    assert renewed["refresh_token"] != told["refresh_token"]
    program.token = renewed["access_token"]
    assert (await program.refused("POST", "/pins", {}))[0] == 403


async def test_an_app_of_before_september_2025_must_ask_for_a_key_that_is_renewed(program: Program) -> None:
    program.scene.behave(legacy=True)
    errand, _ = await program.scene.signs_in.start(
        program.scene.http, "oauth", {}, back=BACK, app=program.scene.shop.app
    )
    asked = parse_qs(urlsplit(errand.url).query)
    lives = []
    for more in ({}, {"continuous_refresh": "true"}):
        back = await decide(errand.url)
        form = {"grant_type": "authorization_code", "code": back["code"], "redirect_uri": BACK, **more}
        lives.append((await program.grant(**form))[1]["refresh_token_expires_in"])
    assert asked["client_id"] == [program.scene.shop.app["client_id"]]
    assert lives == [timedelta(days=365).total_seconds(), timedelta(days=60).total_seconds()]


async def test_the_token_endpoint_refuses_in_pinterests_own_way(program: Program) -> None:
    used = {"grant_type": "authorization_code", "code": "used", "redirect_uri": BACK}
    assert (await program.grant(**used))[0] == 400
    assert (await program.grant(grant_type="password"))[0] == 400
    assert (await program.grant("Bearer none", **used))[0] == 401
    wrong = base64.b64encode(b"nobody:none").decode()
    status, told = await program.grant(f"Basic {wrong}", **used)
    assert (status, told) == (401, {"code": 2, "message": "Authentication failed."})


async def test_a_program_makes_reads_and_deletes_pins(program: Program) -> None:
    url = {"source_type": "image_url", "url": address_of(pixels(), "image/png")}
    several = {"source_type": "multiple_image_base64", "items": [dict(list(PICTURE.items())[1:])] * 2}
    alone = await program.pin(title="Bao", link="https://tea.example", alt_text="Steam")
    fetched, carousel = await program.pin(url), await program.pin(several, description="Two")
    assert alone["media"]["images"]["600x"]["width"] == 600
    assert [each["creative_type"] for each in (alone, fetched, carousel)] == [
        "REGULAR",
        "REGULAR",
        "CAROUSEL",
    ]
    assert await program.ok("GET", f"/pins/{alone['id']}") == alone
    listed = await program.ok("GET", "/pins")
    assert [each["id"] for each in listed["items"]] == [each["id"] for each in (carousel, fetched, alone)]
    on_board = await program.ok("GET", f"/boards/{alone['board_id']}/pins", page_size="2")
    rest = await program.ok("GET", f"/boards/{alone['board_id']}/pins", bookmark=on_board["bookmark"])
    assert on_board["items"] + rest["items"] == listed["items"]
    assert rest["bookmark"] is None
    assert (await program.call("DELETE", f"/pins/{alone['id']}"))[0] == 204
    assert await program.refused("GET", f"/pins/{alone['id']}") == (404, "Pin not found.")


async def test_a_program_uploads_a_video(program: Program) -> None:
    program.scene.behave(works=2)
    upload = await program.ok("POST", "/media", {"media_type": "video"})
    source = {"source_type": "video_id", "media_id": upload["media_id"], "cover_image_key_frame_time": 1}
    one = f"/media/{upload['media_id']}"
    assert (await program.ok("GET", one))["status"] == "registered"
    form = aiohttp.FormData()
    for name, value in upload["upload_parameters"].items():
        form.add_field(name, value)
    form.add_field("file", film().read(), filename="film.mp4")
    async with program.session.post(upload["upload_url"], data=form) as stored:
        assert (stored.status, await stored.read()) == (204, b"")
    wish = {"board_id": program.scene.boards[0].id, "media_source": source}
    assert "not been processed" in (await program.refused("POST", "/pins", wish))[1]
    assert [(await program.ok("GET", one))["status"] for _ in range(2)] == ["processing", "succeeded"]
    assert (await program.ok("GET", "/media"))["items"][0]["status"] == "succeeded"
    bare = {name: value for name, value in source.items() if name != "cover_image_key_frame_time"}
    status, said = await program.refused("POST", "/pins", {**wish, "media_source": bare})
    assert (status, "cover_image_url or cover_image_content_type" in said) == (400, True)
    assert (await program.pin(source))["creative_type"] == "VIDEO"


async def test_a_program_makes_and_deletes_boards(program: Program) -> None:
    board = await program.ok("POST", "/boards", {"name": "Tea", "privacy": "SECRET"})
    names = [each["name"] for each in (await program.ok("GET", "/boards"))["items"]]
    assert names == ["Fresh today", "Behind the counter"]
    assert await program.refused("GET", f"/boards/{board['id']}") == (404, "Board not found.")
    public = await program.ok("POST", "/boards", {"name": "Cake"})
    assert (await program.ok("GET", f"/boards/{public['id']}"))["privacy"] == "PUBLIC"
    await program.pin()
    assert (await program.call("DELETE", f"/boards/{program.scene.boards[0].id}"))[0] == 204
    assert program.scene.pins == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 101},
        {"description": "x" * 801},
        {"alt_text": "x" * 501},
        {"link": "x" * 2_049},
        {"link": "tea.example"},
        {"title": 7},
        {"board_id": "Tea"},
        {"media_source": None},
        {"media_source": {"source_type": "words"}},
        {"media_source": {**PICTURE, "content_type": "image/gif"}},
        {"media_source": {**PICTURE, "content_type": "image/jpeg"}},
        {"media_source": {**PICTURE, "data": "?"}},
        {"media_source": {"source_type": "image_url", "url": "http://127.0.0.1:1/none.png"}},
        {"media_source": {"source_type": "multiple_image_base64", "items": [PICTURE]}},
        {"media_source": {"source_type": "multiple_image_base64", "items": [PICTURE] * 6}},
    ],
)
async def test_what_the_document_forbids_is_refused(program: Program, changes: Told) -> None:
    wish = {"board_id": program.scene.boards[0].id, "media_source": PICTURE, **changes}
    assert (await program.refused("POST", "/pins", wish))[0] == 400
    assert program.scene.pins == []


async def test_who_may_not_is_refused(program: Program) -> None:
    pin = await program.pin()
    beta = {"board_id": pin["board_id"], "media_source": {"source_type": "pin_url"}}
    assert (await program.refused("POST", "/pins", beta))[0] == 403
    program.scene.world.person("stranger")
    _, fields = program.scene.network.pretend.account("stranger")
    _, told = await program.grant(grant_type="refresh_token", refresh_token=fields["token"])
    own, program.token = program.token, told["access_token"]
    assert (await program.refused("DELETE", f"/pins/{pin['id']}"))[0] == 403
    assert (await program.refused("GET", f"/boards/{pin['board_id']}/pins"))[0] == 404
    program.token = own
    program.scene.behave(ahead=timedelta(days=31))
    assert await program.refused("GET", "/user_account") == (401, "Authentication failed.")


async def test_bookmarks_hold_for_their_list_and_not_for_long(program: Program) -> None:
    page = await program.ok("GET", "/boards", page_size="1")
    assert (await program.refused("GET", "/pins", bookmark=page["bookmark"]))[0] == 400
    assert (await program.refused("GET", "/boards", page_size="251"))[0] == 400
    program.scene.behave(ahead=timedelta(hours=1))
    assert (await program.refused("GET", "/boards", bookmark=page["bookmark"]))[0] == 400


async def test_headers_tell_of_a_day_with_trial_access_only(program: Program) -> None:
    _, headers, _ = await program.call("GET", "/user_account")
    assert headers["X-RateLimit-Limit"].startswith("100, 100;w=1;")
    program.scene.behave(trial=True)
    _, headers, _ = await program.call("GET", "/user_account")
    assert headers["X-RateLimit-Limit"].startswith("1000, 1000;w=86400;")
    program.scene.network.pretend.leave("shop", "calls", 0, seconds=60)  # type: ignore[attr-defined]
    assert (await program.refused("GET", "/user_account"))[0] == 429


async def test_with_trial_access_no_visitor_sees_a_pin(program: Program) -> None:
    program.scene.behave(trial=True)
    pin = await program.pin(description="Bao")
    assert (await program.ok("GET", f"/pins/{pin['id']}"))["description"] == "Bao"
    site, pages = program.scene.world.site, []
    for path in (f"pin/{pin['id']}/", "shop/", "shop/fresh-today/"):
        async with program.session.get(f"{site}/{path}") as page:
            pages.append((page.status, "Bao" in await page.text()))
    assert pages == [(404, False), (200, False), (200, False)]


async def test_every_answer_that_hawker_hears_is_as_the_document_says(scene: Scene) -> None:
    heard: list[Heard] = []
    listening = replace(scene, http=scene.http.heard_by(heard.append))
    await listening.check()
    wishes = (post(title="Bao"), post(photo(), photo()), post(film(), photo()))
    out = [await listening.post(wish) for wish in wishes]
    await listening.find(wishes[0], scene.world.now(), {"board": scene.boards[0].id})
    await listening.delete(out[0])
    calls = [each for each in heard if "/v5/" in each.path]
    assert len(calls) == 9
    for each in calls:
        path = each.path.partition("/v5")[2]
        assert DOCUMENT.faults_of_answer(each.method, path, each.answer.status, each.answer.body) == []


def test_what_is_not_as_the_document_says_is_noticed() -> None:
    pin = {"id": "a", "media": {"media_type": "image", "images": {"600x": {"url": 7}}}, "is_owner": "yes"}
    found = DOCUMENT.faults_of_answer("POST", "/pins", 201, json.dumps(pin).encode())
    assert len(found) == 5
    assert DOCUMENT.faults_of_answer("GET", "/boards", 200, b"{}") == ["GET /boards: no items"]
    assert DOCUMENT.faults_of_answer("PUT", "/boards", 200, b"{}")
    assert DOCUMENT.faults_of_answer("GET", "/pins/1", 302, b"{}")
