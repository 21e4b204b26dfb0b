from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Json
from hawker.connect.values import Draft
from hawker.platforms.linkedin.publish import BEGUN
from hawker.platforms.linkedin.sandbox_world import Comment
from hawker.platforms.linkedin.tests.scene import Scene, asked, film
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture
from hawker.sandbox.tests.scene import NONE
from hawker.sandbox.tests.strangers import Stranger

POLL = {"question": "Which?", "poll": "tea / coffee"}
LINK = {"link": "https://tea.invalid/menu", "link_title": "Menu"}
TEXTS = [
    TEXT,
    "剛出爐的肉包（五十元）\n\n#早餐 #2026",
    "  a_b*c  (https://tea.invalid/menu)",
    "@shop says {hello}",
]
POSTS, ORGANIZATION = "GET /rest/posts", "urn:li:organization:1"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("way", [{}, {"shortens": True}, {"unmarked": True}])
async def test_a_post_that_arrived_is_found(scene: Scene, text: str, way: dict[str, bool]) -> None:
    scene.behave(**way)
    since, post = scene.world.now(), draft(text)
    done = await scene.lose(post)
    await scene.post(draft("Something else"))
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == scene.posts[0].urn


@pytest.mark.parametrize(
    "make",
    [
        lambda: draft("Look", picture()),
        lambda: draft("Look", picture(), picture()),
        lambda: draft("Look", film()),
        lambda: asked("Look", LINK),
        lambda: asked("Look", POLL),
    ],
)
async def test_what_is_beside_the_words_tells_posts_apart(scene: Scene, make: Callable[[], Draft]) -> None:
    since, post = scene.world.now(), make()
    for neighbour in (draft("Look"), draft("Look", question="What?", poll="a / b")):
        await scene.post(neighbour)
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, since, done) is None
    found = await scene.find(post, since, await scene.lose(post))
    assert found is not None
    assert found.remote_id == scene.posts[-1].urn


async def test_our_upload_proves_a_post_whatever_its_words_became(scene: Scene) -> None:
    since, post = scene.world.now(), draft(TEXT, picture())
    done = await scene.lose(post)
    (kept,) = scene.posts
    scene.world.posts[kept.urn] = replace(kept, wish={**kept.wish, "commentary": "Edited meanwhile"})
    found = await scene.find(post, since, done)
    assert found is not None
    assert found.remote_id == kept.urn


async def test_a_card_that_linkedin_made_by_itself_hides_nothing(scene: Scene) -> None:
    since, post = scene.world.now(), draft("Menu: https://tea.invalid/menu")
    done = await scene.lose(post)
    (kept,) = scene.posts
    card: dict[str, Json] = {"article": {"source": "https://tea.invalid/menu", "title": "Menu"}}
    scene.world.posts[kept.urn] = replace(kept, wish={**kept.wish, "content": card})
    assert await scene.find(post, since, done) is not None


@pytest.mark.parametrize("minutes", [-30, 30])
async def test_a_clock_that_is_wrong_hides_nothing(scene: Scene, minutes: int) -> None:
    before = draft()
    await scene.post(before)
    scene.behave(ahead=timedelta(minutes=minutes), remembers=timedelta(0))
    since, post = datetime.now(UTC), draft("Another")
    done = await scene.lose(post)
    assert await scene.find(post, since, done) is not None


async def test_pages_are_turned_until_the_last(scene: Scene) -> None:
    since, post = scene.world.now(), draft("The first")
    done = await scene.lose(post)
    for number in range(101):
        await scene.send(draft(f"Number {number}"))
    assert await scene.find(post, since, done) is not None


async def test_older_posts_are_not_all_listed(scene: Scene, stranger: Stranger) -> None:
    old = [{"id": f"urn:li:share:{number}", "createdAt": 1_700_000_000_000} for number in range(100)]
    stranger.says = {POSTS: web.json_response({"elements": old})}
    assert await scene.beside(stranger).find(draft(), datetime.now(UTC)) is None
    assert stranger.heard == [POSTS]


