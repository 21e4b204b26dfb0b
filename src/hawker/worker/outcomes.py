"""From what a network raised to what the ledger understands."""

from hawker.connect.errors import (
    CannotLook,
    KeyExpired,
    Later,
    NetworkError,
    OnlyByHand,
    OutcomeUnknown,
    Refused,
    SignInAgain,
)
from hawker.connect.text import say
from hawker.core.publishing.states import (
    AnswerLost,
    Declined,
    Handed,
    KeyDead,
    Outcome,
    Postponed,
    Reason,
    Unlookable,
)

FAULT = Reason(
    sentence=say("Hawker itself has a fault here. The log says more; please report it."), code="fault"
)


def of(error: NetworkError) -> Outcome:
    match error:
        case OnlyByHand():
            return Handed(_reason(error))
        case Refused(field=field):
            return Declined(_reason(error, field))
        case SignInAgain():
            return KeyDead(_reason(error))
        case OutcomeUnknown():
            return AnswerLost(_reason(error))
        case CannotLook():
            return Unlookable(_reason(error))
        case KeyExpired() | Later():
            return Postponed(reason=_reason(error), at=error.at)
    raise TypeError(f"{type(error).__name__} has no place in the error tree")


def of_preparation(error: NetworkError) -> Outcome:
    """Whatever is lost on the way while preparing can be done again: nothing was sent."""
    if isinstance(error, OutcomeUnknown | CannotLook):
        return Postponed(reason=_reason(error))
    return of(error)


def of_look(error: NetworkError) -> Outcome:
    """A look that went wrong has not shown that the post is absent."""
    if isinstance(error, OnlyByHand):
        return Declined(_reason(error))
    if isinstance(error, OutcomeUnknown):
        return Postponed(reason=_reason(error))
    return of(error)


def _reason(error: NetworkError, field: str = "") -> Reason:
    return Reason(sentence=error.sentence, code=error.code, field=field)
