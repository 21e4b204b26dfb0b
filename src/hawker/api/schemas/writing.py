"""Posts: what is sent to write one."""

from collections.abc import Iterable, Mapping
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from hawker.api.schemas.text import Line, Text, Wish
from hawker.core.posts.values import Picture, ThreadPart, Wording, Writing

Language = Annotated[str, StringConstraints(max_length=20, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Time = Annotated[str, StringConstraints(min_length=1, max_length=60)]


def _named(given: object) -> object:
    """An id alone stands for the thing with this id and nothing else to say of it."""
    return given if isinstance(given, Mapping) else {"id": given}


class WordingIn(Wish):
    """A channel to publish on; `text` where it says something else there, `options` of its network.
    `audience`: the list of those whom it goes to, where the network delivers to people; without one everybody
    gets it, where the network delivers to both."""

    id: UUID
    text: Text | None = None
    options: dict[Line, Line] = {}
    audience: UUID | None = None


class PictureIn(Wish):
    id: UUID
    alt: Text = ""


Channels = Annotated[
    list[Annotated[WordingIn, BeforeValidator(_named)]],
    Field(max_length=100, description="Each an object, or just the channel's id."),
]
Pictures = Annotated[
    list[Annotated[PictureIn, BeforeValidator(_named)]],
    Field(max_length=100, description="Each an object, or just the picture's id."),
]


class ThreadPartIn(Wish):
    """A further post of a thread."""

    text: Text = ""
    media: Pictures = []


Thread = Annotated[
    list[ThreadPartIn], Field(max_length=50, description="What goes on from the post, one after the other.")
]


class Words(Wish):
    """What a post says, and where."""

    text: Text = ""
    channels: Channels = []
    media: Pictures = []
    thread: Thread = []
    first_comment: Text = ""
    language: Language = ""


class PostChange(Words):
    """What to change of a post; what is left out stays."""

    at: Time = Field(
        default="", description="ISO 8601. Without an offset it is wall-clock time in the business's zone."
    )


class PostIn(PostChange):
    """A post to write and send out: at `at`, else now. With `draft` it only stays here, with `queue` it goes
    out at the next free weekly time of each channel."""

    draft: bool = False
    queue: bool = False


class TimeIn(Wish):
    at: Time = Field(default="", description="ISO 8601. Left out: the post's own time, else now.")


def writing_of(wish: Words, before: Writing) -> Writing:
    """What the post says with the wish fulfilled; what the wish does not name stays as it was `before`."""
    given = wish.model_fields_set
    return Writing(
        text=wish.text if "text" in given else before.text,
        language=wish.language if "language" in given else before.language,
        first_comment=wish.first_comment if "first_comment" in given else before.first_comment,
        pictures=_pictures(wish.media) if "media" in given else before.pictures,
        wordings=_wordings(wish.channels) if "channels" in given else before.wordings,
        thread=_thread(wish.thread) if "thread" in given else before.thread,
    )


def says(wish: PostChange) -> bool:
    """Whether the wish is about more than the time."""
    return bool(wish.model_fields_set - {"at", "draft", "queue"})


def _pictures(given: Iterable[PictureIn]) -> tuple[Picture, ...]:
    return tuple(Picture(media=each.id, alt=each.alt) for each in given)


def _thread(given: Iterable[ThreadPartIn]) -> tuple[ThreadPart, ...]:
    return tuple(ThreadPart(text=each.text, pictures=_pictures(each.media)) for each in given)


def _wordings(given: Iterable[WordingIn]) -> tuple[Wording, ...]:
    return tuple(
        Wording(channel=each.id, text=each.text, options=each.options, audience=each.audience)
        for each in given
    )
