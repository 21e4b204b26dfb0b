"""A post's page: where each delivery stands, in words, and when the browser looks again."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.connect.values import Draft
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.channels.rules import State as ChannelState
from hawker.core.media import actions as media
from hawker.core.media.making import key_of
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.media.queries import value
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Outcome, State
from hawker.web.posts.tests.ledger import BUSY, DEAD, GONE, HIDDEN, LOST, TOO_LONG, look, send, take, write
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg
from tests.videos import video


def page(somebody: Somebody, post: Post) -> str:
    return visitor(somebody).get(f"/posts/{post.id}").content.decode()


def pace(html: str) -> str:
    found = re.search(r'hx-trigger="every (\w+)"', html)
    return found[1] if found else ""


def test_a_post_that_went_out_links_to_where_it_is(alice: Somebody, commentable: list[Channel]) -> None:
    post = write(alice, commentable, comment="Till eight")
    send()
    send()
    html = page(alice, post)
    assert html.count('href="https://network.example/1"') == 2 * len(commentable)
    assert text_of(html).count("First comment") == len(commentable) + 1
    assert "Published" in text_of(html)
    assert pace(html) == ""


def test_a_refusal_shows_the_networks_words_its_code_and_what_to_do(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = write(alice, shop)
    send(TOO_LONG)
    html = page(alice, post)
    assert "The network finds it too long. Code: E422" in text_of(html)
    assert html.count(f'href="/posts/{post.id}/edit"') == len(shop) + 1
    for row in Delivery.objects.all():
        assert f"/posts/deliveries/{row.id}/retry" in html


def test_a_dead_key_leads_to_signing_in(alice: Somebody, bob: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    send(DEAD)
    for channel in shop:
        assert f"/channels/{channel.id}/again" in page(alice, post)
        assert f"/channels/{channel.id}/again" not in page(bob, post)


def test_what_is_scheduled_for_a_channel_that_is_signed_out_waits_for_that(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = write(alice, shop[:1])
    Channel.objects.filter(id=shop[0].id).update(state=ChannelState.needs_sign_in)
    html = page(alice, post)
    assert "Waits for your sign-in" in text_of(html)
    assert f"/channels/{shop[0].id}/again" in html
    assert pace(html) == ""


@pytest.mark.parametrize(
    ("outcome", "words", "again"),
    [
        (BUSY, "Tries again", "2s"),
        (LOST, "Looking whether it is there…", "2s"),
        (TOO_LONG, "Not published", ""),
        (DEAD, "Waits for your sign-in", ""),
        (GONE, "Published", ""),
    ],
)
def test_every_state_has_words_and_a_pace(
    alice: Somebody, shop: list[Channel], outcome: Outcome, words: str, again: str
) -> None:
    post = write(alice, shop)
    send(outcome)
    html = page(alice, post)
    assert words in text_of(html)
    assert pace(html) == again


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.held, "On hold"),
        (State.cancelled, "Cancelled"),
        (State.late, "Missed its time"),
        (State.removed, "Taken down"),
    ],
)
def test_states_that_people_settle_do_not_move_by_themselves(
    alice: Somebody, shop: list[Channel], state: State, words: str
) -> None:
    post = write(alice, shop)
    Delivery.objects.update(state=state, look_at=None)
    assert words in text_of(page(alice, post))
    assert pace(page(alice, post)) == ""


def test_what_cannot_be_found_out_is_said_and_asked_no_more(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    send(LOST)
    look(HIDDEN, timezone.now() + timedelta(minutes=1))
    html = page(alice, post)
    assert "Cannot be found out: look for it there Nobody can look there. Code: hidden" in text_of(html)
    assert pace(html) == ""


def test_what_is_in_hand_is_looked_at_every_two_seconds_and_what_waits_for_days_is_not(
    alice: Somebody, shop: list[Channel]
) -> None:
    later = write(alice, shop, at=timezone.now() + timedelta(days=2))
    assert "Goes out" in text_of(page(alice, later))
    assert pace(page(alice, later)) == "30s"
    soon = write(alice, shop)
    assert "About to go out…" in text_of(page(alice, soon))
    take()
    assert "Getting ready…" in text_of(page(alice, soon))
    assert pace(page(alice, soon)) == "2s"


def test_the_moving_part_is_sent_only_when_it_has_changed(alice: Somebody, shop: list[Channel]) -> None:
    post, client = write(alice, shop), visitor(alice)
    path = page(alice, post).split('hx-get="')[1].split('"')[0]
    assert client.get(path).status_code == 204
    send()
    part = client.get(path)
    assert part.status_code == 200
    assert 'id="news" hx-swap-oob' in part.content.decode()
    assert "Published" in text_of(part.content.decode())
    assert "hx-trigger" not in part.content.decode()


def test_a_page_costs_eight_queries_at_most_however_much_is_on_it(
    alice: Somebody, commentable: list[Channel]
) -> None:
    """The composer one more: it offers the lists of people, as some network here delivers to these too."""
    client, counted = visitor(alice), []
    pictures = tuple(media.add(alice.actor, f"{name}.jpg", jpeg()).id for name in "abc")
    for number, channels in ((1, commentable[:1]), (3, commentable)):
        post = write(alice, channels, pictures=pictures[:number], comment="Till eight")
        for path in ("", "/edit", "/move", "/delete"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/posts/{post.id}{path}").status_code == 200
            counted.append(len(queries))
    assert counted[:4] == counted[4:]
    page, edit, *others = counted[:4]
    assert edit <= 9
    assert max(page, *others) <= 8


def test_the_page_shows_pictures_with_their_alternative_texts(alice: Somebody, shop: list[Channel]) -> None:
    picture = media.add(alice.actor, "tea.jpg", jpeg()).id
    html = page(alice, write(alice, shop, pictures=(picture,), draft=True))
    assert f'src="/media/{picture}/small" alt="A basket"' in html


OFFERS = {
    "publish": "/do/publish",
    "hold": "/do/hold",
    "resume": "/do/resume",
    "cancel": "/do/cancel",
    "move": "/move",
    "edit": "/edit",
    "delete": "/delete",
}


def offered(somebody: Somebody, post: Post) -> set[str]:
    html = page(somebody, post)
    return {name for name, path in OFFERS.items() if f'"/posts/{post.id}{path}"' in html}


def test_only_what_is_possible_is_offered(alice: Somebody, shop: list[Channel]) -> None:
    idea = write(alice, shop, draft=True)
    assert offered(alice, idea) == {"publish", "move", "edit", "delete"}
    assert offered(alice, write(alice, [], draft=True)) == {"edit", "delete"}
    post = write(alice, shop, at=timezone.now() + timedelta(days=1))
    assert offered(alice, post) == {"hold", "cancel", "move", "edit", "delete"}
    actions.hold(alice.actor, post.id)
    assert offered(alice, post) == {"resume", "cancel", "move", "edit", "delete"}
    gone = write(alice, shop)
    send()
    assert offered(alice, gone) == set()


def test_each_role_is_offered_what_it_may(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, at=timezone.now() + timedelta(days=1))
    by_role = {role: offered(colleague(alice, role, role), post) for role in Role if role is not Role.owner}
    commands = {"hold", "cancel", "move"}
    assert by_role == {
        Role.manager: commands | {"edit", "delete"},
        Role.editor: commands | {"edit", "delete"},
        Role.approver: commands,
        Role.analyst: set(),
    }


def test_a_stranger_finds_no_page(alice: Somebody, charlie: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    for path in (f"/posts/{post.id}", f"/posts/{post.id}/progress"):
        assert visitor(charlie).get(path).status_code == 404


def test_a_comment_that_waits_for_its_post_is_not_moved_or_held_alone(
    alice: Somebody, commentable: list[Channel]
) -> None:
    post = write(alice, commentable, comment="Till eight")
    take()
    assert offered(alice, post) == {"cancel"}


def in_hand(alice: Somebody, channel: Channel) -> tuple[Post, Delivery, MediaFile]:
    """A post with a video that must be made right for the channel, in a worker's hands."""
    file = SimpleUploadedFile("tea.mp4", video("-c:v", "mpeg4", "-c:a", "aac"))
    film = media.add_file(alice.actor, "tea.mp4", file)
    post = write(alice, [channel], pictures=(film.id,))
    take()
    return post, Delivery.objects.get(), film


