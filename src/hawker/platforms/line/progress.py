"""What became of a message to a part of the friends: LINE takes it at once and sends it after a while."""

from pydantic import BaseModel, Field

from hawker.connect.errors import NetworkError, Refused
from hawker.connect.text import say
from hawker.platforms.line.options import GROUP
from hawker.platforms.line.wire import Line

# Messaging API reference, “Get narrowcast message progress status”, read 2026-07-01. 3 is a call that was
# repeated: the first of them was sent.
FEW, REPEATED, SMALL = 2, 3, 4


class _Progress(BaseModel):
    phase: str
    code: int | None = Field(alias="errorCode", default=None)
    reason: str = Field(alias="failedDescription", default="")


async def demand_sent(api: Line, request: str) -> None:
    """Raises Refused where LINE says that it sent this to nobody. What it does not tell now counts as
    sent."""
    try:
        progress = await api.read("message/progress/narrowcast", _Progress, {"requestId": request})
    except NetworkError:
        return
    if progress.phase == "failed" and progress.code != REPEATED:
        raise _failure(progress)


def _failure(progress: _Progress) -> Refused:
    if progress.code in {FEW, SMALL}:
        sentence = say(
            "LINE sent this to nobody, because too few friends fit: it wants at least 50. Choose more of"
            " them."
        )
        return Refused(sentence, code=str(progress.code), field=GROUP)
    sentence = say(
        "LINE took this message and then sent it to nobody. It said: “%(reason)s”. Edit the post, save it"
        " as it is, and then try again: otherwise LINE keeps to its answer for a day.",
        reason=progress.reason or str(progress.code or "?"),
    )
    return Refused(sentence, code=str(progress.code or ""))
