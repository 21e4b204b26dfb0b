"""There is no client library for TikTok: the journey of its documents (Login Kit, Content Posting API,
Display API, 2026-11-05) is played by plain HTTP, call by call; each answer has the fields that they name."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
import pytest

from hawker.connect.oauth import address
from hawker.platforms.tiktok.sandbox_world import CLIENT, World
from hawker.platforms.tiktok.tests.scene import mp4
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.owner import BACK, decide
from tests.served import address_of

MB = 10**6
VERIFIER = "a-verifier-of-fortythree-letters-or-more-than-that"
JSON = {"Content-Type": "application/json; charset=UTF-8"}
INFO = {"title": "Bao #bao", "privacy_level": "PUBLIC_TO_EVERYONE", "disable_comment": False}
CREATOR = {
    "creator_avatar_url",
    "creator_username",
    "creator_nickname",
    "privacy_level_options",
    "comment_disabled",
    "duet_disabled",
    "stitch_disabled",
    "max_video_post_duration_sec",
}
TOKEN = {
    "access_token",
    "expires_in",
    "open_id",
    "refresh_expires_in",
    "refresh_token",
    "scope",
    "token_type",
}


@dataclass
class Client:
    world: World
    session: aiohttp.ClientSession
    token: str = ""

    async def sign_in(self) -> Mapping[str, object]:
        wish = {
            "client_key": CLIENT,
            "response_type": "code",
            "scope": "user.info.basic,video.publish,video.upload,video.list",
            "redirect_uri": BACK,
            "state": "s",
            "code_challenge": hashlib.sha256(VERIFIER.encode()).hexdigest(),
            "code_challenge_method": "S256",
        }
        back = await decide(address(f"{self.world.site}/v2/auth/authorize/", wish))
        assert set(back) == {"code", "scopes", "state"}
        code = {"code": back["code"], "redirect_uri": BACK, "code_verifier": VERIFIER}
        return await self.tokens(grant_type="authorization_code", **code)

    async def tokens(self, **form: str) -> Mapping[str, object]:
        secret = self.world.apps[CLIENT].client_secret
        shown = {"client_key": CLIENT, "client_secret": secret}
        async with self.session.post(
            f"{self.world.address}/v2/oauth/token/", data={**shown, **form}
        ) as answer:
            told: dict[str, object] = await answer.json()
        self.token = str(told.get("access_token", self.token))
        return told

    async def call(self, path: str, body: object = None, status: int = 200) -> Mapping[str, object]:
        """Its data where all is well, its error where it is not."""
        headers = {**JSON, "Authorization": f"Bearer {self.token}"}
        url = f"{self.world.address}/v2/{path}"
        async with self.session.post(url, json=body or {}, headers=headers) as answer:
            told: dict[str, dict[str, object]] = await answer.json()
            assert answer.status == status, told
        assert set(told) == {"data", "error"}
        assert set(told["error"]) == {"code", "message", "log_id"}
        assert (told["error"]["code"] == "ok") == (status == 200)
        return told["data"] if status == 200 else told["error"]

    async def put(self, url: str, content: bytes, start: int, total: int) -> tuple[int, str]:
        place = f"bytes {start}-{start + len(content) - 1}/{total}"
        headers = {"Content-Type": "video/mp4", "Content-Range": place}
        async with self.session.put(url, data=_pieces(content), headers=headers) as answer:
            return answer.status, answer.headers.get("Content-Range", "")

    async def state(self, publish_id: object) -> Mapping[str, object]:
        return await self.call("post/publish/status/fetch/", {"publish_id": publish_id})


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        client = Client(world=world, session=session)
        assert set(await client.sign_in()) == TOKEN
        yield client


async def test_a_video_is_posted_in_chunks_and_listed(client: Client) -> None:
    creator = await client.call("post/publish/creator_info/query/")
    assert set(creator) == CREATOR
    assert creator["privacy_level_options"] == ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
    content, chunk = mp4(13 * MB), 6 * MB
    source = {"source": "FILE_UPLOAD", "video_size": 13 * MB, "chunk_size": chunk, "total_chunk_count": 2}
    begun = await client.call("post/publish/video/init/", {"post_info": INFO, "source_info": source})
    assert set(begun) == {"publish_id", "upload_url"}
    url = str(begun["upload_url"])
    assert await client.put(url, content[:chunk], 0, 13 * MB) == (206, f"bytes 0-{chunk - 1}/{13 * MB}")
    going = await client.state(begun["publish_id"])
    assert (going["status"], going["uploaded_bytes"]) == ("PROCESSING_UPLOAD", chunk)
    assert (await client.put(url, content[chunk:], chunk, 13 * MB))[0] == 201
    state = await client.state(begun["publish_id"])
    assert set(state) == {"status", "publicaly_available_post_id", "uploaded_bytes"}
    assert state["status"] == "PUBLISH_COMPLETE"
    listed = await client.call("video/list/?fields=id,title,share_url", {"max_count": 20})
    assert set(listed) == {"videos", "cursor", "has_more"}
    assert isinstance(listed["videos"], list)
    assert [int(video["id"]) for video in listed["videos"]] == state["publicaly_available_post_id"]
    assert [set(video) for video in listed["videos"]] == [{"id", "title", "share_url"}]


async def test_photos_are_fetched_from_an_address(client: Client) -> None:
    body = {
        "media_type": "PHOTO",
        "post_mode": "DIRECT_POST",
        "post_info": {**INFO, "description": "At six", "auto_add_music": True},
        "source_info": {
            "source": "PULL_FROM_URL",
            "photo_cover_index": 0,
            "photo_images": [address_of(pixels("JPEG"), "image/jpeg")],
        },
    }
    begun = await client.call("post/publish/content/init/", body)
    assert set(begun) == {"publish_id"}
    assert (await client.state(begun["publish_id"]))["status"] == "PUBLISH_COMPLETE"


async def test_a_draft_waits_in_the_inbox(client: Client) -> None:
    source = {"source": "FILE_UPLOAD", "video_size": 9_000, "chunk_size": 9_000, "total_chunk_count": 1}
    begun = await client.call("post/publish/inbox/video/init/", {"source_info": source})
    assert (await client.put(str(begun["upload_url"]), mp4(9_000), 0, 9_000))[0] == 201
    assert (await client.state(begun["publish_id"]))["status"] == "SEND_TO_USER_INBOX"


async def test_tokens_rotate_and_are_revoked(client: Client) -> None:
    first = await client.sign_in()
    second = await client.tokens(grant_type="refresh_token", refresh_token=str(first["refresh_token"]))
    assert set(second) == TOKEN
    stale = await client.tokens(grant_type="refresh_token", refresh_token=str(first["refresh_token"]))
    assert set(stale) == {"error", "error_description", "log_id"}
    assert stale["error"] == "invalid_grant"
    form = {
        "client_key": CLIENT,
        "client_secret": client.world.apps[CLIENT].client_secret,
        "token": client.token,
    }
    async with client.session.post(f"{client.world.address}/v2/oauth/revoke/", data=form) as answer:
        assert answer.status == 200
    error = await client.call("post/publish/creator_info/query/", status=401)
    assert error["code"] == "access_token_invalid"


SOURCE = {"source": "FILE_UPLOAD", "video_size": 13 * MB, "chunk_size": 6 * MB, "total_chunk_count": 2}
WRONG: tuple[tuple[str, Mapping[str, object], int, str], ...] = (
    ("too-many-chunks", {"source_info": {**SOURCE, "total_chunk_count": 3}}, 400, "invalid_params"),
    (
        "small-chunks",
        {"source_info": {**SOURCE, "chunk_size": 4 * MB, "total_chunk_count": 3}},
        400,
        "invalid_params",
    ),
    ("no-number", {"source_info": {**SOURCE, "video_size": "13"}}, 400, "invalid_params"),
    (
        "a-huge-one",
        {"source_info": {**SOURCE, "video_size": 70 * MB, "chunk_size": 70 * MB, "total_chunk_count": 1}},
        400,
        "invalid_params",
    ),
    ("no-audience", {"post_info": {"title": ""}}, 403, "privacy_level_option_mismatch"),
    (
        "other-audience",
        {"post_info": {**INFO, "privacy_level": "FOLLOWER_OF_CREATOR"}},
        403,
        "privacy_level_option_mismatch",
    ),
    ("long", {"post_info": {**INFO, "title": "🥟" * 1_101}}, 400, "invalid_params"),
    (
        "paid-for-nobody",
        {"post_info": {**INFO, "privacy_level": "SELF_ONLY", "brand_content_toggle": True}},
        400,
        "invalid_params",
    ),
    ("nothing", {"post_info": None}, 400, "invalid_params"),
)


@pytest.mark.parametrize(
    ("changes", "status", "code"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG]
)
async def test_what_the_documents_forbid_is_refused(
    client: Client, changes: Mapping[str, object], status: int, code: str
) -> None:
    body = {"post_info": INFO, "source_info": SOURCE, **changes}
    assert (await client.call("post/publish/video/init/", body, status))["code"] == code
    assert client.world.posts == {}


async def test_chunks_that_do_not_follow_are_refused(client: Client) -> None:
    begun = await client.call("post/publish/video/init/", {"post_info": INFO, "source_info": SOURCE})
    url, content = str(begun["upload_url"]), mp4(13 * MB)
    assert (await client.put(url, content[6 * MB :], 6 * MB, 13 * MB))[0] == 416
    assert (await client.put(url, content[: 5 * MB], 0, 13 * MB))[0] == 416
    assert (await client.put(url, content[: 6 * MB], 0, 12 * MB))[0] == 400
    assert (await client.put(url.partition("?")[0], content[: 6 * MB], 0, 13 * MB))[0] == 404
    assert (await client.state(begun["publish_id"]))["uploaded_bytes"] == 0


async def test_a_publish_id_of_somebody_else_is_not_there(client: Client) -> None:
    begun = await client.call("post/publish/video/init/", {"post_info": INFO, "source_info": SOURCE})
    client.world.posts[str(begun["publish_id"])].person = client.world.person("another")
    body = {"publish_id": begun["publish_id"]}
    assert (await client.call("post/publish/status/fetch/", body, 404))["code"] == "invalid_publish_id"


async def test_a_challenge_that_is_not_in_hex_leads_nowhere(world: World) -> None:
    wish = {"client_key": CLIENT, "response_type": "code", "scope": "video.publish", "state": "s"}
    more = {"redirect_uri": BACK, "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}
    url = address(f"{world.site}/v2/auth/authorize/", {**wish, **more, "code_challenge_method": "S256"})
    with pytest.raises(AssertionError, match="code_challenge"):
        await decide(url)
