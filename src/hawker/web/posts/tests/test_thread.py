"""A thread in the composer: boxes, their pictures, what the networks say of each, other shapes of a text."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hawker.connect.registry import platform
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.media import actions as media
from hawker.core.posts import queries as posts
from hawker.core.posts import rules
from hawker.core.posts.models import Post
from hawker.core.posts.values import COMMENT, POST
from hawker.core.publishing.models import Delivery
from hawker.core.rows import row_id
from hawker.web.posts.tests.reading import said_at, text_of, typed
from tests.cast import Somebody, visitor
from tests.pictures import jpeg

LATER = "2031-03-04T09:30"


@pytest.fixture
def threaded(shop: list[Channel]) -> list[Channel]:
    return [channel for channel in shop if platform(channel.platform).threads]


def boxes(*texts: str, **changes: object) -> tuple[list[UUID], Mapping[str, object]]:
    ids = [row_id() for _ in texts]
    named = {f"box-{box}": text for box, text in zip(ids, texts, strict=True)}
    return ids, {"box": [str(box) for box in ids], **named, **changes}


def test_a_thread_is_kept_with_its_pictures_and_empty_boxes_are_left_out(
    alice: Somebody, threaded: list[Channel]
) -> None:
    tea = media.add(alice.actor, "tea.jpg", jpeg())
    (second, empty, _), sent = boxes("Rolled by hand", "  ", "Roasted slowly")
    sent = {**sent, f"media-{second}": [str(tea.id)], f"alt-{tea.id}": "Hands", f"media-{empty}": []}
    visitor(alice).post("/posts/new", typed(threaded, when="later", at=LATER, first_comment="Till 8", **sent))
    writing = posts.writing_of(Post.objects.get())
    assert [part.text for part in writing.thread] == ["Rolled by hand", "Roasted slowly"]
    assert [(each.media, each.alt) for each in writing.thread[0].pictures] == [(tea.id, "Hands")]
    assert writing.pictures == ()
    rows = Delivery.objects.filter(channel=threaded[0])
    assert sorted(rows.values_list("part", "follows__part")) == [
        (POST, None),
        (COMMENT, 3),
        (2, POST),
        (3, 2),
    ]


def test_a_box_that_is_left_out_is_gone(alice: Somebody, threaded: list[Channel]) -> None:
    (second, _), sent = boxes("Rolled by hand", "Roasted slowly")
    visitor(alice).post("/posts/new", typed(threaded, when="draft", **sent, **{"drop-box": str(second)}))
    assert Post.objects.get().thread == ["Roasted slowly"]


def test_a_file_sent_with_a_box_lands_in_it(alice: Somebody, threaded: list[Channel]) -> None:
    (second,), sent = boxes("Rolled by hand")
    file = SimpleUploadedFile("tea.jpg", jpeg())
    visitor(alice).post("/posts/new", typed(threaded, when="draft", **sent, **{f"files-{second}": [file]}))
    assert [each.part for each in Post.objects.get().attachments.all()] == [2]


def test_a_picture_uploaded_for_a_box_carries_its_name(alice: Somebody) -> None:
    box = row_id()
    files = {f"files-{box}": [SimpleUploadedFile("tea.jpg", jpeg())]}
    page = visitor(alice).post(f"/media/?box={box}", files).content.decode()
    assert f'name="media-{box}"' in page
    assert f'id="turned-away-{box}"' in page


def test_each_part_is_counted_and_previewed_for_every_network(
    alice: Somebody, threaded: list[Channel]
) -> None:
    _, sent = boxes("茶茶茶", "Roasted slowly")
    page = visitor(alice).post("/posts/check", typed(threaded, **sent)).content.decode()
    for channel in threaded:
        network, limits = platform(channel.platform), limits_of(channel)
        for text in ("茶茶茶", "Roasted slowly"):
            count = network.publishes.count(text, {}, limits)
            assert f"{network.title} {count} / {limits.text}" in text_of(page)
    # Once for each network's picture of the post; the counts show no text.
    assert page.count("Roasted slowly") == len(threaded)


def test_what_is_wrong_with_a_part_is_said_under_it(alice: Somebody, threaded: list[Channel]) -> None:
    (_, wrong), sent = boxes("Rolled by hand", "x" * 9000)
    answer = visitor(alice).post("/posts/new", typed(threaded, **sent))
    assert answer.status_code == 422
    assert "Too long by" in said_at(answer, f"box-{wrong}")
    assert said_at(answer, "text") == ""
    assert not Post.objects.exists()


def test_a_network_without_threads_or_comments_says_so(shop: list[Channel]) -> None:
    without = replace(platform(shop[0].platform), threads=False, comments=False)
    found = rules.of_following(without, thread=True, comment=True)
    assert [each.field for each in found] == ["thread", "first_comment"]
    assert f"{without.title} has no threads." in str(found[0].sentence)
    assert rules.of_following(without, thread=False, comment=False) == []


def test_the_editor_shows_the_parts_as_they_were_typed(alice: Somebody, threaded: list[Channel]) -> None:
    _, sent = boxes("Rolled by hand")
    visitor(alice).post("/posts/new", typed(threaded, when="draft", **sent))
    post = Post.objects.get()
    assert ">Rolled by hand</textarea>" in visitor(alice).get(f"/posts/{post.id}/edit").content.decode()
    assert "Rolled by hand" in visitor(alice).get(f"/posts/{post.id}").content.decode()


def shape(alice: Somebody, do: str, **sent: object) -> str:
    return visitor(alice).post("/posts/shape", {**sent, "do": do}).content.decode()


def test_one_more_box_comes_empty_and_nothing_is_saved(alice: Somebody, threaded: list[Channel]) -> None:
    (second,), sent = boxes("Rolled by hand")
    page = shape(alice, "add", **typed(threaded, **sent))
    assert page.count('name="box"') == 2
    assert f'value="{second}"' in page
    assert not Post.objects.exists()


def test_a_long_text_is_cut_by_the_shortest_network(alice: Somebody, threaded: list[Channel]) -> None:
    sentence = "tea " * (min(limits_of(channel).text for channel in threaded) // 8 - 2) + "now. "
    page = shape(alice, "split", **typed(threaded, text=sentence * 4))
    assert page.count('name="box"') == 1
    assert page.count(f">{sentence}{sentence.strip()}</textarea>") == 2


@pytest.mark.parametrize(
    ("do", "text", "said"),
    [
        ("split", "short", "The text fits into one post as it is."),
        ("links", "no link", "There is no link in the text."),
    ],
)
def test_a_shape_that_is_none_is_said_at_the_text(
    alice: Somebody, threaded: list[Channel], do: str, text: str, said: str
) -> None:
    sent = {**typed(threaded, text=text), "do": do}
    assert said in said_at(visitor(alice).post("/posts/shape", sent), "text")


def test_without_a_channel_nobody_knows_how_long_a_part_may_be(alice: Somebody) -> None:
    answer = visitor(alice).post("/posts/shape", {**typed([], text="x" * 9000), "do": "split"})
    assert "Choose a channel first" in said_at(answer, "text")


def test_links_move_into_the_first_comment(alice: Somebody, threaded: list[Channel]) -> None:
    own = threaded[0].id
    sent = typed(
        threaded,
        text="Fresh tea https://tea.example/a",
        first_comment="Till eight",
        **{f"own-{own}": "on", f"text-{own}": "Tea! https://tea.example/b"},
    )
    page = shape(alice, "links", **sent)
    assert ">Fresh tea</textarea>" in page
    assert ">Tea!</textarea>" in page
    assert ">Till eight\nhttps://tea.example/a\nhttps://tea.example/b</textarea>" in page


def test_another_wish_is_not_here(alice: Somebody) -> None:
    assert visitor(alice).post("/posts/shape", {"do": "knit"}).status_code == 404
