"""/pauses: publishing on hold."""

from uuid import UUID

from django.utils import timezone
from ninja import Router

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.pauses import (
    OpenPauseOut,
    PauseIn,
    PauseOut,
    PausesOut,
    ReleasesOut,
    open_pause_of,
    pause_of,
    release_of,
)
from hawker.core.publishing import pauses, queries

router = Router(tags=["pauses"])
EVERYTHING = PauseIn()


@router.get("/pauses", response={200: PausesOut, **ANSWERS})
def list_pauses(request: Asked) -> PausesOut:
    """What is on hold now, the whole business first."""
    return PausesOut(pauses=[pause_of(each) for each in queries.pauses(request.auth)])


@router.post("/pauses", response={200: PauseOut, **ANSWERS})
def hold_all(request: Asked, wish: PauseIn = EVERYTHING) -> PauseOut:
    """Puts everything, or all of one channel, on hold at once. Where it is already, nothing changes.

    What is being sent at this instant still goes out; whatever is due afterwards waits.
    """
    return pause_of(pauses.hold_all(request.auth, wish.channel, wish.reason))


@router.get("/pauses/{pause_id}", response={200: OpenPauseOut, **ANSWERS})
def show_pause(request: Asked, pause_id: UUID) -> OpenPauseOut:
    """A pause, and what would go out when, if it ended now."""
    pause = queries.pause(request.auth, pause_id)
    return open_pause_of(pause, pauses.to_release(pause, timezone.now()))


@router.post("/pauses/{pause_id}/resume", response={200: ReleasesOut, **ANSWERS})
def resume_all(request: Asked, pause_id: UUID) -> ReleasesOut:
    """Lets publishing go on: what piled up goes out one after the other on each channel."""
    pause = queries.pause(request.auth, pause_id)
    released = pauses.resume_all(request.auth, pause.channel_id)
    return ReleasesOut(releases=[release_of(each) for each in released])
