from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.apps import VERSION
from hawker.connect.budgets import Reading
from hawker.connect.errors import KeyExpired, Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Heard
from hawker.connect.values import Media, Published
from hawker.platforms.linkedin import PLATFORM
from hawker.platforms.linkedin.sandbox_media import COVER, PART
from hawker.platforms.linkedin.tests.scene import Scene, asked, film
from hawker.platforms.linkedin.video import Session
from hawker.platforms.linkedin.wire import api_of
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, medium, picture
from hawker.sandbox.tests.scene import problems
from hawker.sandbox.tests.strangers import Stranger

POLL = {"question": "Tea or coffee?", "poll": "tea / coffee"}
LINK = {"link": "https://tea.invalid/menu", "link_title": "Menu", "link_text": "All that we bake"}
POSTS = "POST /rest/posts"


def page(alt: str = "A page", *, colour: str = "red") -> Media:
    return picture(alt, "JPEG", colour=colour)


async def test_words_go_out_to_everybody(scene: Scene) -> None:
    published = await scene.post(draft())
    (post,) = scene.posts
    assert (published.remote_id, published.url) == (post.urn, f"{scene.shop.site}/feed/update/{post.urn}")
    assert post.wish["visibility"] == "PUBLIC"
    assert post.wish["isReshareDisabledByAuthor"] is False
    assert post.content == {}


async def test_who_sees_and_shares_it_is_asked_for(scene: Scene) -> None:
    await scene.post(draft(audience="LOGGED_IN", shares="no"))
    (post,) = scene.posts
    assert post.wish["visibility"] == "LOGGED_IN"
    assert post.wish["isReshareDisabledByAuthor"] is True


async def test_one_picture_and_many_have_their_alternative_texts(scene: Scene) -> None:
    await scene.post(draft("One", picture("A tray")))
    await scene.post(draft("Two", picture("A tray"), picture("")))
    one, two = scene.posts
    assert [alt for _, alt in one.uploads] == ["A tray"]
    assert [alt for _, alt in two.uploads] == ["A tray", ""]
    assert list(one.content) == ["media"]
    assert list(two.content) == ["multiImage"]


async def test_a_video_goes_in_parts_of_four_mebibytes(scene: Scene) -> None:
    video = film(PART * 2 + 5)
    published = await scene.post(draft("Steam", video, title="Bao"))
    (upload,) = scene.world.uploads.values()
    assert upload.content == video.read()
    assert [len(upload.parts[number]) for number in sorted(upload.parts)] == [PART, PART, 5]
    assert published.remote_id.startswith("urn:li:ugcPost:")
    assert scene.posts[0].content == {"media": {"id": upload.urn, "title": "Bao"}}


async def test_a_picture_beside_a_video_is_its_cover(scene: Scene) -> None:
    cover = picture("Steam")
    for media in ((film(), cover), (cover, film())):
        await scene.post(draft(f"Steam {media[0].alt}{len(scene.posts)}", *media))
        upload = list(scene.world.uploads.values())[-1]
        assert upload.parts[COVER] == cover.read()
        assert list(scene.posts[-1].content) == ["media"]


async def test_a_video_that_broke_off_goes_on_with_its_next_part(scene: Scene) -> None:
    post, done = draft("Steam", film(PART * 2)), dict[str, str]()
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/dms-uploads/.*/1$", times=2))
    with pytest.raises(Later):
        await scene.prepare_into(post, done)
    scene.network.faults.clear()
    (upload,) = scene.world.uploads.values()
    rest = await scene.prepare(post, done)
    assert list(rest) == [f"{post.media[0].id}:1", post.media[0].id, "begun"]
    assert len(scene.world.uploads) == 1
    await scene.send(post, {**done, **rest})
    assert scene.posts[0].uploads[0][0].urn == upload.urn


async def test_a_video_whose_last_answer_was_lost_is_not_put_together_twice(scene: Scene) -> None:
    post = draft("Steam", film())
    begun = await scene.prepare(post)
    done = {name: value for name, value in begun.items() if name not in {post.media[0].id, "begun"}}
    rest = await scene.prepare(post, done)
    assert rest[post.media[0].id] == begun[post.media[0].id]
    assert len(scene.world.uploads) == 1


