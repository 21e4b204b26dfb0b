"""LinkedIn's own client knows no posts: the calls of its documents are made as plain HTTP."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from yarl import URL

from hawker.platforms.linkedin.sandbox import COMMUNITY_APP
from hawker.platforms.linkedin.tests.scene import Scene, film, page_scene
from hawker.sandbox.app import Network
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.owner import BACK, decide

EDITION = {"LinkedIn-Version": "202607", "X-Restli-Protocol-Version": "2.0.0"}


@dataclass(frozen=True)
class Told:
    status: int
    headers: Mapping[str, str]
    body: Any


class Program:
    """Somebody else's program with a token. Addresses go out as they are written here."""

    def __init__(self, scene: Scene, session: aiohttp.ClientSession) -> None:
        self.address = scene.world.address
        self.session = session
        self.token = ""

    async def call(
        self, method: str, path: str, body: object = None, *, edition: Mapping[str, str] = EDITION
    ) -> Told:
        headers = {"Authorization": f"Bearer {self.token}", **edition}
        url = URL(f"{self.address}{path}", encoded=True)
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            known = await answer.json() if answer.content_type == "application/json" else None
            return Told(answer.status, answer.headers, known)

    async def ok(self, method: str, path: str, body: object = None) -> Told:
        told = await self.call(method, path, body)
        assert told.status < 300, told
        return told

    async def put(self, url: str, content: bytes) -> Mapping[str, str]:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with self.session.put(URL(url, encoded=True), data=BytesIO(content), headers=headers) as sent:
            assert sent.status in {200, 201}
            return sent.headers

    async def sign_in(self, scene: Scene) -> None:
        """“Authorization Code Flow”."""
        app = scene.app()
        query = {"response_type": "code", "client_id": COMMUNITY_APP, "redirect_uri": BACK, "state": "s"}
        wish = urlencode({**query, "scope": app["scopes"].replace(",", "")}, quote_via=quote)
        answer = await decide(f"{scene.world.site}/oauth/v2/authorization?{wish}")
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": BACK,
            "client_id": COMMUNITY_APP,
            "client_secret": app["client_secret"],
        }
        async with self.session.post(f"{scene.world.site}/oauth/v2/accessToken", data=form) as given:
            told = await given.json()
        assert answer["state"] == "s"
        assert told["expires_in"] == 5_184_000
        assert "refresh_token" not in told
        self.token = told["access_token"]

    async def page(self) -> str:
        """“Organization Access Control”: the URN of the page that the member runs."""
        roles = await self.ok(
            "GET", "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED"
        )
        assert roles.body["paging"] == {"start": 0, "count": 10, "total": 1, "links": []}
        (role,) = roles.body["elements"]
        return str(role["organization"])


def post(author: str, commentary: str, **content: object) -> dict[str, object]:
    """“Posts API”, its first sample."""
    return {
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **({"content": content} if content else {}),
    }


def encoded(urn: str) -> str:
    return quote(urn, safe="")


@pytest.fixture
async def program(network: Network, scene: Scene) -> AsyncIterator[Program]:
    scene = await page_scene(network, scene.http)
    async with aiohttp.ClientSession() as session:
        program = Program(scene, session)
        await program.sign_in(scene)
        yield program


async def test_a_program_signs_in_and_sees_who_it_is_and_which_pages_it_has(program: Program) -> None:
    me = (await program.ok("GET", "/v2/me")).body
    assert (me["vanityName"], me["localizedFirstName"]) == ("shop", "Shop")
    page = (await program.ok("GET", f"/rest/organizations/{(await program.page()).rpartition(':')[2]}")).body
    assert (page["vanityName"], page["localizedName"]) == ("shop", "shop")
    closed = await program.call("GET", "/v2/userinfo")
    assert (closed.status, closed.body["code"]) == (403, "ACCESS_DENIED")


async def test_a_program_posts_a_picture_reads_comments_and_deletes(program: Program) -> None:
    page = await program.page()
    begun = await program.ok(
        "POST", "/rest/images?action=initializeUpload", {"initializeUploadRequest": {"owner": page}}
    )
    room = begun.body["value"]
    await program.put(room["uploadUrl"], pixels())
    states = [(await program.ok("GET", f"/rest/images/{encoded(room['image'])}")).body for _ in range(2)]
    assert [state["status"] for state in states] == ["PROCESSING", "AVAILABLE"]
    media = {"id": room["image"], "altText": "Steam"}
    made = await program.ok("POST", "/rest/posts", post(page, r"Bao \(hot\) #tea", media=media))
    urn = made.headers["x-restli-id"]
    assert (made.status, made.body, urn.rpartition(":")[0]) == (201, None, "urn:li:share")
    read = (await program.ok("GET", f"/rest/posts/{encoded(urn)}")).body
    assert (read["commentary"], read["content"]["media"]) == (r"Bao \(hot\) #tea", media)
    listed = (await program.ok("GET", f"/rest/posts?q=author&author={encoded(page)}&count=10")).body
    assert listed["elements"] == [read]
    wish = {"actor": page, "object": urn, "message": {"text": "And tea (hot)"}}
    said = await program.ok("POST", f"/rest/socialActions/{encoded(urn)}/comments", wish)
    assert said.body["commentUrn"].startswith("urn:li:comment:(urn:li:activity:")
    comments = (await program.ok("GET", f"/rest/socialActions/{encoded(urn)}/comments")).body["elements"]
    assert [each["message"]["text"] for each in comments] == ["And tea (hot)"]
    gone = f"/rest/socialActions/{encoded(urn)}/comments/{said.body['id']}?actor={encoded(page)}"
    assert (await program.call("DELETE", gone)).status == 204
    assert [(await program.call("DELETE", f"/rest/posts/{encoded(urn)}")).status for _ in range(2)] == [
        204,
        204,
    ]
    assert (await program.call("GET", f"/rest/posts/{encoded(urn)}")).status == 404


