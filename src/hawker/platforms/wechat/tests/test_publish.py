"""Articles and pictures: how they reach WeChat, and what it says to what it does not take."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from aiohttp import web

from hawker.connect.errors import Later, OnlyByHand, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.values import Published
from hawker.platforms.wechat import PLATFORM
from hawker.platforms.wechat.article import title_of
from hawker.platforms.wechat.publish import Publish
from hawker.platforms.wechat.refusals import explain
from hawker.platforms.wechat.tests.scene import Scene, problems
from hawker.platforms.wechat.uploads import COVER, DRAFT
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import SMALL, draft, medium, picture
from hawker.sandbox.tests.strangers import Stranger, gate

TEXT = "春茶到貨\n\n每日限量 & <新鮮>"


async def test_an_article_has_its_title_its_text_and_its_cover(scene: Scene) -> None:
    post = draft(
        TEXT, picture("一壺茶"), picture(), author="林小姐", digest="春天", source="https://tea.example/"
    )
    published = await scene.post(post)
    (article,) = scene.posts
    fields = article.fields
    assert (fields["title"], fields["author"], fields["digest"]) == ("春茶到貨", "林小姐", "春天")
    assert fields["content_source_url"] == "https://tea.example/"
    assert scene.theirs.media[str(fields["thumb_media_id"])].permanent
    assert str(fields["content"]).startswith(
        "<p>春茶到貨</p><p><br></p><p>每日限量 &amp; &lt;新鮮&gt;</p><p><img src="
    )
    assert str(fields["content"]).count("<img ") == 2
    assert 'alt="一壺茶"' in str(fields["content"])
    assert (published.remote_id, published.url) == (article.id, f"{scene.network.address}/s/{article.sn}")
    assert published.detail["msg_data_id"].isdecimal()
    assert scene.theirs.drafts == {}


async def test_no_letter_is_escaped_on_the_wire(scene: Scene) -> None:
    await scene.post(draft("茶🍵", picture()))
    assert "\\u" not in str(scene.posts[0].fields)


@pytest.mark.parametrize(
    ("text", "typed", "title"),
    [
        ("茶\n很香", "", "茶"),
        ("\n  \n  茶  \n很香", "", "茶"),
        ("茶" * 40, "", "茶" * 31 + "…"),
        ("茶" * 32, "", "茶" * 32),
        ("茶", "  今日特價 ", "今日特價"),
        ("", "", ""),
    ],
)
def test_a_title_is_what_was_written_or_the_first_line(text: str, typed: str, title: str) -> None:
    assert title_of(text, {"title": typed}) == title


async def test_signs_that_nobody_sees_stay_out(scene: Scene) -> None:
    await scene.post(draft("茶\x00\x07\r\n很香", picture()))
    assert scene.pretend.published("teashop")[0].text == "茶\n很香"


@pytest.mark.parametrize("kind", ["", "pictures", "message"])
@pytest.mark.parametrize(
    ("chosen", "opened", "followers"), [("", 0, 0), ("everybody", 1, 0), ("followers", 1, 1)]
)
async def test_comments_are_open_to_whom_the_owner_says(
    scene: Scene, kind: str, chosen: str, opened: int, followers: int
) -> None:
    await scene.post(draft("茶", picture(), comments=chosen, kind=kind))
    fields = scene.posts[0].fields
    assert (fields["need_open_comment"], fields["only_fans_can_comment"]) == (opened, followers)


async def test_pictures_with_words_are_a_post_of_their_own_kind(scene: Scene) -> None:
    published = await scene.post(draft("春茶 <3", picture(), picture(), kind="pictures", title="春茶"))
    (post,) = scene.posts
    assert (post.fields["article_type"], post.fields["content"]) == ("newspic", "春茶 <3")
    assert len(scene.theirs.media) == 2
    assert published.remote_id == post.id


async def test_an_article_goes_to_all_followers_or_to_those_with_a_tag(scene: Scene) -> None:
    everybody = await scene.post(draft("茶", picture(), kind="mass"))
    await scene.post(draft("新茶", picture(), kind="mass", tag="2"))
    assert [post.to for post in scene.posts] == ["all", "tag 2"]
    assert everybody.remote_id == str(scene.posts[0].msg_id)
    with pytest.raises(Refused, match="no tag of followers") as caught:
        await scene.post(draft("茶", picture(), kind="mass", tag="77"))
    assert caught.value.field == "tag"


async def test_pictures_for_followers_are_uploaded_for_a_while_only(scene: Scene) -> None:
    await scene.post(draft("春茶", picture(), picture(), kind="message"))
    (post,) = scene.posts
    assert (post.fields["content"], len(post.pictures)) == ("春茶", 2)
    assert not any(file.permanent for file in scene.theirs.media.values())


async def test_an_upload_for_a_while_that_grew_old_is_made_anew(scene: Scene) -> None:
    post = draft("春茶", picture(), kind="message")
    done = await scene.prepare(post)
    (name, value), old = next(iter(done.items())), int((datetime.now(UTC) - timedelta(days=2)).timestamp())
    assert await scene.prepare(post, done) == {}
    again = await scene.prepare(post, {name: f"{value.partition(' ')[0]} {old}"})
    assert again[name].partition(" ")[0] != value.partition(" ")[0]


async def test_a_draft_that_somebody_deleted_is_made_anew(scene: Scene) -> None:
    post = draft("茶", picture())
    done = await scene.prepare(post)
    scene.theirs.drafts.clear()
    with pytest.raises(Refused, match="no longer has the draft"):
        await scene.send(post, done)
    again = await scene.prepare(post, done)
    assert list(again) == [DRAFT]
    await scene.send(post, {**done, **again})
    assert len(scene.posts) == 1


@pytest.mark.parametrize("kind", ["", "pictures"])
async def test_a_draft_that_somebody_published_is_not_published_again(scene: Scene, kind: str) -> None:
    post = draft("茶", picture(), kind=kind)
    done = await scene.prepare(post)
    await replace(scene, publishes=Publish()).send(post, done)
    with pytest.raises(OnlyByHand, match="Do not publish it again"):
        await scene.prepare(post, done)
    assert len(scene.posts) == 1


async def test_a_draft_that_is_gone_is_made_anew_where_nobody_may_ask_what_is_published(scene: Scene) -> None:
    post, scene.theirs.verified = draft("茶", picture()), False
    by_hand = scene.at(await scene.check())
    done = await by_hand.prepare(post)
    scene.theirs.drafts.clear()
    assert list(await by_hand.prepare(post, done)) == [DRAFT]


async def test_an_account_that_is_not_verified_keeps_its_draft(scene: Scene) -> None:
    """Where there is one: nothing is said of a draft, for pictures for followers have none."""
    scene.theirs.verified = False
    for kind in ("", "mass", "message"):
        with pytest.raises(OnlyByHand, match="Do it by hand at") as caught:
            await scene.post(draft("茶", picture(), kind=kind))
        assert caught.value.code == "48001"
    assert len(scene.theirs.drafts) == 2
    assert scene.posts == []


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (2, "as an original"),
        (3, "without saying why"),
        (4, "review refused"),
        (5, "then deleted"),
        (6, "took it down"),
    ],
)
async def test_what_wechat_refuses_after_it_took_it_is_told(scene: Scene, verdict: int, words: str) -> None:
    scene.theirs.polls, scene.theirs.verdict = 1, verdict
    with pytest.raises(Refused, match=words) as caught:
        await scene.post(draft("茶", picture()))
    assert caught.value.code == f"publish_status {verdict}"


async def test_what_is_examined_for_a_while_is_followed_until_it_is_out(scene: Scene) -> None:
    scene.theirs.polls = 3
    published = await scene.post(draft("茶", picture()))
    assert published.remote_id == scene.posts[0].id


async def test_what_is_examined_for_long_is_looked_for_later(scene: Scene) -> None:
    scene.theirs.polls, post = 6, draft("茶", picture())
    done = await scene.prepare(post)
    with pytest.raises(OutcomeUnknown, match="still examining"):
        await scene.send(post, done)
    since = datetime.now(UTC)
    for _ in range(2):
        with pytest.raises(Later, match="still examining"):
            await scene.find(post, since, done)
    found = await scene.find(post, since, done)
    assert found is not None
    assert [found.remote_id] == [each.id for each in scene.posts]


async def test_a_fault_while_it_is_followed_loses_nothing(scene: Scene) -> None:
    post = draft("茶", picture())
    done = await scene.prepare(post)
    scene.network.faults.add(Fault(kind=Kind.error_before, call="freepublish/get"))
    with pytest.raises(OutcomeUnknown, match="still examining"):
        await scene.send(post, done)
    found = await scene.find(post, datetime.now(UTC), done)
    assert found is not None
    assert found.remote_id == scene.posts[0].id


async def test_an_article_is_taken_off_and_a_message_too(scene: Scene) -> None:
    published = [await scene.post(draft("茶", picture(), kind=kind)) for kind in ("", "mass", "message")]
    for each in published:
        await scene.delete(each)
        await scene.delete(each)
    assert scene.posts == []


async def test_an_article_answers_no_other(scene: Scene) -> None:
    answered = Published(remote_id="1", url="")
    with pytest.raises(Refused, match="no article answers another"):
        await scene.post(draft("茶", picture(), reply_to=answered))


def test_what_wechat_would_refuse_is_said_while_it_is_written() -> None:
    assert problems(draft("茶", picture())) == []
    assert [field for field, _ in problems(draft("茶"))] == ["media"]
    assert [field for field, _ in problems(draft(" ", picture()))] == ["title"]
    assert problems(draft(" ", picture(), kind="message")) == []
    long = draft("茶", picture(), title="題" * 33, author="人" * 17, digest="要" * 129)
    assert [field for field, _ in problems(long)] == ["title", "author", "digest"]
    assert problems(long)[0][1] == "This is too long by 1: WeChat takes 32 characters."
    for source in ("tea.example", "ftp://tea.example", f"https://tea.example/{'x' * 1024}"):
        assert [field for field, _ in problems(draft("茶", picture(), source=source))] == ["source"]
    assert [field for field, _ in problems(draft("茶", picture(), kind="mass", tag="VIP"))] == ["tag"]
    assert problems(draft("茶", picture(), tag="VIP")) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("", []),
        ("mass", []),
        ("pictures", ["author", "digest", "source"]),
        ("message", ["title", "author", "digest", "source"]),
    ],
)
def test_nothing_that_was_written_is_left_out_in_silence(kind: str, fields: list[str]) -> None:
    post = draft(
        "茶", picture(), kind=kind, title="茶", author="林", digest="春", source="https://tea.example/"
    )
    assert [field for field, _ in problems(post)] == fields


@pytest.mark.parametrize(
    ("options", "code", "field"),
    [
        ({"title": "題" * 33}, "45003", "title"),
        ({"author": "人" * 17}, "45110", "author"),
        ({"digest": "要" * 129}, "45004", "digest"),
        ({"source": f"https://tea.example/{'x' * 1024}"}, "45005", "source"),
    ],
)
async def test_the_pretend_network_refuses_it_as_well(
    scene: Scene, options: dict[str, str], code: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hawker.platforms.wechat.checks.problems", lambda _: iter(()))
    with pytest.raises(Refused) as caught:
        await scene.post(replace(draft("茶", picture()), options=options))
    assert (caught.value.code, caught.value.field) == (code, field)


async def test_a_text_that_grows_by_its_html_is_counted_with_it(scene: Scene) -> None:
    limits = PLATFORM.limits
    assert PLATFORM.publishes.count("<", {}, limits) == len("<p>&lt;</p>")
    with pytest.raises(Refused) as caught:
        await scene.post(draft("<" * 4_000, picture()))
    assert caught.value.field == "text"
    full = draft("&" * 2_990, *(medium(SMALL, alt="茶" * limits.alt_text) for _ in range(limits.media)))
    await scene.post(full)
    assert len(str(scene.posts[0].fields["content"])) < 20_000


async def test_the_same_key_goes_out_once_even_with_another_draft(scene: Scene) -> None:
    post = draft("茶", picture(), kind="mass")
    first = await scene.post(post)
    assert await scene.post(post) == replace(first, detail={"kind": "mass"})
    assert len(scene.posts) == 1
    await scene.post(replace(post, key=uuid4()))
    assert len(scene.posts) == 2


async def test_a_message_of_which_no_id_is_told_went_out_all_the_same(scene: Scene) -> None:
    post = draft("茶", picture(), kind="mass")
    done = await scene.prepare(post)
    async with Stranger() as stranger:
        path, told = (
            "POST /cgi-bin/message/mass/sendall",
            '{"errcode": 45065, "errmsg": "clientmsgid exist"%s}',
        )
        elsewhere = scene.at(replace(scene.shop, server=stranger.address))
        stranger.says[path] = web.Response(text=told % "")
        published = await elsewhere.send(post, done)
        stranger.says[path] = web.Response(text=told % ', "msgid": 1000000001')
        assert (await elsewhere.send(post, done)).remote_id == "1000000001"
        stranger.says[path] = web.Response(text='{"errcode": 0, "errmsg": "ok"}')
        with pytest.raises(OutcomeUnknown):
            await elsewhere.send(post, done)
    assert published.remote_id == post.key.hex
    with pytest.raises(Refused, match="by hand"):
        await scene.delete(published)


@pytest.mark.parametrize("body", ["", "<h1>Welcome</h1>", "[]", '{"errcode": "what"}'])
async def test_an_answer_that_nobody_can_read_leaves_it_open_what_was_taken(scene: Scene, body: str) -> None:
    async with gate(body=body) as address:
        elsewhere = scene.at(replace(scene.shop, server=address))
        for kind in ("", "mass"):
            with pytest.raises(OutcomeUnknown):
                await elsewhere.send(draft("茶", picture(), kind=kind), {DRAFT: "1", COVER: "2"})


async def test_without_mass_sends_left_it_waits_for_the_day_to_end(scene: Scene) -> None:
    scene.theirs.masses = 0
    with pytest.raises(Later, match="no mass send left") as caught:
        await scene.post(draft("茶", picture(), kind="mass"))
    assert caught.value.code == "45028"
    assert caught.value.at is not None
    assert (caught.value.at.hour, caught.value.at.minute) == (16, 0)  # midnight in China
    assert await scene.post(draft("茶", picture()))


@pytest.mark.parametrize(
    ("code", "kind", "field", "words"),
    [
        (40007, Refused, "", "no longer has the draft"),
        (40009, Refused, "media", "cannot use this picture"),
        (40243, SignInAgain, "", "frozen"),
        (45002, Refused, "text", "too long"),
        (45009, Later, "", "after midnight, China time"),
        (45011, Later, "", "asks to wait"),
        (45066, Later, "", "asks to wait"),
        (45166, Refused, "text", "odd signs"),
        (48004, SignInAgain, "", "shut this account out"),
        (53501, Later, "", "asks to wait"),
        (53503, Refused, "text", "did not pass"),
        (53504, OnlyByHand, "", "published by hand"),
        (53505, OnlyByHand, "", "published by hand"),
        (61004, Later, "", "IP allow-list"),
        (87014, Refused, "text", "risky"),
        (89503, Later, "", "administrator allows"),
    ],
)
def test_each_refusal_says_what_to_do(code: int, kind: type[Exception], field: str, words: str) -> None:
    error = explain(code, "no words of its own rid: 6651a2c3-1-2")
    assert type(error) is kind
    assert error.code == str(code)
    assert words in str(error)
    assert not isinstance(error, Refused) or error.field == field


def test_what_is_not_in_the_tables_is_told_in_wechats_own_words() -> None:
    error = explain(99999, "something odd hint: [abc] rid: 6651a2c3-1-2")
    assert str(error) == "WeChat refused this and said: “something odd”. Change the post and try again."


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1", "address 203.0.113.7 "),
        ("invalid ip 2001:db8::7, not in whitelist", "address 2001:db8::7 "),
        ("not in whitelist", "public address"),
    ],
)
def test_the_address_that_is_missing_from_the_list_is_read_from_the_refusal(words: str, named: str) -> None:
    assert named in str(explain(40164, words))


def test_a_busy_wechat_may_have_taken_what_publishes() -> None:
    assert type(explain(-1, "system error")) is Later
    assert type(explain(-1, "system error", irreversible=True)) is OutcomeUnknown


async def test_a_cover_is_uploaded_once(scene: Scene) -> None:
    post = draft("茶", picture())
    done = await scene.prepare(post)
    assert set(done) == {post.media[0].id, COVER, DRAFT}
    assert len(scene.theirs.media) == 1
    assert await scene.prepare(post, done) == {}
