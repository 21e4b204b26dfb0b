"""What goes into a channel, and what is refused in Discord's own way."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.values import Draft, Media, Published
from hawker.platforms.discord.refusals import explain
from hawker.platforms.discord.sandbox_world import FORUM, Bucket
from hawker.platforms.discord.tests.scene import Scene, problems
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, medium
from hawker.sandbox.tests.strangers import gate

LOUD = "@everyone @here <@&111> <@222> 新茶"


async def refused(scene: Scene, post: Draft) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        await scene.post(post)
    return caught.value.field, caught.value.code


async def test_a_post_has_the_address_that_discord_gives_it(scene: Scene) -> None:
    published = await scene.post(draft("_*新茶*_ <b>&amp;</b>"))
    (message,) = scene.messages
    assert message.text == "_*新茶*_ <b>&amp;</b>"
    assert published == Published(
        remote_id=str(message.id),
        url=f"{scene.shop.url}/{message.id}",
        detail={"webhook": str(scene.channel.webhook)},
    )


@pytest.mark.parametrize(
    ("mentions", "everyone", "roles", "users"),
    [("", False, None, None), ("named", False, ["111"], ["222"]), ("everyone", True, ["111"], ["222"])],
)
async def test_nobody_is_called_unless_the_owner_says_so(
    scene: Scene, mentions: str, everyone: bool, roles: list[str] | None, users: list[str] | None
) -> None:
    await scene.post(draft(LOUD, mentions=mentions))
    called = scene.messages[0].called
    assert (called.get("everyone"), called.get("roles"), called.get("users")) == (everyone, roles, users)


async def test_the_options_go_along(scene: Scene) -> None:
    await scene.post(draft("Tea"))
    await scene.post(draft("Tea", sound="silent"))
    await scene.post(draft("Tea", medium(), sound="silent", links="plain"))
    assert [message.flags for message in scene.messages] == [0, 4_096, 4_100]


async def test_a_poll_asks_its_question_or_the_text(scene: Scene) -> None:
    before = scene.world.now()
    await scene.post(draft("Which? ", poll="tea／豆漿"))
    await scene.post(
        draft("It rains.", poll="a / b", question="Which?", poll_votes="several", poll_time="72")
    )
    (first, one), (second, other) = ((each.text, each.poll) for each in scene.messages)
    assert one is not None
    assert other is not None
    assert (first, one.question, one.answers, one.several) == ("", "Which?", ("tea", "豆漿"), False)
    assert (second, other.question, other.several) == ("It rains.", "Which?", True)
    assert [round((each.ends - before) / timedelta(hours=1)) for each in (one, other)] == [24, 72]


async def test_a_forum_takes_a_poll_as_a_thread(scene: Scene) -> None:
    scene.channel.kind = FORUM
    await scene.post(draft("Which?", poll="tea / coffee", title="新茶"))
    (message,) = scene.messages
    assert message.poll is not None
    assert scene.channel.threads[message.place] == "新茶"


async def test_a_poll_that_discord_does_not_take_is_said_at_its_field(scene: Scene) -> None:
    assert await refused(scene, draft("Which?", poll=f"tea / {'c' * 56}")) == ("poll", "50035")
    assert await refused(scene, draft("Which?", medium(), poll="tea / coffee")) == ("poll", "50035")


@pytest.mark.parametrize(
    ("post", "fields"),
    [
        (draft("茶" * 300, poll="a / b"), []),
        (draft("茶" * 301, poll="a / b"), ["text"]),
        (draft("茶" * 2_000, poll="a / b", question="Which?"), []),
        (draft("Tea", poll="a / b", question="?" * 301), ["question"]),
        (draft("Tea", poll="/".join("abcdefghijk")), ["poll"]),
        (draft("Tea", poll=f"tea / {'c' * 56}"), ["poll"]),
        (draft("Tea", medium(), poll="a / b"), ["poll"]),
    ],
)
def test_what_discord_would_refuse_of_a_poll_is_said_while_she_writes(post: Draft, fields: list[str]) -> None:
    assert [field for field, _ in problems(post)] == fields


async def test_a_post_goes_into_the_thread_that_was_named_and_is_deleted_there(scene: Scene) -> None:
    thread = 1_300_000_000_000_000_000
    scene.channel.threads[thread] = "新茶"
    link = f"https://discord.com/channels/{scene.channel.guild}/{thread}"
    published = await scene.post(draft("Tea", medium(), thread=link))
    assert scene.messages[0].place == thread
    assert published.url == f"{scene.shop.site}/channels/{scene.channel.guild}/{thread}/{published.remote_id}"
    await scene.delete(published)
    assert scene.messages == []


async def test_in_a_forum_a_post_opens_a_thread(scene: Scene) -> None:
    scene.channel.kind = FORUM
    assert await refused(scene, draft("Tea")) == ("title", "220001")
    published = await scene.post(draft("Tea", title=" 新茶 "))
    assert list(scene.channel.threads.values()) == ["新茶"]
    await scene.delete(published)
    assert scene.messages == []


async def test_where_a_post_cannot_go_is_said_at_the_field(scene: Scene) -> None:
    unknown = "1300000000000000009"
    assert await refused(scene, draft("Tea", title="新茶")) == ("title", "220003")
    assert await refused(scene, draft("Tea", thread=unknown)) == ("thread", "10003")
    assert await refused(scene, draft("Tea", thread=unknown, title="新茶")) == ("title", "220002")
    assert await refused(scene, draft("Tea", title="茶" * 101)) == ("title", "50035")
    scene.channel.threads[int(unknown)] = "新茶"
    scene.channel.locked.add(int(unknown))
    assert await refused(scene, draft("Tea", thread=unknown)) == ("thread", "160005")


@pytest.mark.parametrize(
    ("post", "fields"),
    [
        (draft("Tea", thread="https://discord.com/channels/1/1300000000000000000/1300000000000000001"), []),
        (draft("Tea", thread="1300000000000000000"), []),
        (draft("Tea", thread="新茶"), ["thread"]),
        (draft("Tea", thread="1300000000000000000", title="新茶"), ["title"]),
        (draft("Tea", title="茶" * 100), []),
        (draft("Tea", title="🍵" * 51), ["title"]),
    ],
)
def test_what_discord_would_refuse_is_said_while_she_writes(post: Draft, fields: list[str]) -> None:
    assert [field for field, _ in problems(post)] == fields


def film(size: int) -> Media:
    return replace(medium(b"not really a film", "video/mp4"), size=size)


async def test_a_video_goes_along_as_it_is(scene: Scene) -> None:
    await scene.post(draft("Tea", film(17)))
    (file,) = scene.messages[0].attachments
    assert (file.name, file.content_type, file.data) == ("1.mp4", "video/mp4", b"not really a film")


async def test_a_file_that_is_too_large_is_refused_at_the_media(scene: Scene) -> None:
    vast = medium(b"x" * (10 * 2**20 + 1), "video/mp4")
    assert (await refused(scene, draft("Tea", vast)))[0] == "media"


async def test_an_alternative_text_that_is_too_long_is_refused_there(scene: Scene) -> None:
    assert await refused(scene, draft("Tea", medium(alt="茶" * 1_025))) == ("alt_text", "50035")


async def test_a_post_of_nothing_is_refused(scene: Scene) -> None:
    assert await refused(scene, draft("  ")) == ("text", "50006")


async def test_a_webhook_answers_no_post(scene: Scene) -> None:
    first = await scene.post(draft("Tea"))
    with pytest.raises(Refused) as caught:
        await scene.post(draft("And cake", reply_to=first))
    assert "Publish this as a post of its own." in str(caught.value)
    assert len(scene.messages) == 1


async def test_what_an_earlier_webhook_published_is_left_to_the_owner(scene: Scene) -> None:
    published = await scene.post(draft("Tea"))
    scene.channel.webhook, scene.channel.token = 987654321, "another-token-of-another-webhook"
    again = replace(scene, shop=await scene.sign_in())
    with pytest.raises(Refused) as caught:
        await again.delete(published)
    assert "Delete it in the Discord app." in str(caught.value)
    assert len(scene.messages) == 1


async def test_what_went_with_its_thread_counts_as_deleted(scene: Scene) -> None:
    scene.channel.kind = FORUM
    published = await scene.post(draft("Tea", title="新茶"))
    scene.channel.threads.clear()
    await scene.delete(published)


async def test_a_deleted_webhook_publishes_nothing(scene: Scene) -> None:
    scene.channel.closed = True
    with pytest.raises(SignInAgain) as caught:
        await scene.post(draft("Tea"))
    assert caught.value.code == "10015"
    assert scene.messages == []


async def test_discord_says_how_long_to_wait_in_parts_of_a_second(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited))
    before = datetime.now(UTC)
    with pytest.raises(Later) as caught:
        await scene.post(draft("Tea"))
    wait = timedelta(seconds=0.65)
    assert caught.value.at is not None
    assert before + wait <= caught.value.at <= datetime.now(UTC) + wait


async def test_a_bucket_that_is_empty_is_full_again_when_discord_said(scene: Scene) -> None:
    scene.world.buckets[scene.channel.webhook] = Bucket(limit=2, seconds=600)
    await scene.post(draft("One"))
    await scene.post(draft("Two"))
    with pytest.raises(Later) as caught:
        await scene.post(draft("Three"))
    assert caught.value.at is not None
    assert timedelta(seconds=500) < caught.value.at - datetime.now(UTC) <= timedelta(seconds=600)
    scene.world.ahead = timedelta(seconds=601)
    await scene.post(draft("Three"))
    assert [message.text for message in scene.messages] == ["One", "Two", "Three"]


def said(status: int, **body: object) -> NetworkError | None:
    return explain(Answer(status, {}, json.dumps(body).encode()))


def fault(*path: str) -> dict[str, object]:
    errors: dict[str, object] = {"_errors": [{"code": "SOME", "message": "Not so."}]}
    for name in reversed(path):
        errors = {name: errors}
    return errors


@pytest.mark.parametrize(
    ("status", "code", "kind", "field"),
    [
        (401, 50027, SignInAgain, ""),
        (401, 0, SignInAgain, ""),
        (404, 0, SignInAgain, ""),
        (404, 10015, SignInAgain, ""),
        (400, 50045, Refused, "media"),
        (413, 40005, Refused, "media"),
        (400, 50083, Refused, "thread"),
        (400, 200000, Refused, "text"),
        (403, 40333, Later, ""),
        (403, 50013, Refused, ""),
        (400, 50035, Refused, ""),
    ],
)
def test_each_code_has_its_meaning(status: int, code: int, kind: type[NetworkError], field: str) -> None:
    error = said(status, code=code, message="Something.")
    assert error is not None
    assert type(error) is kind
    assert getattr(error, "field", "") == field
    assert error.code == str(code or status) or status == 413


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("content",), "text"),
        (("attachments", "0", "description"), "alt_text"),
        (("attachments", "0", "filename"), "media"),
        (("allowed_mentions", "parse", "0"), "mentions"),
        (("thread_id",), "thread"),
        (("thread_name",), "title"),
        (("avatar_url",), ""),
        ((), ""),
    ],
)
def test_an_invalid_form_names_the_field_to_mend(path: tuple[str, ...], field: str) -> None:
    error = said(400, code=50035, message="Invalid Form Body", errors=fault(*path))
    assert isinstance(error, Refused)
    assert (error.field, error.code) == (field, "50035")
    assert "“Not so.”" in str(error)


def test_what_nobody_has_seen_is_shown_as_discord_said_it() -> None:
    assert "“Strange.”" in str(said(400, code=99999, message="Strange."))
    assert "“Strange.”" in str(said(400, code=50035, message="Strange.", errors={"content": ["odd"]}))


def test_faults_and_the_gates_in_front_have_the_rules_of_all_networks() -> None:
    assert explain(Answer(502, {}, b"<h1>Bad Gateway</h1>")) is None
    assert explain(Answer(429, {"Retry-After": "3"}, b"<h1>Slow down</h1>")) is None
    assert said(500, code=0, message="500: Internal Server Error") is None
    assert said(429, retry_after=float("inf")) is None


def test_no_wait_is_longer_than_a_day() -> None:
    error = said(429, retry_after=1e30, **{"global": True})
    assert isinstance(error, Later)
    assert error.at is not None
    assert error.at - datetime.now(UTC) <= timedelta(days=1)


@pytest.mark.parametrize("status", [200, 204, 302])
async def test_an_answer_that_cannot_be_read_is_unknown(scene: Scene, status: int) -> None:
    async with gate(status) as server:
        astray = replace(scene, shop=replace(scene.shop, server=server))
        with pytest.raises(OutcomeUnknown) as caught:
            await astray.post(draft("Tea"))
    assert "did not say whether it took the post" in str(caught.value)