async def test_a_program_uploads_a_video_in_parts(program: Program) -> None:
    """“Videos API”: the marks of the parts come in headers."""
    page, content = await program.page(), film(4 * 2**20 + 9).read()
    wish = {"owner": page, "fileSizeBytes": len(content), "uploadCaptions": False, "uploadThumbnail": False}
    begun = await program.ok(
        "POST", "/rest/videos?action=initializeUpload", {"initializeUploadRequest": wish}
    )
    room = begun.body["value"]
    spans = [(part["firstByte"], part["lastByte"]) for part in room["uploadInstructions"]]
    assert spans == [(0, 4_194_303), (4_194_304, 4_194_312)]
    marks = []
    for part in room["uploadInstructions"]:
        headers = await program.put(part["uploadUrl"], content[part["firstByte"] : part["lastByte"] + 1])
        marks.append(headers["ETag"].strip('"'))
    end = {"video": room["video"], "uploadToken": "", "uploadedPartIds": marks}
    path = "/rest/videos?action=finalizeUpload"
    wrong = {"finalizeUploadRequest": {**end, "uploadedPartIds": marks[::-1]}}
    assert (await program.call("POST", path, wrong)).status == 400
    await program.ok("POST", path, {"finalizeUploadRequest": end})
    early = await program.call("POST", "/rest/posts", post(page, "Steam", media={"id": room["video"]}))
    assert (early.status, early.body["code"]) == (400, "MEDIA_ASSET_WAITING_UPLOAD")
    made = await program.ok("POST", "/rest/posts", post(page, "Steam", media={"id": room["video"]}))
    assert made.headers["x-restli-id"].startswith("urn:li:ugcPost:")


@pytest.mark.parametrize(
    ("edition", "status", "code"),
    [
        ({**EDITION, "LinkedIn-Version": "202504"}, 426, "NONEXISTENT_VERSION"),
        ({"X-Restli-Protocol-Version": "2.0.0"}, 400, "VERSION_MISSING"),
        ({"LinkedIn-Version": "202607"}, 400, "ILLEGAL_ARGUMENT"),
    ],
)
async def test_a_program_must_say_which_edition_it_speaks(
    program: Program, edition: Mapping[str, str], status: int, code: str
) -> None:
    told = await program.call("GET", "/rest/organizationAcls?q=roleAssignee", edition=edition)
    assert (told.status, told.body["code"]) == (status, code)


async def test_a_program_must_escape_the_urns_in_addresses(program: Program) -> None:
    page = await program.page()
    for path in (f"/rest/posts?q=author&author={page}", "/rest/posts/urn:li:share:1"):
        told = await program.call("GET", path)
        assert (told.status, told.body["message"]) == (400, "Syntax exception in path variables")


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        ({"media": {"id": "urn:li:image:1"}}, 400, "not owned"),
        ({"multiImage": {"images": []}}, 422, "2 and 20"),
        ({"article": {"source": "https://tea.invalid"}}, 422, "/content/article/title"),
        ({"poll": {"question": "", "options": []}}, 422, "question"),
        ({"poll": {"question": "A?", "options": [{"text": "a"}]}}, 422, "2 to 4"),
        (
            {"poll": {"question": "A?", "options": [{"text": "a"}, {"text": "b"}], "settings": {}}},
            422,
            "duration",
        ),
        ({"carousel": {}}, 422, "union"),
        ({"poll": {}, "media": {}}, 422, "union"),
    ],
)
async def test_a_program_is_refused_what_the_documents_do_not_allow(
    program: Program, content: Mapping[str, object], status: int, words: str
) -> None:
    told = await program.call("POST", "/rest/posts", post(await program.page(), "Tea", **content))
    assert told.status == status
    assert words in told.body["message"]


async def test_a_program_is_refused_what_lacks_something_or_is_not_its_own(program: Program) -> None:
    page = await program.page()
    whole = post(page, "Tea")
    for name in ("author", "commentary", "visibility", "distribution", "lifecycleState"):
        told = await program.call("POST", "/rest/posts", {key: whole[key] for key in whole if key != name})
        assert told.status == 422
        assert told.body["message"].startswith(f"ERROR :: /{name} :: field is required but not found")
    long = await program.call("POST", "/rest/posts", post(page, "x" * 3001))
    assert (long.status, "exceeded the maximum" in long.body["message"]) == (400, True)
    other = await program.call("POST", "/rest/posts", post("urn:li:organization:1", "Tea"))
    assert (other.status, other.body["serviceErrorCode"]) == (403, 100)
    listed = await program.call("POST", "/rest/posts", ["Tea"])
    assert (listed.status, listed.body["code"]) == (400, "ILLEGAL_ARGUMENT")
    program.token = "wrong"
    nobody = await program.call("POST", "/rest/posts", whole)
    assert (nobody.status, nobody.body["code"]) == (401, "INVALID_ACCESS_TOKEN")


async def test_a_program_hears_which_post_it_has_doubled(program: Program) -> None:
    page = await program.page()
    first = (await program.ok("POST", "/rest/posts", post(page, "Tea"))).headers["x-restli-id"]
    told = await program.call("POST", "/rest/posts", post(page, "Tea"))
    assert told.status == 422
    assert told.body["message"].endswith(f"Content is a duplicate of {first}")
    assert told.body["errorDetails"]["inputErrors"][0]["code"] == "DUPLICATE_POST"
