"""/queue and /recurrences."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from ninja import HeaderEx, P, Router
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.planning import (
    QueueOut,
    QueuesOut,
    RecurrenceChange,
    RecurrenceIn,
    RecurrencesOut,
    RecurrenceWithPostsOut,
    SlotsIn,
    queue_of,
    recurrence_of,
    rhythm_of,
    slots_of,
    with_posts,
)
from hawker.api.schemas.posts import PostOut, post_of
from hawker.api.schemas.writing import writing_of
from hawker.core.channels import queries as channels
from hawker.core.people import queries as people
from hawker.core.planning import queries, queue, repeating
from hawker.core.planning.models import Recurrence
from hawker.core.planning.rules import Kind, Rhythm
from hawker.core.planning.writings import writing_of as kept_writing
from hawker.core.posts.values import Writing

router = Router(tags=["planning"])


@router.get("/queue", response={200: QueuesOut, **ANSWERS})
def list_queues(request: Asked) -> QueuesOut:
    """Each channel's weekly times, and the next of them that are free."""
    return QueuesOut(queues=[queue_of(each) for each in queries.queues(request.auth, timezone.now())])


@router.put("/channels/{channel_id}/slots", response={200: QueueOut, **ANSWERS})
def set_slots(request: Asked, channel_id: UUID, wish: SlotsIn) -> QueueOut:
    """Replaces a channel's weekly times; what is in the queue already keeps its own."""
    channel = channels.channel(request.auth, channel_id)
    queue.set_slots(request.auth, channel.id, slots_of(wish))
    found = queries.queues(request.auth, timezone.now())
    return queue_of(next(each for each in found if each.channel.id == channel.id))


@router.post("/posts/{post_id}/queue", response={200: PostOut, **ANSWERS})
def queue_post(request: Asked, post_id: UUID) -> PostOut:
    """Sends a draft out at the next free weekly time of each of its channels."""
    return post_of(queue.enqueue(request.auth, post_id))


@router.get("/recurrences", response={200: RecurrencesOut, **ANSWERS})
def list_recurrences(request: Asked) -> RecurrencesOut:
    """The posts that come back, the newest first."""
    now, zone = timezone.now(), _zone(request)
    rows = queries.recurrences(request.auth)
    return RecurrencesOut(recurrences=[recurrence_of(row, now, zone) for row in rows])


@router.post("/recurrences", response={201: RecurrenceWithPostsOut, **ANSWERS})
def create_recurrence(
    request: Asked, wish: RecurrenceIn, key: HeaderEx[str, P(alias="Idempotency-Key", max_length=200)] = ""
) -> Status[RecurrenceWithPostsOut]:
    """Lets a post come back by a rule; the posts of the next two weeks are made at once.

    With the header `Idempotency-Key`, the same request makes one recurrence only.
    """
    business = people.workspace(request.auth.workspace)
    today = timezone.now().astimezone(ZoneInfo(business.time_zone)).date()
    writing = writing_of(wish, Writing(text="", language=business.language))
    rhythm = rhythm_of(wish, Rhythm(kind=Kind.daily, wall=wish.time, start=today))
    return Status(201, _told(request, repeating.repeat(request.auth, writing, rhythm, key=key)))


@router.get("/recurrences/{recurrence_id}", response={200: RecurrenceWithPostsOut, **ANSWERS})
def show_recurrence(request: Asked, recurrence_id: UUID) -> RecurrenceWithPostsOut:
    return _told(request, queries.recurrence(request.auth, recurrence_id))


@router.patch("/recurrences/{recurrence_id}", response={200: RecurrenceWithPostsOut, **ANSWERS})
def change_recurrence(request: Asked, recurrence_id: UUID, wish: RecurrenceChange) -> RecurrenceWithPostsOut:
    """Changes what is named, for the posts that are still to come; nothing goes out by it."""
    row = queries.recurrence(request.auth, recurrence_id)
    writing = writing_of(wish, kept_writing(row.writing))
    rhythm = rhythm_of(wish, queries.rhythm_of(row))
    return _told(request, repeating.change(request.auth, recurrence_id, writing, rhythm))


@router.post("/recurrences/{recurrence_id}/pause", response={200: RecurrenceWithPostsOut, **ANSWERS})
def pause_recurrence(request: Asked, recurrence_id: UUID) -> RecurrenceWithPostsOut:
    """Makes no more posts until it is resumed, and takes back those that have not gone out."""
    return _told(request, repeating.pause(request.auth, recurrence_id))


@router.post("/recurrences/{recurrence_id}/resume", response={200: RecurrenceWithPostsOut, **ANSWERS})
def resume_recurrence(request: Asked, recurrence_id: UUID) -> RecurrenceWithPostsOut:
    """Lets it come back again from now on."""
    return _told(request, repeating.resume(request.auth, recurrence_id))


@router.delete("/recurrences/{recurrence_id}", response={204: None, **ANSWERS})
def end_recurrence(request: Asked, recurrence_id: UUID) -> Status[None]:
    """Lets it come back no more, and takes back what has not gone out."""
    repeating.end(request.auth, recurrence_id)
    return Status(204, None)


def _told(request: Asked, row: Recurrence) -> RecurrenceWithPostsOut:
    now = timezone.now()
    return with_posts(recurrence_of(row, now, _zone(request)), queries.occurrences(row, now))


def _zone(request: Asked) -> str:
    return people.workspace(request.auth.workspace).time_zone
