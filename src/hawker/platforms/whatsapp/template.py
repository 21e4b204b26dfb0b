"""Templates as WhatsApp lists them: whether one is the one meant, and may be sent."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from hawker.connect.errors import Refused
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Text
from hawker.connect.text import Sentence, say
from hawker.connect.values import Draft
from hawker.platforms.whatsapp.values import LANGUAGE, TEMPLATE, template_name

FIELDS = "id,name,status,category,language,parameter_format,components,rejected_reason"
# The management API takes 200 calls an hour for a business account (Graph API, "Rate limits", read
# 2026-11-22); a list has thousands of people. A template that is paused meanwhile is refused when it is sent.
FRESH_SECONDS = 600
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Button(BaseModel):
    type: Text = ""
    url: Text = ""


class Component(BaseModel):
    type: Text = ""
    format: Text = ""
    text: Text = ""
    buttons: tuple[Button, ...] = ()

    @property
    def places(self) -> list[str]:
        return places(self.text)


class Template(BaseModel):
    name: Text = ""
    status: Text = ""
    language: Text = ""
    rejected_reason: Text = ""
    components: tuple[Component, ...] = ()

    def part(self, kind: str) -> Component:
        """An empty one where it has none of this kind."""
        return next((each for each in self.components if each.type.upper() == kind), Component())


def places(text: str) -> list[str]:
    """The names or numbers of the places in a text, each once; numbers in their order."""
    found = list(dict.fromkeys(_PLACE.findall(text)))
    return sorted(found, key=int) if all(each.isdecimal() for each in found) else found


@dataclass(kw_only=True)
class Shelf:
    """The templates that were read of late, by where and of what name."""

    _kept: dict[tuple[str, str, str], tuple[float, tuple[Template, ...]]] = field(default_factory=dict)

    async def read(self, api: Graph, waba: str, name: str) -> tuple[Template, ...]:
        """Those of this name, one for each language: Meta gives all whose name has it as a part."""
        key, now = (api.server, waba, name), time.monotonic()
        read_at, kept = self._kept.get(key, (0.0, ()))
        if kept and now - read_at < FRESH_SECONDS:
            return kept
        params = {"fields": FIELDS, "name": name, "limit": "100"}
        listed = [each async for each in api.listed(f"{waba}/message_templates", Template, params)]
        found = tuple(each for each in listed if each.name == name)
        self._kept[key] = now, found
        return found


def choose(found: Sequence[Template], draft: Draft) -> Template:
    """The one in the language that is meant. Raises Refused where there is none, or where it may not be
    sent."""
    name = template_name(draft.options)
    if not found:
        sentence = say(
            "WhatsApp has no template named “%(name)s” in this account. Look under Message templates in"
            " WhatsApp Manager.",
            name=name,
        )
        raise Refused(sentence, code="132001", field=TEMPLATE)
    chosen = next((each for code in _codes(draft, found) for each in found if each.language == code), None)
    if chosen is None:
        sentence = say(
            "The template “%(name)s” is not there in this language, but in: %(languages)s. Choose one of"
            " them.",
            name=name,
            languages=", ".join(sorted(each.language for each in found)),
        )
        raise Refused(sentence, code="132001", field=LANGUAGE)
    told = _unfit(chosen)
    if told:
        raise Refused(told, code=chosen.status, field=TEMPLATE)
    return chosen


def _codes(draft: Draft, found: Sequence[Template]) -> Iterator[str]:
    """What is asked for; else the only one there is, or that of the post's own language."""
    asked = draft.options.get(LANGUAGE, "").strip().replace("-", "_")
    if asked:
        yield asked
        return
    if len(found) == 1:
        yield found[0].language
    own = draft.language.replace("-", "_")
    yield own
    if own.lower().startswith("zh_hant"):
        yield from ("zh_TW", "zh_HK")
    yield own.partition("_")[0]


def _unfit(template: Template) -> Sentence | None:
    """States that nobody has described are left to WhatsApp."""
    status = template.status.upper()
    if status in {"PENDING", "IN_APPEAL"}:
        return say(
            "WhatsApp still examines the template “%(name)s”. Send it when it is approved.",
            name=template.name,
        )
    if status == "REJECTED":
        return say(
            "WhatsApp did not approve the template “%(name)s” and gave as reason: %(reason)s. Change it in"
            " WhatsApp Manager, or choose another.",
            name=template.name,
            reason=template.rejected_reason or "?",
        )
    if status == "PAUSED":
        return say(
            "WhatsApp paused the template “%(name)s”, because people reported it or did not read it. Wait"
            " until it is active again, or choose another.",
            name=template.name,
        )
    if status in {"DISABLED", "DELETED", "PENDING_DELETION", "ARCHIVED", "LIMIT_EXCEEDED", "LOCKED"}:
        return say(
            "The template “%(name)s” cannot be sent: WhatsApp calls it %(status)s. Choose another.",
            name=template.name,
            status=status,
        )
    return None
