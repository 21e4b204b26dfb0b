"""What the networks say of a post before it is written down."""

from collections.abc import Iterable
from uuid import UUID

from ninja import Schema

from hawker.api.schemas.refusals import ProblemOut
from hawker.core.posts.queries import Review
from hawker.core.speech import speak


class ChangeOut(Schema):
    """What Hawker makes of a picture or a video, so that this channel's network takes it; the file that was
    added stays as it is. `part`: 0 the post itself, 2 … the further posts of its thread."""

    channel: UUID
    part: int
    media: UUID
    sentences: list[str]


class CheckOut(Schema):
    """`problems`: what must be changed before the post can go out. `changes`: what Hawker does by itself."""

    problems: list[ProblemOut]
    changes: list[ChangeOut]


def check_of(reviews: Iterable[Review]) -> CheckOut:
    told = list(reviews)
    return CheckOut(
        problems=[
            ProblemOut(field=each.field, part=each.part, channel=each.channel, sentence=speak(each.sentence))
            for review in told
            for each in review.problems
        ],
        changes=[
            ChangeOut(
                channel=review.channel.id,
                part=each.part,
                media=each.media,
                sentences=[speak(sentence) for sentence in each.sentences],
            )
            for review in told
            for each in review.changes
        ],
    )
