"""What the composer is told while somebody writes."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hawker.connect.registry import platform
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.media import actions as media
from hawker.core.people.rules import Role
from hawker.web.posts.tests.reading import said_at, text_of, typed
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg
from tests.videos import video


def test_each_channel_counts_by_its_own_rule(alice: Somebody, shop: list[Channel]) -> None:
    text = "茶 👩‍👩‍👧 https://example.com/a/very/long/address/indeed"
    page = text_of(visitor(alice).post("/posts/check", typed(shop, text=text)).content.decode())
    for channel in shop:
        limits = limits_of(channel)
        length = platform(channel.platform).publishes.count(text, {}, limits)
        assert f"{platform(channel.platform).title} {length} / {limits.text}" in page


def test_each_chosen_network_shows_its_own_preview(alice: Somebody, commentable: list[Channel]) -> None:
    picture = media.add(alice.actor, "tea.jpg", jpeg()).id
    sent = typed(
        commentable, media=[str(picture)], first_comment="Till eight", **{f"alt-{picture}": "A basket"}
    )
    page = visitor(alice).post("/posts/check", sent).content.decode()
    for channel in commentable:
        assert f'class="{channel.platform}-' in page
    assert page.count(f'src="/media/{picture}/small" alt="A basket"') == len(commentable)
    assert page.count("Till eight") == len(commentable)
    alone = visitor(alice).post("/posts/check", typed(commentable[:1])).content.decode()
    assert f'class="{commentable[1].platform}-' not in alone


def test_html_in_a_text_stays_text(alice: Somebody, shop: list[Channel]) -> None:
    page = visitor(alice).post("/posts/check", typed(shop, text="<script>alert(1)</script>")).content
    assert b"<script" not in page


def test_problems_are_said_where_they_are_and_with_who_minds(alice: Somebody, shop: list[Channel]) -> None:
    own = shop[0]
    sent = typed(shop, text="x" * 9000, **{f"own-{own.id}": "on", f"text-{own.id}": "y" * 9000})
    answer = visitor(alice).post("/posts/check", sent)
    assert platform(shop[1].platform).title in said_at(answer, "text")
    assert platform(own.platform).title in said_at(answer, f"text-{own.id}")
    assert platform(own.platform).title not in said_at(answer, "text")


def test_a_comment_that_is_too_long_is_said_at_the_comment(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/check", typed(shop, first_comment="x" * 9000))
    assert "Too long by" in said_at(answer, "first_comment")
    assert said_at(answer, "text") == ""


def test_too_many_pictures_and_too_long_alternative_texts_are_said_at_the_pictures(
    alice: Somebody, shop: list[Channel]
) -> None:
    ids = [str(media.add(alice.actor, f"{place}.jpg", jpeg(60, 60)).id) for place in range(5)]
    answer = visitor(alice).post("/posts/check", typed(shop, media=ids, **{f"alt-{ids[0]}": "x" * 9000}))
    said = said_at(answer, "media")
    assert "At most 4 pictures fit here. Take the others out." in said
    assert "The alternative text of picture 1 is too long" in said


def test_the_alternative_texts_are_counted(alice: Somebody, shop: list[Channel]) -> None:
    picture = media.add(alice.actor, "tea.jpg", jpeg()).id
    sent = typed(shop, media=[str(picture)], **{f"alt-{picture}": "Bao"})
    page = text_of(visitor(alice).post("/posts/check", sent).content.decode())
    assert f"3 / {min(limits_of(channel).alt_text for channel in shop)}" in page


def test_nobody_is_told_that_she_has_not_begun(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/check", typed(shop, text=""))
    assert said_at(answer, "text") == ""


def test_a_time_that_cannot_be_is_said_while_it_is_typed(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/check", typed(shop, when="later", at="2020-01-01T09:00"))
    assert said_at(answer, "at") == "This time has passed. Choose a later one."


def test_problems_that_are_shown_already_are_not_sent_again(alice: Somebody, shop: list[Channel]) -> None:
    """A live region that is written anew is read out anew."""
    client, sent = visitor(alice), typed(shop, text="x" * 9000)
    first = client.post("/posts/check", sent).content.decode()
    mark = first.split('name="mark" value="')[1].split('"')[0]
    again = client.post("/posts/check", {**sent, "mark": mark}).content.decode()
    assert "problems-text" in first
    assert "problems-text" not in again
    mended = client.post("/posts/check", {**sent, "text": "x", "mark": mark})
    assert said_at(mended, "text") == ""


def test_more_pictures_cost_no_more_queries(alice: Somebody, shop: list[Channel]) -> None:
    client, counted = visitor(alice), []
    ids = [str(media.add(alice.actor, f"{place}.jpg", jpeg(60, 60)).id) for place in range(3)]
    for number in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            client.post("/posts/check", typed(shop, media=ids[:number]))
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8


def test_who_does_not_write_asks_nothing(alice: Somebody, shop: list[Channel]) -> None:
    client = visitor(colleague(alice, "Anna", Role.analyst))
    assert client.post("/posts/check", typed(shop)).status_code == 403


def film(alice: Somebody, *words: str) -> str:
    file = SimpleUploadedFile("tea.mp4", video(*words, seconds=4))
    return str(media.add_file(alice.actor, "tea.mp4", file).id)


def changes_of(page: str, medium: str) -> str:
    found = re.search(rf'<div id="changes-{medium}"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert found
    return text_of(found[1])


def test_what_hawker_will_make_of_a_medium_is_said_beside_it_with_for_whom(
    alice: Somebody, shop: list[Channel]
) -> None:
    taking = [each for each in shop if limits_of(each).video_types]
    strange, plain = film(alice, "-c:v", "mpeg4", "-c:a", "aac"), film(alice)
    sent = typed(taking, media=[strange, plain])
    page = visitor(alice).post("/posts/check", sent).content.decode()
    said = changes_of(page, strange)
    assert "Its format becomes MP4 (H.264)." in said
    assert all(platform(each.platform).title in said for each in taking)
    assert "Its format becomes" not in changes_of(page, plain)


def test_what_cannot_be_made_right_is_said_at_the_media(alice: Somebody, shop: list[Channel]) -> None:
    without = [each for each in shop if not limits_of(each).video_types]
    answer = visitor(alice).post("/posts/check", typed(without, media=[film(alice)]))
    assert "This network takes no videos here." in said_at(answer, "media")


def test_every_preview_lets_a_video_be_watched(alice: Somebody, shop: list[Channel]) -> None:
    medium = film(alice)
    sent = typed(shop, media=[medium], **{f"alt-{medium}": "Steam"})
    page = visitor(alice).post("/posts/check", sent).content.decode()
    shown = f'src="/media/{medium}/file" poster="/media/{medium}/small" preload="none"'
    assert page.count(shown) == page.count('aria-label="Steam"') == len(shop)
    assert f'<img class="still-image" src="/media/{medium}/small"' not in page


def test_videos_cost_no_more_queries_than_pictures(alice: Somebody, shop: list[Channel]) -> None:
    client, counted = visitor(alice), []
    ids = [film(alice), film(alice, "-c:v", "mpeg4", "-c:a", "aac"), film(alice)]
    for path in ("/posts/check", "/posts/new"):
        for number in (1, 3):
            with CaptureQueriesContext(connection) as queries:
                client.post(path, typed(shop, text="x" * 9999, media=ids[:number]))
            counted.append(len(queries))
    assert counted[0] == counted[1] <= 8
    assert counted[2] == counted[3]
