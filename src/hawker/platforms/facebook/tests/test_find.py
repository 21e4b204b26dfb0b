"""Looking for a post whose answer was lost: what proves it, what is never taken for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, OutcomeUnknown, SignInAgain
from hawker.connect.values import Draft
from hawker.platforms.facebook.post import Post, Sought
from hawker.platforms.facebook.sandbox_world import Post as Shown
from hawker.platforms.facebook.tests.scene import Scene
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import draft, picture


async def lost_and_found(scene: Scene, post: Draft) -> str:
    since = datetime.now(UTC)
    done = await scene.lose(post)
    found = await scene.find(post, since, done)
    return found.remote_id if found else ""


@pytest.mark.parametrize(
    "post",
    [
        draft("包子出爐了！\n\nhttps://tea.example/ "),
        draft("", picture()),
        draft("Two", picture(), picture(colour="blue")),
        draft("Our menu", link="https://tea.example/menu/"),
        draft("", link="https://tea.example/menu"),
    ],
    ids=["words", "picture", "pictures", "link", "link-alone"],
)
@pytest.mark.parametrize("withholds", [False, True], ids=["says-who", "withholds-who"])
async def test_what_facebook_took_is_found(scene: Scene, post: Draft, withholds: bool) -> None:
    scene.behave(withholds=withholds)
    assert [await lost_and_found(scene, post)] == [seen.remote_id for seen in scene.pretend.published("shop")]


async def test_a_comment_is_found_among_others(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    await scene.post(draft("And coffee.", reply_to=first))
    found = await lost_and_found(scene, draft("And tea.", reply_to=first))
    assert found == scene.pretend.published("shop")[-1].remote_id


async def test_a_comment_whose_post_is_gone_is_gone(scene: Scene) -> None:
    first = await scene.post(draft("Bao"))
    reply, since = draft("And tea.", reply_to=first), datetime.now(UTC)
    done = await scene.lose(reply)
    await scene.delete(first)
    assert await scene.find(reply, since, done) is None


async def test_what_was_there_before_is_never_taken_for_it(scene: Scene) -> None:
    """The owner wrote the same words by hand a moment ago, so that nobody here knows that post."""
    page = scene.world.page("shop")
    hers = Shown(
        id=f"{page.id}_1",
        page=page,
        kind="post",
        created_at=scene.world.now(),
        text="Bao",
        link="https://a.example/",
    )
    scene.world.add(hers)
    post, since = draft("Bao", link="https://a.example/"), datetime.now(UTC)
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None


async def test_the_same_words_with_another_link_are_another_post(scene: Scene) -> None:
    post, since = draft("Menu", link="https://tea.example/1"), datetime.now(UTC)
    done = await scene.lose(post, Kind.reset_before)
    await scene.post(draft("Menu", link="https://tea.example/2"))
    assert await scene.find(post, since, done) is None


async def test_a_refusal_of_equal_words_after_a_lost_answer_is_looked_into(scene: Scene) -> None:
    """The feed lagged behind, so that the post was sent once more."""
    post, since = draft("Bao"), datetime.now(UTC)
    done = await scene.lose(post)
    scene.behave(hides=True)
    assert await scene.find(post, since, done) is None
    scene.behave(hides=False)
    with pytest.raises(OutcomeUnknown) as caught:
        await scene.send(post, done)
    assert caught.value.code == "506"
    found = await scene.find(post, since, done)
    assert [seen.remote_id for seen in scene.pretend.published("shop")] == [found.remote_id if found else ""]


@pytest.mark.parametrize("ahead", [timedelta(minutes=-4), timedelta(minutes=4)], ids=["behind", "ahead"])
async def test_clocks_may_differ(scene: Scene, ahead: timedelta) -> None:
    scene.behave(ahead=ahead)
    assert await lost_and_found(scene, draft("Bao"))


async def test_it_is_found_on_a_later_page_of_the_feed(scene: Scene) -> None:
    post, since = draft("Bao"), datetime.now(UTC)
    done = await scene.lose(post)
    for number in range(120):
        await scene.post(draft(f"Tea {number}"))
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == scene.pretend.published("shop")[0].remote_id


async def test_where_there_is_too_much_the_owner_is_asked(scene: Scene) -> None:
    post, since = draft("Bao"), datetime.now(UTC)
    done = await scene.lose(post, Kind.reset_before)
    page = scene.world.page("shop")
    for number in range(501):
        at = scene.world.now()
        scene.world.add(
            Shown(id=f"{page.id}_{number}", page=page, kind="post", created_at=at, text=f"{number}")
        )
    with pytest.raises(CannotLook):
        await scene.find(post, since, done)


async def test_a_page_that_is_out_of_sight_needs_its_owner(scene: Scene) -> None:
    post, since = draft("Bao"), datetime.now(UTC)
    done = await scene.lose(post)
    del scene.world.pages[scene.shop.remote_id]
    with pytest.raises(SignInAgain):
        await scene.find(post, since, done)


WANTED = Sought(page="7", text="Bao", link="", photos=frozenset({"31"}), pictures=1)
PICTURE = {"media_type": "photo", "target": {"id": "31"}}


@pytest.mark.parametrize(
    ("listed", "fits"),
    [
        ({"message": "Bao", "attachments": {"data": [PICTURE]}}, True),
        ({"message": "Changed by hand", "attachments": {"data": [PICTURE]}}, True),
        ({"message": "Bao", "attachments": {"data": [{"media_type": "photo"}]}}, True),
        (
            {
                "message": "Bao",
                "attachments": {"data": [{"media_type": "photo", "url": None, "target": None}]},
            },
            True,
        ),
        ({"message": "Bao", "from": {"id": "8"}, "attachments": {"data": [{"media_type": "photo"}]}}, False),
        ({"message": "Bao"}, False),
        ({"message": None, "from": None}, False),
    ],
)
def test_a_post_is_known_whatever_facebook_leaves_out(listed: dict[str, object], fits: bool) -> None:
    post = Post.model_validate({"id": "7_1", "created_time": "2026-08-07T12:34:56+0000", **listed})
    assert WANTED.fits(post) is fits
    assert post.created_time == datetime(2026, 8, 7, 12, 34, 56, tzinfo=UTC)


def test_an_address_that_facebook_wrapped_is_the_same_address() -> None:
    wanted = replace(WANTED, photos=frozenset(), pictures=0, link="https://tea.example/menu?a=1")
    wrapped = "https://l.facebook.com/l.php?u=https%3A%2F%2Ftea.example%2Fmenu%3Fa%3D1&h=AT0"
    attachments = {"data": [{"media_type": "link", "url": wrapped}]}
    assert wanted.fits(Post.model_validate({"id": "7_1", "message": "Bao", "attachments": attachments}))