async def test_addresses_that_ran_out_are_asked_for_anew(scene: Scene) -> None:
    post = draft("Steam", film())
    begun = await scene.prepare(post)
    name = f"{post.media[0].id}:begun"
    session = Session.model_validate_json(begun[name])
    past = session.model_copy(update={"upload_urls_expire_at": int(datetime.now(UTC).timestamp() * 1000)})
    done = {**begun, name: past.model_dump_json()}
    del done[post.media[0].id], done["begun"]
    rest = await scene.prepare(post, done)
    assert Session.model_validate_json(rest[name]).video != session.video
    await scene.send(post, {**done, **rest})
    assert scene.posts[0].uploads[0][0].urn != session.video


async def test_a_document_is_made_of_the_pictures(scene: Scene) -> None:
    pages = (page("One"), page("Two", colour="blue"))
    await scene.post(draft("Leaf", *pages, kind="document", title="Menu"))
    (upload,) = scene.world.uploads.values()
    assert upload.content_type == "application/pdf"
    assert all(each.read() in upload.content for each in pages)
    assert scene.posts[0].content == {"media": {"id": upload.urn, "title": "Menu"}}


async def test_a_document_of_what_is_no_jpeg_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.prepare(draft("Leaf", picture(), kind="document", title="Menu"))
    assert caught.value.field == "media"


async def test_a_picture_is_taken_only_with_the_token(scene: Scene) -> None:
    owner = {"initializeUploadRequest": {"owner": scene.shop.remote_id}}
    api = api_of(scene.http, scene.shop)
    await api.do("/rest/images?action=initializeUpload", owner)
    (upload,) = scene.world.uploads.values()
    with pytest.raises(KeyExpired):
        await replace(api, token="").put(f"{api.server}/dms-uploads/{upload.number}/0", picture().read())
    assert upload.content == b""


async def test_a_link_is_a_card_with_a_picture(scene: Scene) -> None:
    await scene.post(asked("Bare", LINK))
    await scene.post(asked("With a picture", LINK, picture()))
    bare, shown = scene.posts
    (upload,) = scene.world.uploads.values()
    card = {"source": LINK["link"], "title": "Menu", "description": "All that we bake"}
    assert bare.content == {"article": card}
    assert shown.content == {"article": {**card, "thumbnail": upload.urn}}


async def test_a_poll_is_asked(scene: Scene) -> None:
    await scene.post(draft("Help us choose", poll_time="ONE_DAY", question="Which?", poll="茶／咖啡 / 水"))
    assert scene.posts[0].content["poll"] == {
        "question": "Which?",
        "options": [{"text": "茶"}, {"text": "咖啡"}, {"text": "水"}],
        "settings": {"duration": "ONE_DAY"},
    }


async def test_a_member_publishes_though_she_may_not_ask_for_her_pictures(member: Scene) -> None:
    """LinkedIn may still work on them then: the post itself is answered so, and tried again."""
    member.behave(works=2)
    post = draft("Mine", picture())
    done = await member.prepare(post)
    for _ in range(2):
        with pytest.raises(Later, match="still working"):
            await member.send(post, done)
    await member.send(post, done)
    assert [each.author.urn for each in member.posts] == [member.shop.remote_id]


async def test_a_page_waits_for_its_media_before_it_is_ready(scene: Scene) -> None:
    scene.behave(works=9)
    post, done = draft("Slow", picture(), film()), dict[str, str]()
    with pytest.raises(Later, match="still working"):
        await scene.prepare_into(post, done)
    scene.behave(works=1)
    for upload in scene.world.uploads.values():
        upload.looks = 0
    await scene.prepare_into(post, done)
    await scene.send(post, done)
    assert len(scene.world.uploads) == len(scene.posts) == 1


async def test_a_picture_that_linkedin_cannot_read_is_refused(scene: Scene, member: Scene) -> None:
    scene.behave(works=0)
    for each in (scene, member):
        with pytest.raises(Refused, match="cannot read") as caught:
            await each.post(draft("Odd", medium(b"none")))
        assert caught.value.field == "media"
    assert scene.posts == []


