"""Networks: what they can do, take and ask for."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from ninja import Schema

from hawker.connect.abilities import Field, Way
from hawker.connect.platform import Audience, Kind, Option, Platform
from hawker.connect.text import Sentence
from hawker.connect.values import Limits
from hawker.core.channels import queries
from hawker.core.speech import speak


class OwnOut(Schema):
    """A `value` for the option that only this account offers, and what people call it."""

    option: str
    value: str
    label: str


class LimitsOut(Schema):
    """Lengths by the network's own count, sizes in bytes, pictures in pixels. `by_hand`: no program may post
    there: what is due is handed to its owner. `own`: choices of options that only this account has;
    `withheld`: those that it has not, each as “option=choice”."""

    text: int
    media: int
    alt_text: int
    image_bytes: int
    image_pixels: int
    image_types: list[str]
    text_bytes: int | None
    url_weight: int | None
    by_hand: bool
    own: list[OwnOut]
    withheld: list[str]


class FieldOut(Schema):
    """`kind`: text, url or password."""

    name: str
    label: str
    kind: str
    hint: str | None
    default: str
    required: bool


class WayOut(Schema):
    """A way to connect a channel. One that `redirects` needs a browser: Hawker's own page."""

    name: str
    label: str
    help: str | None
    redirects: bool
    fields: list[FieldOut]


class ChoiceOut(Schema):
    value: str
    label: str


class OptionOut(Schema):
    """Something that only this network's posts have; without `choices` a line of text."""

    name: str
    label: str
    hint: str | None
    default: str
    choices: list[ChoiceOut]


class OwnAppOut(Schema):
    """The network lets a program in only through an app that its owner registers there. `stored`: whether
    Hawker has the keys of one. `version` of its API is served until `sunset`, where that is known."""

    stored: bool
    version: str
    sunset: date | None


class PlatformOut(Schema):
    """`limits` are the usual ones; a channel carries those of its own server. `threads` and `comments`:
    whether further posts and a first comment can follow a post. `audience`: whether a post goes to the people
    of a list: never, always, or where one is chosen. `proof`: what the folder was tried
    against."""

    name: str
    title: str
    abilities: list[str]
    threads: bool
    comments: bool
    audience: Audience
    kinds: list[Kind]
    app: OwnAppOut | None
    ways: list[WayOut]
    options: list[OptionOut]
    limits: LimitsOut
    quality: dict[str, str]
    proof: dict[str, str]


class PlatformsOut(Schema):
    platforms: list[PlatformOut]


def platform_of(platform: Platform, kept: Collection[str]) -> PlatformOut:
    """`kept`: the networks of which Hawker has the keys of an app."""
    return PlatformOut(
        name=platform.name,
        title=platform.title,
        abilities=list(platform.abilities),
        threads=platform.threads,
        comments=platform.comments,
        audience=platform.audience,
        kinds=list(platform.posts),
        app=_own_app(platform, kept) if platform.app else None,
        ways=[_way(way) for way in platform.signs_in.ways],
        options=[_option(option) for option in platform.options],
        limits=limits_of(platform.limits),
        quality=platform.quality,
        proof=platform.proof,
    )


def _own_app(platform: Platform, kept: Collection[str]) -> OwnAppOut:
    return OwnAppOut(
        stored=platform.name in kept,
        version=queries.version_of(platform),
        sunset=queries.sunset_of(platform),
    )


def limits_of(limits: Limits) -> LimitsOut:
    return LimitsOut.model_validate(asdict(limits))


def _way(way: Way) -> WayOut:
    return WayOut(
        name=way.name,
        label=speak(way.label),
        help=_spoken(way.help),
        redirects=way.redirects,
        fields=[field_of(field) for field in way.fields],
    )


def field_of(field: Field) -> FieldOut:
    return FieldOut(
        name=field.name,
        label=speak(field.label),
        kind=field.kind,
        hint=_spoken(field.hint),
        default=field.default,
        required=field.required,
    )


def _option(option: Option) -> OptionOut:
    return OptionOut(
        name=option.name,
        label=speak(option.label),
        hint=_spoken(option.hint),
        default=option.default,
        choices=[ChoiceOut(value=each.value, label=speak(each.label)) for each in option.choices],
    )


def _spoken(sentence: Sentence | None) -> str | None:
    return None if sentence is None else speak(sentence)
