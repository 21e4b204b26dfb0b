"""What the owner chose for a message: the template, and the values for its places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.values import Draft, Problem

TEMPLATE, LANGUAGE, PARAMETERS, HEADER, BUTTON = (
    "template",
    "template_language",
    "parameters",
    "header",
    "button",
)
VALUES = (PARAMETERS, HEADER, BUTTON)
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_CODE = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")
_SEPARATOR = re.compile(r"[|｜]")
# {name}, {name:friend} for people whose name is not known, and {text} for the text of the post.
_PLACE = re.compile(r"\{(name|text)(?:[:：]([^{}]*))?\}")
# What a place named in a template looks like where its value is given by name.
_NAMED = re.compile(r"\s*([a-z0-9_]+)\s*=(.*)", re.DOTALL)


def template_name(options: Mapping[str, str]) -> str:
    return options.get(TEMPLATE, "").strip()


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The values of an option, in their order, and those given by name."""

    plain: tuple[str, ...]
    named: Mapping[str, str]


def problems(options: Mapping[str, str]) -> Iterator[Problem]:
    """What cannot be right whatever the template is."""
    name, code = template_name(options), options.get(LANGUAGE, "").strip()
    if not name:
        given = [each for each in VALUES if options.get(each, "").strip()]
        if given:
            yield Problem(
                field=given[0], sentence=say("Values are for a template: name it, or take them out.")
            )
        return
    if not _NAME.fullmatch(name):
        sentence = say("The name of a template has small letters, digits and underscores only.")
        yield Problem(field=TEMPLATE, sentence=sentence)
    if code and not _CODE.fullmatch(code):
        yield Problem(field=LANGUAGE, sentence=say("A language looks like zh_TW or en. Or leave it empty."))


def typed(options: Mapping[str, str], option: str, names: Sequence[str]) -> Typed:
    """`names`: those of the template's places, which may stand before a value and “=”."""
    plain, named = list[str](), dict[str, str]()
    text = options.get(option, "").strip()
    for part in _SEPARATOR.split(text) if text else ():
        match = _NAMED.fullmatch(part)
        if match and match[1] in names and not match[1].isdecimal():
            named[match[1]] = match[2].strip()
        else:
            plain.append(part.strip())
    return Typed(plain=tuple(plain), named=named)


def fill(value: str, draft: Draft, option: str) -> str:
    """Raises Refused where nothing is known of the person that the value asks for, or where it is none that
    a template takes: one line, and not empty (Cloud API, "Template messages", read 2026-11-22)."""
    filled = _PLACE.sub(lambda match: _known(match, draft, option), value)
    text = " ".join(filled.split())
    if not text:
        raise Refused(say("WhatsApp takes no empty value in a template. Write one."), field=option)
    return text


def _known(match: re.Match[str], draft: Draft, option: str) -> str:
    if match[1] == "text":
        return draft.text
    name = draft.to.name if draft.to else ""
    if not name and match[2] is None:
        sentence = say(
            "The name of this person is not known. Write it down under Contacts, or say what stands there"
            " instead, as in {name:friend}."
        )
        raise Refused(sentence, field=option)
    return name or match[2]