@pytest.mark.parametrize(
    ("post", "fields"),
    [
        (draft(""), ["text"]),
        (draft("", picture()), []),
        (draft("x", *(picture() for _ in range(21))), ["media"]),
        (draft("x", film(), film()), ["media"]),
        (draft("x", film(70_000)), ["media"]),
        (draft("x", film(), picture(), picture()), ["media"]),
        (draft("x", film(), picture()), []),
        (draft("x", kind="document", title="A"), ["media"]),
        (draft("x", film(), kind="document", title="A"), ["media"]),
        (draft("x", page(), kind="document"), ["title"]),
        (draft("x", page(), kind="document", title="A"), []),
        (draft("x", link="tea.invalid", link_title="Tea"), ["link"]),
        (draft("x", link="https://tea.invalid"), ["link_title"]),
        (asked("x", LINK, picture(), picture()), ["link"]),
        (asked("x", LINK, film()), ["link"]),
        (asked("x", LINK), []),
        (asked("x", POLL), []),
        (draft("x", question="Which?"), ["poll"]),
        (draft("x", poll="tea / coffee"), ["question"]),
        (draft("x", question="Which?", poll="a/b/c/d/e"), ["poll"]),
        (draft("x", question="Which?", poll=f"a/{'b' * 31}"), ["poll"]),
        (draft("x", question="?" * 141, poll="a/b"), ["question"]),
        (asked("x", POLL, picture()), ["poll"]),
        (asked("x", {**POLL, **LINK}), ["poll"]),
        (draft("x", audience="CONNECTIONS"), ["audience"]),
        (draft("x" * 1251, reply_to=Published(remote_id="1", url="")), ["text"]),
        (draft("x", picture(), reply_to=Published(remote_id="1", url="")), ["media"]),
        (draft("x", reply_to=Published(remote_id="1", url=""), link="odd"), []),
    ],
)
def test_what_linkedin_will_refuse_is_said_beforehand(post: object, fields: list[str]) -> None:
    assert [field for field, _ in problems(PLATFORM, post)] == fields  # type: ignore[arg-type]


async def test_what_was_said_beforehand_is_not_uploaded(scene: Scene) -> None:
    with pytest.raises(Refused):
        await scene.prepare(asked("x", POLL, picture()))
    assert scene.world.uploads == {}


async def test_the_version_of_the_api_is_a_setting(scene: Scene) -> None:
    scene.behave(active=("202603",))
    with pytest.raises(Later, match="HAWKER_API_VERSIONS") as caught:
        await scene.post(draft())
    assert caught.value.code == "NONEXISTENT_VERSION"
    older = scene.at(replace(scene.shop, app={**scene.shop.app, VERSION: "202603"}))
    await older.post(draft())
    assert len(scene.posts) == 1


def test_the_end_of_every_version_is_known() -> None:
    assert PLATFORM.app
    assert all(version.sunset for version in PLATFORM.app.versions)


async def test_a_text_that_linkedin_counts_with_its_escapes_is_refused_at_the_text(scene: Scene) -> None:
    scene.behave(counts_escapes=True)
    with pytest.raises(Refused, match=r"3,000") as caught:
        await scene.post(draft("(" * 3000))
    assert caught.value.field == "text"


async def test_a_page_that_the_member_runs_no_more_wants_a_sign_in(scene: Scene) -> None:
    other = scene.at(replace(scene.shop, remote_id="urn:li:organization:1"))
    with pytest.raises(SignInAgain, match="administrator"):
        await other.send(draft())


async def test_an_answer_without_an_id_leaves_the_outcome_unknown(scene: Scene, stranger: Stranger) -> None:
    comment = "POST /rest/socialActions/urn:li:share:1/comments"
    stranger.says = {POSTS: web.Response(status=201), comment: web.Response(status=201)}
    there = scene.beside(stranger)
    with pytest.raises(OutcomeUnknown):
        await there.send(draft())
    with pytest.raises(OutcomeUnknown):
        await there.send(draft(reply_to=Published(remote_id="urn:li:share:1", url="")))


