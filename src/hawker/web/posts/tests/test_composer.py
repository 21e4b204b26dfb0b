"""Writing posts and changing them: what is kept, what is refused at which field, and that no word is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.media.models import MediaFile
from hawker.core.people.models import Workspace
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.web.posts.tests.reading import said_at, typed
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg

LATER = "2031-03-04T09:30"


def draft(alice: Somebody, shop: list[Channel], text: str = "Fresh bao") -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    return actions.compose(alice.actor, Writing(text=text, language="en", wordings=wordings), draft=True)


def scheduled(alice: Somebody, shop: list[Channel], days: int = 3) -> Post:
    return actions.schedule(alice.actor, draft(alice, shop).id, timezone.now() + timedelta(days=days))


def test_a_post_goes_to_every_chosen_channel_now(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/new", typed(shop))
    post = Post.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/posts/{post.id}")
    rows = Delivery.objects.filter(post=post)
    assert {row.channel_id for row in rows} == {channel.id for channel in shop}
    assert all(row.due_at <= timezone.now() for row in rows)


def test_a_time_is_the_shops_wall_clock(alice: Somebody, shop: list[Channel]) -> None:
    page = visitor(alice).post("/posts/new", typed(shop, when="later", at=LATER), follow=True)
    assert {row.due_at for row in Delivery.objects.all()} == {datetime(2031, 3, 4, 1, 30, tzinfo=UTC)}
    assert "Scheduled for Tue 4 Mar 2031, 09:30 (Asia/Taipei)." in page.content.decode()


def test_a_draft_is_kept_without_deliveries(alice: Somebody, shop: list[Channel]) -> None:
    visitor(alice).post("/posts/new", typed(shop, when="draft"))
    assert Post.objects.get().variants.count() == len(shop)
    assert not Delivery.objects.exists()


def _warns(channel: Channel) -> bool:
    return any(option.name == "content_warning" for option in platform(channel.platform).options)


def test_one_channel_may_say_it_in_other_words_and_with_its_own_options(
    alice: Somebody, shop: list[Channel]
) -> None:
    other, first = shop[0], next(each for each in shop if _warns(each))
    own = {f"own-{other.id}": "on", f"text-{other.id}": "Bao!", f"text-{first.id}": "not ticked"}
    visitor(alice).post("/posts/new", typed(shop, **own, **{f"option-{first.id}-content_warning": "Food"}))
    said = {variant.channel_id: variant for variant in Post.objects.get().variants.all()}
    assert (said[other.id].text, said[first.id].text) == ("Bao!", None)
    warned = {channel for channel, row in said.items() if row.options.get("content_warning")}
    assert (warned, said[first.id].options["content_warning"]) == ({first.id}, "Food")


def test_choices_that_an_account_does_not_have_are_not_offered(alice: Somebody, shop: list[Channel]) -> None:
    channel, option = next(
        (each, option) for each in shop for option in platform(each.platform).options if option.choices
    )
    channel.limits = {**channel.limits, "withheld": [f"{option.name}={option.choices[-1].value}"]}
    channel.save()
    page = visitor(alice).get("/posts/new").content.decode()
    select = page.partition(f'id="option-{channel.id}-{option.name}"')[2].partition("</select>")[0]
    offered = [each.value for each in option.choices if f'value="{each.value}"' in select]
    assert offered == [each.value for each in option.choices[:-1]]


def test_choices_that_only_this_account_has_are_offered(alice: Somebody, shop: list[Channel]) -> None:
    channel = next(each for each in shop if _warns(each))
    album = {"option": "content_warning", "value": "42", "label": "Buns & <tea>"}
    channel.limits = {**channel.limits, "own": [album]}
    channel.save()
    page = visitor(alice).get("/posts/new").content.decode()
    select = page.partition(f'id="option-{channel.id}-content_warning"')[2].partition("</select>")[0]
    assert '<option value="42">Buns &amp; &lt;tea&gt;</option>' in select


def test_line_ends_count_once_and_nul_is_dropped(alice: Somebody, shop: list[Channel]) -> None:
    visitor(alice).post("/posts/new", typed(shop, text="one\r\ntwo\x00", when="draft"))
    assert Post.objects.get().text == "one\ntwo"


def test_pictures_keep_their_order_and_alternative_texts_and_dropped_ones_go(
    alice: Somebody, gallery: list[Channel]
) -> None:
    ids = [media.add(alice.actor, f"{name}.jpg", jpeg()).id for name in "abc"]
    alts = {f"alt-{ids[0]}": "Bao", f"alt-{ids[2]}": "Steam"}
    sent = typed(
        gallery, media=[str(ids[2]), str(ids[1]), str(ids[0])], drop=[str(ids[1])], when="draft", **alts
    )
    visitor(alice).post("/posts/new", sent)
    kept = Post.objects.get().attachments.all()
    assert [(row.media_id, row.alt) for row in kept] == [(ids[2], "Steam"), (ids[0], "Bao")]


def test_without_script_files_come_with_the_form(alice: Somebody, shop: list[Channel]) -> None:
    files = [SimpleUploadedFile("tea.jpg", jpeg())]
    visitor(alice).post("/posts/new", typed(shop, files=files, when="draft"))
    assert Post.objects.get().attachments.get().media.name == "tea.jpg"


def test_a_bad_file_keeps_the_post_back_and_the_good_one_in_the_form(
    alice: Somebody, shop: list[Channel]
) -> None:
    files = [SimpleUploadedFile("menu.jpg", b"Bao 40"), SimpleUploadedFile("tea.jpg", jpeg())]
    answer = visitor(alice).post("/posts/new", typed(shop, files=files))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "menu.jpg" in page
    assert "This is not a picture." in page
    assert f'name="media" value="{MediaFile.objects.get().id}"' in page
    assert not Post.objects.exists()


def test_what_a_network_refuses_is_said_at_the_field_and_no_word_is_lost(
    alice: Somebody, shop: list[Channel]
) -> None:
    own, shared = shop[0], shop[1]
    picture = media.add(alice.actor, "tea.jpg", jpeg()).id
    sent = typed(
        shop,
        **{
            "text": "bao " * 200,
            "first_comment": "Open till eight",
            "media": [str(picture)],
            f"alt-{picture}": "A basket",
            f"own-{own.id}": "on",
            f"text-{own.id}": "tea " * 100,
            "when": "later",
            "at": LATER,
        },
    )
    answer = visitor(alice).post("/posts/new", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Too long by" in said_at(answer, "text")
    assert "Too long by" in said_at(answer, f"text-{own.id}")
    for kept in ("bao " * 200, "tea " * 100, "Open till eight", "A basket", str(shared.id), LATER):
        assert kept in page
    assert not Post.objects.exists()


def test_no_channel_is_said_at_the_channels(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/new", typed([]))
    assert said_at(answer, "channels") == "Choose at least one channel."


def test_an_empty_post_is_said_once_for_all_channels(alice: Somebody, shop: list[Channel]) -> None:
    answer = visitor(alice).post("/posts/new", typed(shop, text=" "))
    assert said_at(answer, "text").count("Write something, or add a picture.") == 1


def test_a_text_of_an_unticked_channel_survives_a_refusal(alice: Somebody, shop: list[Channel]) -> None:
    sent = typed([], **{f"own-{shop[0].id}": "on", f"text-{shop[0].id}": "My own words"})
    assert "My own words" in visitor(alice).post("/posts/new", sent).content.decode()


@pytest.mark.parametrize(
    ("zone", "at", "sentence"),
    [
        ("Asia/Taipei", "", "Choose a day and a time."),
        ("Asia/Taipei", "2020-01-01T09:00", "This time has passed. Choose a later one."),
        ("Europe/Berlin", "2031-03-30T02:30", "does not exist in Europe/Berlin: the clocks go forward"),
        ("Europe/Berlin", "2031-10-26T02:30", "comes twice in Europe/Berlin: the clocks go back"),
        ("Asia/Taipei", "0001-01-01T00:00", "This time is out of reach."),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(
    alice: Somebody, shop: list[Channel], zone: str, at: str, sentence: str
) -> None:
    Workspace.objects.update(time_zone=zone)
    answer = visitor(alice).post("/posts/new", typed(shop, when="later", at=at))
    assert sentence in said_at(answer, "at")
    assert not Post.objects.exists()


def test_the_same_form_twice_makes_one_post(alice: Somebody, shop: list[Channel]) -> None:
    client, sent = visitor(alice), typed(shop, key=str(row_id()))
    places = [client.post("/posts/new", sent)["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert Post.objects.count() == 1


def test_a_form_that_comes_again_with_other_words_is_another_post(
    alice: Somebody, shop: list[Channel]
) -> None:
    client, key = visitor(alice), str(row_id())
    client.post("/posts/new", typed(shop, key=key))
    client.post("/posts/new", typed(shop, key=key, text="Other words"))
    assert Post.objects.count() == 2


def test_a_channel_of_somebody_else_is_refused(
    alice: Somebody, charlie: Somebody, shop: list[Channel]
) -> None:
    answer = visitor(charlie).post("/posts/new", typed(shop))
    assert "One of the channels is not here any more." in said_at(answer, "channels")


def test_the_composer_opens_with_the_language_and_the_one_channel_of_the_business(
    alice: Somebody, shop: list[Channel]
) -> None:
    Channel.objects.exclude(id=shop[0].id).delete()
    Workspace.objects.update(language="zh-hant")
    page = visitor(alice).get("/posts/new").content.decode()
    assert '<option value="zh-Hant" selected' in page
    (box,) = re.findall(r'<input[^>]*name="channels"[^>]*>', page)
    assert (f'value="{shop[0].id}"' in box, " checked" in box) == (True, True)


@pytest.mark.parametrize(("tag", "shown"), [("zh-hant", "zh-Hant"), ("tlh", "tlh")])
def test_a_post_keeps_its_language_however_it_is_spelt(
    alice: Somebody, shop: list[Channel], tag: str, shown: str
) -> None:
    post = draft(alice, shop)
    Post.objects.update(language=tag)
    page = visitor(alice).get(f"/posts/{post.id}/edit").content.decode()
    assert f'<option value="{shown}" selected' in page


def test_the_composer_is_never_kept_by_the_browser(alice: Somebody) -> None:
    assert "no-store" in visitor(alice).get("/posts/new")["Cache-Control"]


@pytest.mark.parametrize("role", [Role.analyst, Role.approver])
def test_who_does_not_write_gets_no_composer(alice: Somebody, shop: list[Channel], role: Role) -> None:
    client = visitor(colleague(alice, "Anna", role))
    post = draft(alice, shop)
    for path in ("/posts/new", f"/posts/{post.id}/edit"):
        assert client.get(path).status_code == 403
        assert client.post(path, typed(shop)).status_code == 403


def test_a_draft_is_changed_and_sent_at_once(alice: Somebody, shop: list[Channel]) -> None:
    post = draft(alice, shop)
    client = visitor(alice)
    assert "Fresh bao" in client.get(f"/posts/{post.id}/edit").content.decode()
    client.post(f"/posts/{post.id}/edit", typed(shop, text="Fresher bao", when="now"))
    post.refresh_from_db()
    assert post.text == "Fresher bao"
    assert Delivery.objects.filter(post=post, state=State.scheduled).count() == len(shop)


def test_a_scheduled_post_keeps_its_time_when_only_its_words_change(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = scheduled(alice, shop)
    due_at = Delivery.objects.filter(post=post).first()
    assert due_at is not None
    visitor(alice).post(f"/posts/{post.id}/edit", typed(shop, text="Other words", when="keep"))
    assert {row.due_at for row in Delivery.objects.filter(post=post)} == {due_at.due_at}


def test_a_scheduled_post_is_sent_now_after_all(alice: Somebody, shop: list[Channel]) -> None:
    post = scheduled(alice, shop)
    answer = visitor(alice).post(f"/posts/{post.id}/edit", typed(shop, when="now"))
    assert answer.status_code == 302
    soon = timezone.now() + timedelta(seconds=5)
    assert all(row.due_at < soon for row in Delivery.objects.filter(post=post))


def test_what_went_wrong_is_opened_to_be_sent_again(alice: Somebody, shop: list[Channel]) -> None:
    post, client = scheduled(alice, shop), visitor(alice)
    assert 'value="keep" checked' in client.get(f"/posts/{post.id}/edit").content.decode()
    Delivery.objects.update(state=State.failed)
    assert 'value="now" checked' in client.get(f"/posts/{post.id}/edit").content.decode()


def test_a_draft_that_is_refused_stays_as_it_was(alice: Somebody, shop: list[Channel]) -> None:
    post = draft(alice, shop)
    answer = visitor(alice).post(f"/posts/{post.id}/edit", typed(shop, text="x" * 900, when="now"))
    assert answer.status_code == 422
    post.refresh_from_db()
    assert post.text == "Fresh bao"


def test_a_post_that_is_on_its_way_is_not_opened_for_changes(alice: Somebody, shop: list[Channel]) -> None:
    post = scheduled(alice, shop)
    Delivery.objects.update(state=State.sending)
    page = visitor(alice).get(f"/posts/{post.id}/edit", follow=True)
    assert page.redirect_chain == [(f"/posts/{post.id}", 302)]
    assert "on its way already" in page.content.decode()


def test_who_is_slower_than_the_worker_is_told_and_keeps_her_words(
    alice: Somebody, shop: list[Channel]
) -> None:
    post = scheduled(alice, shop)
    Delivery.objects.update(state=State.sending)
    answer = visitor(alice).post(f"/posts/{post.id}/edit", typed(shop, text="Too slow", when="keep"))
    page = answer.content.decode()
    assert "on its way already" in page
    assert "Too slow" in page


def test_a_stranger_changes_nothing(alice: Somebody, charlie: Somebody, shop: list[Channel]) -> None:
    post = draft(alice, shop)
    client = visitor(charlie)
    assert client.get(f"/posts/{post.id}/edit").status_code == 404
    assert client.post(f"/posts/{post.id}/edit", typed(shop)).status_code == 404
