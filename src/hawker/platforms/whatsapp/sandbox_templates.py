"""The templates of the pretend WhatsApp: some approved, one paused, one rejected, one still examined."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from hawker.connect.http import Json
from hawker.connect.pretend_graph import refusal
from hawker.connect.pretend_graph_fields import Node

TITLES: Mapping[int, str] = {
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132012: "Parameter format does not match format in the created template",
    132015: "Template is paused",
    132016: "Template is disabled",
}
PLACE = re.compile(r"\{\{(\w+)\}\}")
Part = Mapping[str, Json]


@dataclass(kw_only=True)
class Template:
    id: str
    name: str
    language: str
    status: str = "APPROVED"
    category: str = "MARKETING"
    named: bool = False
    rejected_reason: str = "NONE"
    components: list[Part] = field(default_factory=list)

    def part(self, kind: str) -> Part:
        return next((each for each in self.components if each.get("type") == kind), {})

    @property
    def buttons(self) -> list[Part]:
        buttons = self.part("BUTTONS").get("buttons")
        return [each for each in buttons if isinstance(each, dict)] if isinstance(buttons, list) else []


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What a person sees of it. `shown`: the kind of its heading and the id of the picture or video there."""

    above: str
    text: str
    below: str
    buttons: tuple[str, ...]
    shown: tuple[str, str] | None


def body(text: str) -> Part:
    return {"type": "BODY", "text": text}


FOOTER: Part = {"type": "FOOTER", "text": "Reply STOP to get no more of these."}
STOP: Part = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Stop promotions"}]}
PICTURE: Part = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::aW"]}}
FILM: Part = {"type": "HEADER", "format": "VIDEO", "example": {"header_handle": ["4::dm"]}}
ORDER: Part = {
    "type": "BUTTONS",
    "buttons": [{"type": "URL", "text": "Order", "url": "https://shop.invalid/{{1}}"}],
}


def heading(place: str) -> Part:
    return {"type": "HEADER", "format": "TEXT", "text": f"News from {{{{{place}}}}}"}


def usual(seed: str) -> list[Template]:
    """Their ids are made of `seed`."""
    made = [*_approved(), *_others()]
    for number, template in enumerate(made, 1):
        template.id = str(int(seed) + number)
    return made


def _approved() -> list[Template]:
    chinese = body("{{1}} 您好，今天有：{{2}}。歡迎來店裡坐坐。")
    english = body("Hello {{1}}, fresh today: {{2}}. See you soon!")
    named = [heading("shop"), body("Hi {{first_name}}, come on {{day}}, please."), ORDER]
    return [
        _template("hello_world", body("Hello World"), language="en_US", category="UTILITY"),
        _template("fresh_today", chinese, FOOTER, STOP, language="zh_TW"),
        _template("fresh_today", english, FOOTER, STOP),
        _template("with_picture", PICTURE, body("Hello {{1}}, look!")),
        _template("with_film", FILM, body("Look!")),
        _template("named_places", *named, named=True),
        _template("heading", heading("1"), body("Tea is here.")),
    ]


def _others() -> list[Template]:
    return [
        _template("too_loud", body("Buy now!"), status="PAUSED"),
        _template("not_good", body("Win a car!"), status="REJECTED", rejected_reason="PROMOTIONAL"),
        _template("still_waiting", body("Soon."), status="PENDING"),
        _template("gone_bad", body("Old."), status="DISABLED"),
    ]


def _template(name: str, *parts: Part, language: str = "en", named: bool = False, **more: str) -> Template:
    made = Template(id="", name=name, language=language, named=named, components=[*parts])
    return replace(made, **more)  # type: ignore[arg-type]


