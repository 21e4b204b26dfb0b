"""What can go wrong with a network, sorted by what should happen now.

NetworkError
├── Later            nothing was published; try again at a time
│   └── KeyExpired   … once the account's secrets have been refreshed
├── SignInAgain      the key to this account is dead; its owner must sign in again
├── Refused          the network will not take this; trying again as it is cannot help
│   └── OnlyByHand   … from any program: its owner posts it herself
├── OutcomeUnknown   the one irreversible call may or may not have been accepted: look, never resend
└── CannotLook       whether the post is there cannot be found out: its owner must say
"""

from datetime import datetime

from hawker.connect.text import Sentence


class NetworkError(Exception):
    """`code` is the network's own code where it gave one, for the owner and for support."""

    def __init__(self, sentence: Sentence, *, code: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code


class Later(NetworkError):
    """`at`: when the network said it will answer again (UTC), or None where it did not say."""

    def __init__(self, sentence: Sentence, *, code: str = "", at: datetime | None = None) -> None:
        super().__init__(sentence, code=code)
        self.at = at


class KeyExpired(Later):
    """The secrets ran out before their time; nothing was published."""


class SignInAgain(NetworkError):
    pass


class Refused(NetworkError):
    """`field` names what to change: a field of the post ("text", "media") or of a sign-in form."""

    def __init__(self, sentence: Sentence, *, code: str = "", field: str = "") -> None:
        super().__init__(sentence, code=code)
        self.field = field


class OnlyByHand(Refused):
    """This account may not publish by programs, or not this post: its owner posts it herself."""


class OutcomeUnknown(NetworkError):
    pass


class CannotLook(NetworkError):
    pass
