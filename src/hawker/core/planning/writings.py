"""What a post that comes back says, as it is kept: a writing as JSON."""

from typing import NotRequired, TypedDict, cast
from uuid import UUID

from hawker.core.posts.values import Picture, ThreadPart, Wording, Writing


class KeptPicture(TypedDict):
    media: str
    alt: str


class KeptPart(TypedDict):
    text: str
    pictures: list[KeptPicture]


class KeptWording(TypedDict):
    channel: str
    text: str | None
    options: dict[str, str]
    audience: NotRequired[str]


class Kept(TypedDict):
    text: str
    language: str
    pictures: list[KeptPicture]
    wordings: list[KeptWording]
    thread: list[KeptPart]
    first_comment: str


def keep(writing: Writing) -> Kept:
    return Kept(
        text=writing.text,
        language=writing.language,
        pictures=_keep_pictures(writing.pictures),
        wordings=[_keep_wording(each) for each in writing.wordings],
        thread=[KeptPart(text=each.text, pictures=_keep_pictures(each.pictures)) for each in writing.thread],
        first_comment=writing.first_comment,
    )


def writing_of(kept: object) -> Writing:
    """`kept`: what `keep` made, as it came back from its row."""
    given = cast(Kept, kept)
    return Writing(
        text=given["text"],
        language=given["language"],
        pictures=_pictures(given["pictures"]),
        wordings=tuple(
            Wording(
                channel=UUID(each["channel"]),
                text=each["text"],
                options=each["options"],
                audience=UUID(each["audience"]) if "audience" in each else None,
            )
            for each in given["wordings"]
        ),
        thread=tuple(
            ThreadPart(text=each["text"], pictures=_pictures(each["pictures"])) for each in given["thread"]
        ),
        first_comment=given["first_comment"],
    )


def _keep_wording(wording: Wording) -> KeptWording:
    kept = KeptWording(channel=str(wording.channel), text=wording.text, options=dict(wording.options))
    if wording.audience:
        kept["audience"] = str(wording.audience)
    return kept


def _keep_pictures(pictures: tuple[Picture, ...]) -> list[KeptPicture]:
    return [KeptPicture(media=str(each.media), alt=each.alt) for each in pictures]


def _pictures(kept: list[KeptPicture]) -> tuple[Picture, ...]:
    return tuple(Picture(media=UUID(each["media"]), alt=each["alt"]) for each in kept)
