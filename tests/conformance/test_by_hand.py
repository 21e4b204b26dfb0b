"""Networks that let no program post: Hawker keeps no key, sends nothing, and says who does."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from hawker.connect.errors import CannotLook, Refused
from hawker.connect.http import Http
from hawker.connect.platform import Audience, Platform
from hawker.connect.pretend import Seen
from hawker.connect.pretend_by_hand import PUBLISH
from hawker.connect.registry import every_folder
from hawker.connect.values import Draft, Published
from hawker.sandbox.app import serve
from tests.conformance.calls import Calls
from tests.conformance.drafts import KINDS, of_kind
from tests.conformance.pages import visit
from tests.conformance.stage import OWNER, Stage, explained, signed_in
from tests.phone import form, post_by_hand, read

BY_HAND = [each for each in every_folder().values() if each.by_hand and each.filled_in]


@pytest.fixture(params=BY_HAND, ids=[each.name for each in BY_HAND])
def platform(request: pytest.FixtureRequest) -> Platform:
    found: Platform = request.param
    return found


@pytest.fixture
async def stage(platform: Platform) -> AsyncIterator[Stage]:
    async with serve() as sandbox, Http(allow_private=True) as http:
        network = sandbox.networks[platform.name]
        account = await signed_in(platform, network, http)
        yield Stage(platform=platform, network=network, http=http, account=account)


@pytest.fixture
def draft(platform: Platform) -> Draft:
    return next(draft for kind in KINDS if (draft := of_kind(platform, platform.limits, kind)))


async def test_no_key_is_asked_for_and_none_is_kept(stage: Stage) -> None:
    kinds = {field.kind for way in stage.platform.signs_in.ways for field in way.fields}
    assert "password" not in kinds
    assert not any(way.redirects for way in stage.platform.signs_in.ways)
    assert (dict(stage.account.secrets), stage.account.expires_at) == ({}, None)
    assert OWNER in stage.account.handle
    assert await stage.platform.signs_in.check(stage.http, stage.account) == stage.account


async def test_its_owner_finds_her_account_at_its_address(stage: Stage) -> None:
    assert OWNER in (await visit(stage.account.url)).text


async def test_what_she_posts_is_read_by_visitors(stage: Stage) -> None:
    typed = form(b"one", b"two", text="今天到的\r\n<b>烏龍</b>", comment="十點開門")
    posted = await post_by_hand(stage.account.url, typed)
    assert posted.status == 200
    for page in (posted.page, (await read(stage.account.url))[1]):
        assert "&lt;b&gt;烏龍&lt;/b&gt;" in page
        assert "十點開門" in page
    file = posted.url.replace("/post/", "/file/")
    assert [await read(f"{file}/{place}") for place in (0, 1)] == [(200, "one"), (200, "two")]
    assert (await read(f"{file}/2"))[0] == 404
    (first, second) = stage.seen
    assert first == Seen(remote_id=posted.url.rpartition("/")[2], text="今天到的\n<b>烏龍</b>", alts=("", ""))
    assert (second.text, second.reply_to) == ("十點開門", first.remote_id)


async def test_what_its_network_would_not_take_is_not_posted(stage: Stage) -> None:
    limits = stage.platform.limits
    menu = form(b"tea", text="tea")
    menu.add_field("files", b"%PDF", filename="menu.pdf", content_type="application/pdf")
    long, many = form(b"tea", text="茶" * (limits.text + 1)), form(*[b"tea"] * (limits.media + 1))
    for refused in (form(), long, many, menu):
        posted = await post_by_hand(stage.account.url, refused)
        assert (posted.status, "Not posted" in posted.page) == (400, True)
    assert stage.seen == ()


async def test_the_pretend_app_shows_a_form(stage: Stage) -> None:
    status, page = await read(stage.account.url + PUBLISH)
    assert (status, 'name="files"' in page) == (200, True)


@pytest.mark.parametrize(
    "path", ["/user/nobody", f"/user/nobody{PUBLISH}", "/post/nothing", "/file/nothing/0"]
)
async def test_what_is_not_there_is_said(stage: Stage, path: str) -> None:
    status, page = await read(stage.network.address + path)
    assert (status, "is not here" in page) == (404, True)


async def test_no_call_reaches_the_network(stage: Stage, draft: Draft, calls: Calls) -> None:
    done = await stage.prepare(draft)
    published = Published(remote_id="1", url="https://network.example/1")
    for ask in (stage.send(draft, done), stage.delete(published)):
        with pytest.raises(Refused) as refused:
            await ask
        explained(refused.value)
    with pytest.raises(CannotLook) as hidden:
        await stage.find(draft, done, datetime.now(UTC))
    explained(hidden.value)
    assert (calls.writing, stage.seen) == ([], ())


def test_it_says_that_nothing_is_sent(platform: Platform) -> None:
    assert platform.abilities == ("signs_in", "by_hand")
    assert platform.audience is Audience.none
    sending = (platform.threads, platform.hears, platform.app, platform.budgets.each)
    assert not any(sending)
    exempt = {"publishes", "finds_lost_answers", "deletes", "official_client", "real_server"}
    assert exempt <= set(platform.exemptions)