def node(template: Template) -> Node:
    return Node(
        kind="WhatsAppMessageTemplate",
        fields={
            "id": template.id,
            "name": template.name,
            "parameter_format": "NAMED" if template.named else "POSITIONAL",
            "components": [dict(part) for part in template.components],
            "language": template.language,
            "status": template.status,
            "category": template.category,
            "rejected_reason": template.rejected_reason,
            "quality_score": {"score": "GREEN", "date": 1700000000},
            "message_send_ttl_seconds": None,
            "correct_category": None,
            "previous_category": None,
            "library_template_name": None,
            "cta_url_link_tracking_opted_out": None,
            "sub_category": None,
            "degrees_of_freedom_spec": None,
        },
        thin=("name", "parameter_format", "components", "language", "status", "category"),
    )


def trouble(code: int, details: str) -> Exception:
    data: Json = {"messaging_product": "whatsapp", "details": details}
    return refusal(code, f"(#{code}) {TITLES[code]}", data=data)


def find(templates: Sequence[Template], name: str, language: str) -> Template:
    """Raises what WhatsApp says where there is none that may be sent."""
    found = next((each for each in templates if (each.name, each.language) == (name, language)), None)
    if found is None or found.status in {"PENDING", "REJECTED"}:
        raise trouble(132001, f"template name ({name}) does not exist in {language}")
    if found.status == "PAUSED":
        raise trouble(132015, "Template is paused due to low quality so it cannot be sent.")
    if found.status == "DISABLED":
        raise trouble(132016, "Template has been paused too many times due to low quality.")
    return found


def filled(template: Template, components: Sequence[Part]) -> Filled:
    """Raises what WhatsApp says where values and places do not fit."""
    header, bodies = _given(components, "header"), _given(components, "body")
    above, shown = _heading(template, header)
    text = _put(template, str(template.part("BODY").get("text", "")), bodies, "body")
    _check_buttons(template, [each for each in components if _kind(each) == "button"])
    labels = tuple(str(each.get("text", "")) for each in template.buttons)
    below = str(template.part("FOOTER").get("text", ""))
    return Filled(above=above, text=text, below=below, buttons=labels, shown=shown)


def _given(components: Sequence[Part], kind: str) -> list[Part]:
    part = next((each for each in components if _kind(each) == kind), {})
    parameters = part.get("parameters")
    return [each for each in parameters if isinstance(each, dict)] if isinstance(parameters, list) else []


def _kind(part: Part) -> str:
    """Programs write it in small letters or large ones."""
    return str(part.get("type", "")).lower()


def _heading(template: Template, given: Sequence[Part]) -> tuple[str, tuple[str, str] | None]:
    header = template.part("HEADER")
    form = str(header.get("format", "TEXT")).lower()
    if form == "text":
        return _put(template, str(header.get("text", "")), given, "header"), None
    media = given[0].get(form) if len(given) == 1 else None
    if not isinstance(media, dict):
        raise trouble(132012, f"header: Format mismatch, expected {form.upper()}, received UNKNOWN")
    return "", (form, str(media.get("id", "")))


def _put(template: Template, text: str, given: Sequence[Part], where: str) -> str:
    wanted = list(dict.fromkeys(PLACE.findall(text)))
    if len(given) != len(wanted):
        details = (
            f"{where}: number of localizable_params ({len(given)}) does not match the expected number of"
        )
        raise trouble(132000, f"{details} params ({len(wanted)})")
    names = [str(each.get("parameter_name", "")) for each in given] if template.named else wanted
    values = {name: str(each.get("text", "")) for name, each in zip(names, given, strict=True)}
    if set(names) != set(wanted) or not all(values.values()):
        raise trouble(132012, f"{where}: parameter names or values do not match the template")
    return PLACE.sub(lambda match: values[match[1]], text)


def _check_buttons(template: Template, given: Sequence[Part]) -> None:
    wanted = [str(n) for n, each in enumerate(template.buttons) if PLACE.search(str(each.get("url", "")))]
    if sorted(str(each.get("index", "")) for each in given) != wanted:
        raise trouble(132000, f"buttons: {len(given)} given, {len(wanted)} expected")
