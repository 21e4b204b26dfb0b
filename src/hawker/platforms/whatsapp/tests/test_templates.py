"""Templates: filled for each person, and whatever is wrong with one said before it is sent."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.http import Json
from hawker.connect.values import Draft
from hawker.platforms.whatsapp.publish import Publish
from hawker.platforms.whatsapp.sandbox_templates import Template, body
from hawker.platforms.whatsapp.sandbox_world import Message
from hawker.platforms.whatsapp.tests.scene import Scene, film, template, to
from hawker.sandbox.tests.makers import picture


async def sent(scene: Scene, draft: Draft) -> Message:
    published = await scene.post(draft)
    return scene.world.messages[published.remote_id]


def add(scene: Scene, name: str, *parts: dict[str, Json], status: str = "APPROVED") -> None:
    listed = scene.world.business("shop").templates
    made = Template(id=str(len(listed) + 9000), name=name, language="en", status=status, components=[*parts])
    listed.append(made)


async def refused(scene: Scene, draft: Draft) -> Refused:
    with pytest.raises(Refused) as caught:
        await scene.post(draft)
    assert not scene.world.messages
    return caught.value


async def test_values_are_filled_for_the_person(scene: Scene) -> None:
    draft = template("fresh_today", "buns\nand tea", parameters="{name} | {text}")
    message = await sent(scene, draft)
    assert message.text == "Hello Lin, fresh today: buns and tea. See you soon!"
    assert message.buttons == ("Stop promotions",)
    assert message.status == "delivered"


async def test_full_width_signs_are_taken_too(scene: Scene) -> None:
    message = await sent(
        scene, template("fresh_today", parameters="{name：朋友}｜包子", person=to(name="", hours=None))
    )
    assert message.text.startswith("Hello 朋友, fresh today: 包子")


async def test_somebody_without_a_name_is_not_greeted_with_nothing(scene: Scene) -> None:
    nobody = to(name="", hours=None)
    error = await refused(scene, template("fresh_today", parameters="{name} | buns", person=nobody))
    assert error.field == "parameters"


@pytest.mark.parametrize(
    ("language", "chosen", "expected"),
    [
        ("zh-TW", "", "您好"),
        ("zh-Hant", "", "您好"),
        ("en-GB", "", "Hello"),
        ("en", "zh_TW", "您好"),
        ("en", "zh-TW", "您好"),
    ],
)
async def test_the_language_is_that_of_the_post_or_the_chosen_one(
    scene: Scene, language: str, chosen: str, expected: str
) -> None:
    draft = replace(
        template("fresh_today", parameters="{name}|buns", template_language=chosen), language=language
    )
    assert expected in (await sent(scene, draft)).text


async def test_the_only_language_there_is_needs_no_choice(scene: Scene) -> None:
    message = await sent(scene, replace(template("hello_world"), language="zh-TW"))
    assert message.text == "Hello World"


@pytest.mark.parametrize(
    ("name", "options", "field"),
    [
        ("no_such", {}, "template"),
        ("fresh", {"parameters": "a|b"}, "template"),
        ("fresh_today", {"parameters": "a|b", "template_language": "fr"}, "template_language"),
        ("fresh_today", {"parameters": "only one"}, "parameters"),
        ("fresh_today", {"parameters": "a|b|c"}, "parameters"),
        ("fresh_today", {"parameters": "a| "}, "parameters"),
        ("hello_world", {"parameters": "too many"}, "parameters"),
        ("hello_world", {"header": "no heading here"}, "header"),
        ("hello_world", {"button": "no button"}, "button"),
        ("heading", {}, "header"),
        ("named_places", {"parameters": "Lin|Monday", "header": "Tea"}, "button"),
        ("too_loud", {}, "template"),
        ("not_good", {}, "template"),
        ("still_waiting", {}, "template"),
        ("gone_bad", {}, "template"),
        ("with_film", {}, "media"),
        ("with_picture", {"parameters": "Lin"}, "media"),
    ],
)
async def test_what_is_wrong_with_a_template_is_said_before_it_is_sent(
    scene: Scene, name: str, options: dict[str, str], field: str
) -> None:
    draft = template(name)
    error = await refused(scene, replace(draft, options={**draft.options, **options}))
    assert error.field == field
    assert scene.world.files == {}


async def test_a_picture_that_the_template_does_not_show_is_refused(scene: Scene) -> None:
    assert (await refused(scene, template("hello_world", "", picture()))).field == "media"


async def test_a_template_with_a_video_takes_no_picture(scene: Scene) -> None:
    assert (await refused(scene, template("with_film", "", picture()))).field == "media"


async def test_the_heading_shows_the_picture_or_video_of_the_post(scene: Scene) -> None:
    message = await sent(scene, template("with_picture", "", picture(), parameters="{name}"))
    assert (message.text, message.file is None) == ("Hello Lin, look!", False)
    shown = (await sent(scene, template("with_film", "", film()))).file
    assert shown is not None
    assert shown.content_type == "video/mp4"


@pytest.mark.parametrize("values", ["{name}|Monday", "day=Monday|first_name={name}", "day=Monday|{name}"])
async def test_places_with_names_are_filled_by_name_or_in_order(scene: Scene, values: str) -> None:
    draft = template("named_places", parameters=values, header="Tea & Co", button="9?a=b")
    message = await sent(scene, draft)
    assert message.text == "Hi Lin, come on Monday, please."
    assert message.above == "News from Tea & Co"


async def test_a_value_with_an_equals_sign_is_no_name(scene: Scene) -> None:
    message = await sent(scene, template("fresh_today", parameters="a=b|c=d"))
    assert "a=b" in message.text


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "HEADER", "format": "LOCATION"}, body("Here.")],
        [{"type": "HEADER", "format": "DOCUMENT"}, body("Here.")],
        [body("Look"), {"type": "CAROUSEL", "cards": []}],
        [body("{{1}}"), {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copy"}]}],
        [body("Look"), {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Book"}]}],
    ],
)
async def test_templates_that_hawker_cannot_fill_are_refused(
    scene: Scene, parts: list[dict[str, Json]]
) -> None:
    add(scene, "strange", *parts)
    assert (await refused(scene, template("strange", parameters=""))).field in {"template", "parameters"}


async def test_a_code_to_copy_is_short(scene: Scene) -> None:
    coupon: dict[str, Json] = {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE", "text": "Copy"}]}
    add(scene, "coupon", dict(body("Ten off")), coupon)
    assert (await refused(scene, template("coupon", button="x" * 16))).field == "button"
    assert (await refused(scene, template("coupon"))).field == "button"


async def test_a_state_that_nobody_has_described_is_left_to_whatsapp(scene: Scene) -> None:
    add(scene, "odd", dict(body("Odd.")), status="SHINY")
    assert (await sent(scene, template("odd"))).text == "Odd."


async def test_a_template_that_is_paused_meanwhile_is_refused_when_it_is_sent(scene: Scene) -> None:
    draft = template("hello_world")
    done = await scene.prepare(draft)
    scene.world.business("shop").templates[0].status = "PAUSED"
    with pytest.raises(Refused) as caught:
        await scene.send(draft, done)
    assert (caught.value.code, caught.value.field) == ("132015", "template")


async def test_templates_are_read_once_for_a_whole_list(scene: Scene) -> None:
    await scene.prepare(template("hello_world"))
    scene.world.business("shop").templates.clear()
    await scene.prepare(template("hello_world"))
    fresh = replace(scene, publishes=Publish())
    with pytest.raises(Refused):
        await fresh.prepare(template("hello_world"))
