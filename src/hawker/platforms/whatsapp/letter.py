"""A template with the values for one person, as it is sent to her."""

import json
from collections.abc import Iterator, Sequence

from hawker.connect.errors import Refused
from hawker.connect.http import Json
from hawker.connect.text import Sentence, say
from hawker.connect.values import Draft
from hawker.platforms.whatsapp.template import Template, places
from hawker.platforms.whatsapp.values import BUTTON, HEADER, PARAMETERS, TEMPLATE, fill, typed

SHOWN = {"IMAGE": "image", "VIDEO": "video"}
STILL = {"QUICK_REPLY", "PHONE_NUMBER", "URL", "COPY_CODE", "VOICE_CALL"}
PLAIN = {"HEADER", "BODY", "FOOTER", "BUTTONS"}
# Cloud API, "Template messages", read 2026-11-22.
CODE_LENGTH = 15


def compose(template: Template, draft: Draft) -> str:
    """What goes to WhatsApp, as text, without the picture or video of its header. Raises Refused where
    values or media do not fit."""
    components = [*_header(template, draft), *_body(template, draft), *_buttons(template, draft)]
    written = {"name": template.name, "language": {"code": template.language}, "components": components}
    return json.dumps(written, ensure_ascii=False)


def opened(text: str, header: Json) -> dict[str, Json]:
    """The same with its header, where it has a picture or a video."""
    letter: dict[str, Json] = json.loads(text)
    components = letter.get("components")
    if header is not None and isinstance(components, list):
        components.insert(0, {"type": "header", "parameters": [header]})
    return letter


def _header(template: Template, draft: Draft) -> Iterator[Json]:
    header = template.part("HEADER")
    shown = SHOWN.get(header.format.upper(), "")
    kinds = ["video" if medium.is_video else "image" for medium in draft.media]
    if header.format.upper() not in {"", "TEXT", *SHOWN}:
        sentence = say(
            "Hawker cannot fill the header of this template. Choose one without, or with a picture."
        )
        raise Refused(sentence, field=TEMPLATE)
    if shown and kinds != [shown]:
        raise Refused(_wants(shown), field="media")
    if not shown and kinds:
        sentence = say("This template shows no picture or video. Take it out, or choose another template.")
        raise Refused(sentence, field="media")
    if not shown:
        yield from _part("header", _parameters(header.places, draft, HEADER))


def _wants(kind: str) -> Sentence:
    if kind == "video":
        return say("This template begins with a video. Add one, and nothing else.")
    return say("This template begins with a picture. Add one, and nothing else.")


def _body(template: Template, draft: Draft) -> Iterator[Json]:
    yield from _part("body", _parameters(template.part("BODY").places, draft, PARAMETERS))


def _part(kind: str, parameters: list[Json]) -> Iterator[Json]:
    if parameters:
        yield {"type": kind, "parameters": parameters}


def _parameters(wanted: Sequence[str], draft: Draft, option: str) -> list[Json]:
    given = typed(draft.options, option, wanted)
    left = [name for name in wanted if name not in given.named]
    if len(left) != len(given.plain):
        sentence = say(
            "The template has %(wanted)s places here, and this post gives %(given)s values. Give one for"
            " each, with | between them.",
            wanted=len(wanted),
            given=len(given.plain) + len(given.named),
        )
        raise Refused(sentence, code="132000", field=option)
    values = {**given.named, **dict(zip(left, given.plain, strict=True))}
    return [_parameter(name, fill(values[name], draft, option)) for name in wanted]


def _parameter(name: str, value: str) -> Json:
    named: dict[str, Json] = {} if name.isdecimal() else {"parameter_name": name}
    return {"type": "text", "text": value, **named}


def _buttons(template: Template, draft: Draft) -> Iterator[Json]:
    strange = {part.type.upper() for part in template.components} - PLAIN
    buttons = [button for part in template.components for button in part.buttons]
    if strange or {button.type.upper() for button in buttons} - STILL:
        sentence = say(
            "Hawker cannot send templates with cards, catalogues, forms or passwords. Choose another."
        )
        raise Refused(sentence, field=TEMPLATE)
    open_ones = [number for number, button in enumerate(buttons) if _is_open(button.type, button.url)]
    given = typed(draft.options, BUTTON, ()).plain
    if len(given) != len(open_ones):
        sentence = say(
            "The buttons of this template have %(wanted)s places, and this post gives %(given)s values. Give"
            " one for each, with | between them.",
            wanted=len(open_ones),
            given=len(given),
        )
        raise Refused(sentence, code="132000", field=BUTTON)
    for number, value in zip(open_ones, given, strict=True):
        yield _button(number, buttons[number].type.upper(), fill(value, draft, BUTTON))


def _is_open(kind: str, url: str) -> bool:
    return kind.upper() == "COPY_CODE" or (kind.upper() == "URL" and bool(places(url)))


def _button(number: int, kind: str, value: str) -> Json:
    if kind == "COPY_CODE" and len(value) > CODE_LENGTH:
        sentence = say("A code to copy has at most 15 characters. Shorten it.")
        raise Refused(sentence, field=BUTTON)
    parameter: Json = (
        {"type": "coupon_code", "coupon_code": value}
        if kind == "COPY_CODE"
        else {"type": "text", "text": value}
    )
    return {"type": "button", "sub_type": kind.lower(), "index": str(number), "parameters": [parameter]}