async def test_a_list_without_end_is_left_to_the_owner(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {POSTS: web.json_response({"elements": [{"id": "urn:li:share:1"}] * 100})}
    with pytest.raises(CannotLook, match="Look at LinkedIn"):
        await scene.beside(stranger).find(draft(), datetime.now(UTC))


@pytest.mark.parametrize(
    "answer",
    [
        web.json_response({"paging": {}}),
        web.json_response(["hello"]),
        web.json_response({"elements": [{"commentary": "no id"}]}),
        web.Response(text="<h1>Hello</h1>", content_type="text/html"),
    ],
)
async def test_an_answer_that_lists_nothing_is_not_taken_for_absence(
    scene: Scene, stranger: Stranger, answer: web.Response
) -> None:
    stranger.says = {POSTS: answer}
    with pytest.raises(Later):
        await scene.beside(stranger).find(draft(), datetime.now(UTC))


async def test_on_a_members_own_profile_the_owner_is_asked(member: Scene) -> None:
    since, post = datetime.now(UTC), draft()
    done = await member.lose(post)
    with pytest.raises(CannotLook, match="your own profile"):
        await member.find(post, since, done)
    member.behave(opens_members=True)
    assert await member.find(post, since, done) is not None


async def test_a_page_that_may_not_be_read_wants_a_sign_in(scene: Scene) -> None:
    scopes = frozenset(["w_organization_social", "rw_organization_admin"])
    given = scene.world.give("shop", "pretend-community", scopes)
    poor = scene.at(replace(scene.shop, secrets={"access_token": str(given["access_token"])}))
    with pytest.raises(SignInAgain):
        await poor.find(draft(), datetime.now(UTC))


@pytest.mark.parametrize("who", ["page", "member"])
async def test_a_post_whose_answer_was_lost_is_adopted_when_it_is_refused_as_a_double(
    scene: Scene, who: str
) -> None:
    """Its id tells when it was made, where LinkedIn lets nobody read it."""
    at = scene if who == "page" else await scene.as_member()
    post = draft(TEXT, picture())
    scene.behave(ahead=timedelta(seconds=-10))
    done = await at.lose(post)
    scene.behave(ahead=timedelta(0))
    published = await at.send(post, _minutes_ago(done))
    assert [each.urn for each in scene.posts] == [published.remote_id]


@pytest.mark.parametrize("who", ["page", "member"])
async def test_the_same_words_as_in_an_earlier_post_are_refused_with_its_address(
    scene: Scene, who: str
) -> None:
    """Also where that one went out in the same second."""
    at = scene if who == "page" else await scene.as_member()
    first = await at.post(draft())
    with pytest.raises(Refused, match="earlier post") as caught:
        await at.post(draft())
    assert (caught.value.field, caught.value.code) == ("text", "DUPLICATE_POST")
    assert first.url in str(caught.value)
    assert len(scene.posts) == 1


async def test_a_lost_post_is_not_taken_for_the_next_one_with_the_same_words(scene: Scene) -> None:
    since, lost = scene.world.now(), draft()
    done = await scene.lose(lost)
    with pytest.raises(Refused, match="earlier post"):
        await scene.post(draft())
    assert await scene.find(lost, since, done) is not None


async def test_an_earlier_post_is_told_by_its_time_where_this_one_has_waited(scene: Scene) -> None:
    first = await scene.post(draft())
    scene.world.posts[first.remote_id] = replace(
        scene.posts[0], created_at=scene.world.now() - timedelta(minutes=10)
    )
    post = draft()
    with pytest.raises(Refused, match="earlier post"):
        await scene.send(post, _minutes_ago(await scene.prepare(post)))


async def test_an_earlier_post_of_a_member_is_told_by_its_id(member: Scene) -> None:
    member.behave(ahead=timedelta(hours=-2))
    await member.post(draft())
    member.behave(ahead=timedelta(0))
    post = draft()
    with pytest.raises(Refused, match="earlier post"):
        await member.send(post, _minutes_ago(await member.prepare(post)))


@pytest.mark.parametrize("seconds", [0, -1])
@pytest.mark.parametrize("who", ["page", "member"])
async def test_a_double_of_a_post_that_never_was_is_not_adopted(scene: Scene, who: str, seconds: int) -> None:
    """Nor where LinkedIn's clock is a little behind ours."""
    at = scene if who == "page" else await scene.as_member()
    scene.behave(ahead=timedelta(seconds=seconds))
    await at.post(draft())
    scene.behave(ghosts=True)
    post = draft()
    with pytest.raises(Refused, match="gone by now") as caught:
        await at.send(post, _minutes_ago(await at.prepare(post)))
    assert caught.value.field == "text"


async def test_a_double_of_a_deleted_post_is_refused(scene: Scene) -> None:
    await scene.delete(await scene.post(draft()))
    with pytest.raises(Refused, match="gone by now"):
        await scene.post(draft())


@pytest.mark.parametrize(("urn", "kind"), [("urn:li:share:1", OutcomeUnknown), ("", Refused)])
async def test_a_double_that_does_not_say_when_it_was_made_is_told_by_its_id(
    scene: Scene, stranger: Stranger, urn: str, kind: type[NetworkError]
) -> None:
    scene.behave(ahead=timedelta(hours=-2))
    named = urn or f"urn:li:share:{scene.world.number()}"
    body = {"status": 422, "code": "DUPLICATE_POST", "message": f"a duplicate of {named}"}
    stranger.says = {
        "POST /rest/posts": web.json_response(body, status=422),
        f"GET /rest/posts/{named}": web.json_response({"id": named, "commentary": TEXT}),
    }
    with pytest.raises(kind):
        await scene.beside(stranger).send(draft(), _minutes_ago())


async def test_a_double_of_nothing_that_is_named_is_looked_for(scene: Scene) -> None:
    since, post = scene.world.now(), draft()
    done = await scene.lose(post)
    scene.behave(nameless=True)
    with pytest.raises(OutcomeUnknown, match="Hawker looks for it"):
        await scene.send(post, _minutes_ago(done))
    assert await scene.find(post, since, done) is not None


async def test_a_first_call_that_is_refused_as_a_double_has_nothing_to_look_for(scene: Scene) -> None:
    """Whatever LinkedIn names, or names not: else the look finds nothing, and it is sent over and over."""
    await scene.post(draft())
    scene.behave(nameless=True)
    with pytest.raises(Refused, match="an earlier post has them") as caught:
        await scene.post(draft())
    assert caught.value.field == "text"


@pytest.mark.parametrize("urn", ["urn:li:share:1", "urn:li:share:99999999999999999999999999"])
async def test_an_id_that_tells_no_time_leaves_the_outcome_unknown(
    scene: Scene, stranger: Stranger, urn: str
) -> None:
    inputs = [{"code": "DUPLICATE_POST", "description": "Duplicate post is detected"}]
    body = {"status": 422, "message": f"a duplicate of {urn}", "errorDetails": {"inputErrors": inputs}}
    closed = {"status": 403, "code": "ACCESS_DENIED", "message": "Not enough permissions"}
    stranger.says = {
        "POST /rest/posts": web.json_response(body, status=422),
        f"GET /rest/posts/{urn}": web.json_response(closed, status=403),
    }
    with pytest.raises(OutcomeUnknown):
        await scene.beside(stranger).send(draft(), _minutes_ago())
    with pytest.raises(Refused, match="earlier post"):
        await scene.beside(stranger).post(draft())


async def test_a_fault_while_the_double_is_read_leaves_the_outcome_unknown(
    scene: Scene, stranger: Stranger
) -> None:
    body = {"status": 422, "code": "DUPLICATE_POST", "message": "a duplicate of urn:li:share:5"}
    stranger.says = {
        "POST /rest/posts": web.json_response(body, status=422),
        "GET /rest/posts/urn:li:share:5": web.Response(status=500),
    }
    with pytest.raises(OutcomeUnknown):
        await scene.beside(stranger).send(draft(), _minutes_ago())


async def test_a_comment_that_arrived_is_found_and_one_that_did_not_is_not(scene: Scene) -> None:
    since, first = scene.world.now(), await scene.post(draft())
    comment = draft("And (tea)", reply_to=first)
    await scene.lose(comment, Kind.reset_before)
    assert await scene.find(comment, since) is None
    await scene.lose(comment)
    found = await scene.find(comment, since)
    assert found is not None
    assert [found.remote_id] == [each.urn for each in scene.world.comments.values()]
    assert await scene.find(comment, since, known={found.remote_id}) is None
    assert await scene.find(comment, since + timedelta(minutes=1)) is None


async def test_a_comment_of_somebody_else_is_not_ours(scene: Scene) -> None:
    since, first = scene.world.now(), await scene.post(draft())
    other = scene.world.member("bob")
    comment = Comment(id="7", author=other, created_at=scene.world.now(), under=first.remote_id, text="Tea")
    scene.world.comments["7"] = comment
    assert await scene.find(draft("Tea", reply_to=first), since) is None


async def test_below_a_post_that_is_gone_there_is_no_comment(scene: Scene) -> None:
    since, first = scene.world.now(), await scene.post(draft())
    comment = draft("And tea", reply_to=first)
    await scene.lose(comment)
    await scene.delete(first)
    assert await scene.find(comment, since) is None


async def test_a_members_comments_are_hers_to_look_for(member: Scene) -> None:
    since, first = datetime.now(UTC), await member.post(draft())
    comment = draft("And tea", reply_to=first)
    await member.lose(comment)
    with pytest.raises(CannotLook, match="read the comments here"):
        await member.find(comment, since)


async def test_a_page_whose_comments_are_closed_to_the_app_keeps_its_channel(scene: Scene) -> None:
    since, first = datetime.now(UTC), await scene.post(draft())
    given = scene.world.give("shop", "pretend-community", frozenset(["w_organization_social_feed"]))
    poor = scene.at(replace(scene.shop, secrets={"access_token": str(given["access_token"])}))
    comment = draft("And tea", reply_to=first)
    await poor.lose(comment)
    with pytest.raises(CannotLook, match="read the comments here"):
        await poor.find(comment, since)


async def test_comments_without_end_are_left_to_the_owner(scene: Scene, stranger: Stranger) -> None:
    first = await scene.post(draft())
    path = f"GET /rest/socialActions/{first.remote_id}/comments"
    stranger.says = {path: web.json_response({"elements": [{"id": "1", "actor": ORGANIZATION}] * 100})}
    with pytest.raises(CannotLook, match="too many comments"):
        await scene.beside(stranger).find(draft("And tea", reply_to=first), datetime.now(UTC))


def _minutes_ago(done: Mapping[str, str] = NONE) -> Mapping[str, str]:
    """The steps of a draft that was ready a while ago, and may have been sent since."""
    return {**done, BEGUN: (datetime.now(UTC) - timedelta(minutes=3)).isoformat()}