def holding(row: Delivery, film: MediaFile, percent: int) -> Rendition:
    """Somebody is at what this delivery needs."""
    network, limits = platform(row.channel.platform), limits_of(row.channel)
    medium = value(film, "")
    draft = Draft(key=row.key, text=row.post.text, language="en", media=(medium,))
    (shape,) = network.shapes(draft, limits)
    key = key_of(medium, shape)
    assert key
    now = timezone.now()
    return Rendition.objects.create(
        workspace_id=film.workspace_id,
        media=film,
        recipe=key[1],
        progress=percent,
        held_by=row.id,
        held_until=now + timedelta(minutes=1),
        used_at=now,
    )


@pytest.fixture
def taking(shop: list[Channel]) -> Channel:
    """A channel that takes videos."""
    return next(each for each in shop if limits_of(each).video_types)


def test_a_video_that_is_made_right_is_told_with_how_far_it_is(alice: Somebody, taking: Channel) -> None:
    post, row, film = in_hand(alice, taking)
    assert "Getting ready…" in text_of(page(alice, post))
    holding(row, film, 40)
    html = page(alice, post)
    assert "Making the video right… 40 %" in text_of(html)
    assert 'max="100" value="40"' in html
    assert pace(html) == "2s"


def test_the_page_follows_and_reads_out_no_percentages(alice: Somebody, taking: Channel) -> None:
    post, row, film = in_hand(alice, taking)
    held = holding(row, film, 40)
    client = visitor(alice)
    first = client.get(f"/posts/{post.id}").content.decode()
    again = re.search(r'hx-get="([^"]+)"', first)
    assert again
    address = again[1].replace("&amp;", "&")
    assert client.get(address).status_code == 204
    Rendition.objects.filter(id=held.id).update(progress=60)
    moved = client.get(address).content.decode()
    assert "60 %" in text_of(moved)
    assert 'id="news"' not in moved
    Rendition.objects.filter(id=held.id).update(held_until=None)
    assert 'id="news"' in client.get(address).content.decode()


def test_steps_of_an_upload_are_counted(alice: Somebody, taking: Channel) -> None:
    post, row, _ = in_hand(alice, taking)
    Delivery.objects.filter(id=row.id).update(steps={"session": "1", "stored": "2"})
    assert "Uploading… 2 steps of the upload are done" in text_of(page(alice, post))


def test_a_page_of_a_video_in_the_making_costs_eight_queries(alice: Somebody, taking: Channel) -> None:
    post, row, film = in_hand(alice, taking)
    holding(row, film, 40)
    client = visitor(alice)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/posts/{post.id}")
    assert len(queries) <= 8


def test_a_video_of_the_post_can_be_watched(alice: Somebody, taking: Channel) -> None:
    post, _, film = in_hand(alice, taking)
    assert f'<video src="/media/{film.id}/file" poster="/media/{film.id}/small"' in page(alice, post)
    assert "post-film" in visitor(alice).get("/posts/").content.decode()
