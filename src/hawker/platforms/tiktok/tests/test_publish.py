"""Publishing: what TikTok is told, and what its owner is told."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.platforms.tiktok import PLATFORM
from hawker.platforms.tiktok.tests.scene import TEXT, Scene, film, post
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.scene import problems

OFF = {"disable_comment": True, "disable_duet": True, "disable_stitch": True}


async def test_a_video_goes_out_with_its_text_and_nothing_switched_on(scene: Scene) -> None:
    published = await scene.post(post())
    [made] = scene.posts
    assert made.info == {
        **OFF,
        "title": TEXT,
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
    }
    assert published.url == f"{scene.world.site}/@shop/video/{made.id}"
    assert (published.remote_id, published.detail) == (made.id, {"publish_id": made.publish_id})


async def test_what_the_owner_chose_is_told(scene: Scene) -> None:
    wish = {"comments": "yes", "duet": "yes", "stitch": "yes", "made_with_ai": "yes", "cover": "1.5"}
    await scene.post(post(**wish))
    info = scene.posts[0].info
    assert {name: info[name] for name in OFF} == dict.fromkeys(OFF, False)
    assert (info["is_aigc"], info["video_cover_timestamp_ms"]) == (True, 1_500)


@pytest.mark.parametrize(
    ("advert", "organic", "branded"),
    [("", False, False), ("own", True, False), ("branded", False, True), ("both", True, True)],
)
async def test_what_advertises_is_marked(scene: Scene, advert: str, organic: bool, branded: bool) -> None:
    await scene.post(post(advert=advert))
    info = scene.posts[0].info
    assert (info["brand_organic_toggle"], info["brand_content_toggle"]) == (organic, branded)


async def test_photos_are_fetched_in_their_order(scene: Scene) -> None:
    red, blue = (scene.photo(pixels("JPEG", colour=colour)) for colour in ("red", "blue"))
    published = await scene.post(post(red, blue, title="Bao", music="yes", duet="yes"))
    [made] = scene.posts
    assert [file.content for file in made.files] == [red.read(), blue.read()]
    assert made.info == {
        "title": "Bao",
        "description": TEXT,
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": True,
        "auto_add_music": True,
        "brand_content_toggle": False,
        "brand_organic_toggle": False,
    }
    assert published.url == f"{scene.world.site}/@shop/photo/{made.id}"


async def test_a_draft_of_a_video_goes_to_the_inbox_without_words(scene: Scene) -> None:
    published = await scene.post(post(privacy="", goal="inbox"))
    [made] = scene.posts
    assert (made.status, made.info) == ("SEND_TO_USER_INBOX", {})
    assert (published.remote_id, published.url) == (made.publish_id, scene.shop.url)


async def test_a_draft_of_photos_goes_to_the_inbox_with_its_words(scene: Scene) -> None:
    await scene.post(post(scene.photo(), privacy="", goal="inbox"))
    [made] = scene.posts
    assert (made.status, made.info) == ("SEND_TO_USER_INBOX", {"title": "", "description": TEXT})


async def test_a_post_that_is_not_public_goes_by_its_publish_id(scene: Scene) -> None:
    published = await scene.post(post(privacy="SELF_ONLY"))
    assert published.remote_id == scene.posts[0].publish_id
    assert published.url == scene.shop.url


async def test_an_id_that_moderation_withholds_is_not_waited_for_without_end(scene: Scene) -> None:
    scene.behave(moderates=2)
    assert (await scene.post(post())).remote_id == scene.posts[0].id
    scene.behave(moderates=99)
    assert (await scene.post(post())).remote_id == scene.posts[1].publish_id


async def test_tiktok_is_asked_until_the_post_is_out(scene: Scene) -> None:
    scene.behave(works=3)
    published = await scene.post(post())
    assert published.remote_id == scene.posts[0].id


async def test_what_takes_too_long_is_looked_at_again(scene: Scene) -> None:
    scene.behave(works=99)
    with pytest.raises(OutcomeUnknown, match="Hawker looks again soon"):
        await scene.post(post())


async def test_where_tiktok_cannot_be_asked_a_last_chunk_is_not_sent(scene: Scene) -> None:
    draft = post()
    done = await scene.prepare(draft)
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/status/fetch/"))
    with pytest.raises(Later):
        await scene.send(draft, done)
    assert scene.out == []


async def test_a_look_that_fails_is_one_look_less(scene: Scene) -> None:
    photo = post(scene.photo())
    scene.network.faults.add(Fault(kind=Kind.limited, call="/status/fetch/"))
    assert (await scene.post(photo)).remote_id == scene.out[0]


async def test_where_no_look_succeeds_it_is_unknown(scene: Scene) -> None:
    photo = post(scene.photo())
    scene.network.faults.add(Fault(kind=Kind.error_before, call="/status/fetch/", times=9))
    with pytest.raises(OutcomeUnknown):
        await scene.post(photo)
    assert len(scene.out) == 1


async def test_without_a_chosen_audience_nothing_begins(scene: Scene) -> None:
    with pytest.raises(Refused, match="Choose who may see this post") as refused:
        await scene.post(post(privacy=""))
    assert (refused.value.field, scene.posts) == ("privacy", [])


async def test_an_audience_that_the_creator_gave_up_since_is_refused_before_anything_begins(
    scene: Scene,
) -> None:
    scene.behave(private=True)
    with pytest.raises(Refused, match="does not offer this audience") as refused:
        await scene.post(post())
    assert (refused.value.field, scene.posts) == ("privacy", [])


async def test_an_unaudited_app_posts_privately_or_not_at_all(scene: Scene) -> None:
    scene.behave(audited=False)
    with pytest.raises(Refused, match="has not audited your app yet") as refused:
        await scene.post(post())
    assert refused.value.field == "privacy"
    scene.behave(private=True)
    await scene.post(post(privacy="SELF_ONLY"))
    await scene.post(post(privacy="", goal="inbox"))
    assert len(scene.out) == 2


async def test_photos_from_an_address_that_is_not_verified_are_refused(scene: Scene) -> None:
    scene.behave(verified=False)
    with pytest.raises(Refused, match="URL properties") as refused:
        await scene.post(post(scene.photo()))
    assert (refused.value.field, scene.posts) == ("media", [])


async def test_photos_without_a_public_address_never_leave(scene: Scene) -> None:
    with pytest.raises(Refused, match="no public address"):
        await scene.post(post(scene.photo(public=False)))
    assert scene.posts == []


async def test_a_photo_that_cannot_be_fetched_is_explained(scene: Scene) -> None:
    photo = scene.photo()
    scene.files.says.clear()
    with pytest.raises(Refused, match="could not fetch a photo") as refused:
        await scene.post(post(photo))
    assert (refused.value.code, refused.value.field) == ("photo_pull_failed", "media")


REASONS: tuple[tuple[str, type[NetworkError], str], ...] = (
    ("file_format_check_failed", Refused, "media"),
    ("duration_check_failed", Refused, "media"),
    ("frame_rate_check_failed", Refused, "media"),
    ("picture_size_check_failed", Refused, "media"),
    ("video_pull_failed", Refused, "media"),
    ("photo_pull_failed", Refused, "media"),
    ("spam_risk", Refused, "text"),
    ("spam_risk_text", Refused, "text"),
    ("spam_risk_user_banned_from_posting", Refused, ""),
    ("spam_risk_too_many_posts", Later, ""),
    ("publish_cancelled", Refused, ""),
    ("auth_removed", SignInAgain, ""),
    ("internal", Later, ""),
    ("a_reason_of_tomorrow", Refused, "media"),
)


@pytest.mark.parametrize(("reason", "kind", "field"), REASONS)
async def test_a_failure_is_explained_and_begun_anew(
    scene: Scene, reason: str, kind: type[NetworkError], field: str
) -> None:
    scene.behave(fails=reason)
    draft = post()
    done = await scene.prepare(draft)
    for _ in range(2):
        with pytest.raises(kind) as caught:
            await scene.send(draft, done)
        assert caught.value.code == reason
        assert getattr(caught.value, "field", "") == field
    scene.behave(fails="")
    assert (len(scene.posts), scene.out) == (1, [])
    assert [(await scene.again(draft, done)).remote_id] == scene.out


async def test_a_video_that_is_too_long_for_the_account_is_refused(scene: Scene) -> None:
    scene.behave(longest=60)
    with pytest.raises(Refused, match="60 seconds at most") as refused:
        await scene.post(post(film(seconds=61)))
    assert refused.value.field == "media"


async def test_a_post_cannot_be_deleted_by_programs(scene: Scene) -> None:
    published = await scene.post(post())
    with pytest.raises(Refused, match="Delete it in the TikTok app"):
        await scene.delete(published)
    assert scene.out == [published.remote_id]


def fields(draft_fields: list[tuple[str, str]]) -> list[str]:
    return [field for field, _ in draft_fields]


def test_what_tiktok_will_refuse_is_said_while_she_writes() -> None:
    photo = replace(film(), content_type="image/jpeg", seconds=0)
    wrong = {
        "media": [
            replace(post(), media=()),
            post(film(), film()),
            post(film(), photo),
            post(film(width=350, height=640)),
            post(film(rate=15)),
        ],
        "text": [post(text="a" * 2_201), post(text="🥟" * 1_101)],
        "title": [post(photo, title="a" * 91)],
        "privacy": [post(privacy=""), post(privacy="SELF_ONLY", advert="branded")],
        "cover": [post(cover="soon"), post(cover="-1"), post(cover="4.5"), post(cover="nan")],
        "reply_to": [replace(post(), reply_to=object())],  # type: ignore[arg-type]
    }
    found = {field: [fields(problems(PLATFORM, each)) for each in drafts] for field, drafts in wrong.items()}
    assert found == {field: [[field]] * len(drafts) for field, drafts in wrong.items()}


def test_what_tiktok_takes_is_not_complained_about() -> None:
    photo = replace(film(), content_type="image/jpeg", seconds=0)
    right = (
        post(),
        post(cover="4"),
        post(text="a" * 2_200),
        post(photo, text="a" * 4_000),
        post(privacy="SELF_ONLY", advert="own"),
        post(privacy="MUTUAL_FOLLOW_FRIENDS", advert="both"),
        post(privacy="", goal="inbox", advert="branded"),
    )
    assert [problems(PLATFORM, each) for each in right] == [[]] * len(right)


def test_what_the_creator_switched_off_cannot_be_chosen() -> None:
    closed = replace(PLATFORM.limits, withheld=("comments=yes", "privacy=PUBLIC_TO_EVERYONE"))
    found = PLATFORM.publishes.check(post(comments="yes", duet="yes"), closed)
    assert [problem.field for problem in found] == ["privacy", "comments"]
    offered = {option.name: option.offered(closed).choices for option in PLATFORM.options}
    assert [choice.value for choice in offered["comments"]] == [""]
    assert "PUBLIC_TO_EVERYONE" not in {choice.value for choice in offered["privacy"]}
    assert len(offered["duet"]) == 2


def test_no_audience_is_chosen_beforehand_and_an_unaudited_app_is_told_of_there() -> None:
    [privacy] = [option for option in PLATFORM.options if option.name == "privacy"]
    assert privacy.default == ""
    assert "audited" in str(privacy.hint)
    open_doors = [
        option.default for option in PLATFORM.options if option.name in {"comments", "duet", "stitch"}
    ]
    assert open_doors == ["", "", ""]


def test_text_is_counted_in_utf_16() -> None:
    assert PLATFORM.publishes.count("包子🥟", {}, PLATFORM.limits) == 4