@pytest.mark.parametrize("bodiless", [False, True])
async def test_a_comment_is_plain_and_can_be_deleted(scene: Scene, bodiless: bool) -> None:
    scene.behave(bodiless=bodiless)
    first = await scene.post(draft())
    comment = await scene.post(draft("And (tea) #now", reply_to=first))
    (kept,) = scene.world.comments.values()
    assert (kept.text, kept.under) == ("And (tea) #now", first.remote_id)
    assert comment.remote_id == kept.urn
    await scene.delete(comment)
    await scene.delete(comment)
    assert (len(scene.world.comments), len(scene.posts)) == (0, 1)


async def test_a_member_comments_too(member: Scene) -> None:
    first = await member.post(draft())
    await member.post(draft("And tea", reply_to=first))
    assert [each.author.urn for each in member.world.comments.values()] == [member.shop.remote_id]


async def test_who_may_not_comment_keeps_the_channel(scene: Scene) -> None:
    """A sign-in would change nothing: it is the app that has no right to comments."""
    first = await scene.post(draft())
    given = scene.world.give("shop", "pretend-community", frozenset(["w_organization_social_feeds"]))
    poor = scene.at(replace(scene.shop, secrets={"access_token": str(given["access_token"])}))
    with pytest.raises(Refused, match="let Hawker comment here"):
        await poor.post(draft("And tea", reply_to=first))


async def test_a_comment_that_is_too_long_is_refused_as_a_comment(scene: Scene) -> None:
    first = await scene.post(draft())
    with pytest.raises(Refused, match=r"1,250") as caught:
        await scene.post(draft("x" * 1251, reply_to=first))
    assert caught.value.field == "text"


async def test_what_linkedin_does_not_know_of_yet_is_asked_about_again(scene: Scene) -> None:
    post, done = draft("Slow", picture()), dict[str, str]()
    scene.behave(works=9)
    with pytest.raises(Later):
        await scene.prepare_into(post, done)
    (upload,) = scene.world.uploads.values()
    del scene.world.uploads[upload.urn]
    with pytest.raises(Later, match="still working"):
        await scene.prepare_into(post, done)


async def test_a_comment_below_a_post_that_is_gone_is_refused(scene: Scene) -> None:
    first = await scene.post(draft())
    await scene.delete(first)
    with pytest.raises(Refused) as caught:
        await scene.post(draft("And tea", reply_to=first))
    assert caught.value.field == "reply_to"


async def test_a_comment_below_a_comment_is_refused(scene: Scene) -> None:
    first = await scene.post(draft())
    comment = await scene.post(draft("And tea", reply_to=first))
    with pytest.raises(Refused, match="not below other comments"):
        await scene.post(draft("And cake", reply_to=comment))


async def test_a_post_of_somebody_else_is_not_deleted(scene: Scene, member: Scene) -> None:
    first = await scene.post(draft())
    with pytest.raises(SignInAgain):
        await member.delete(first)
    assert len(scene.posts) == 1


@pytest.mark.parametrize(
    ("body", "wait"),
    [
        ({"status": 429, "message": "Resource level throttle MEMBER DAY limit is reached."}, True),
        ({"status": 429, "message": "Too fast."}, False),
    ],
)
async def test_a_days_limit_ends_at_midnight_utc(
    scene: Scene, stranger: Stranger, body: Mapping[str, object], wait: bool
) -> None:
    stranger.says = {POSTS: web.json_response(body, status=429)}
    before, heard = datetime.now(UTC), list[Heard]()
    listening = replace(scene, http=scene.http.heard_by(heard.append))
    with pytest.raises(Later) as caught:
        await listening.beside(stranger).send(draft())
    told = Reading(budget="wait", left=0, resets_at=caught.value.at)
    assert list(PLATFORM.budgets.read(heard[0])) == [told]
    if not wait:
        assert caught.value.at is None
        return
    assert caught.value.at is not None
    assert before < caught.value.at <= before + timedelta(days=1, minutes=1)
    assert caught.value.at.time().isoformat() == "00:00:00"
