"""What signers say instead of what they were asked for, and their silence. NIP-46 has words, no codes."""

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.text import say
from hawker.platforms.nostr.bunker import FIELD
from hawker.platforms.nostr.refusals import quoted

# Each signer words it as it likes; seen in 2026 are “Unauthorized”, “no permission” and “Unknown client”.
_STRANGER = (
    "unauthorized",
    "not authorized",
    "not allowed",
    "permission",
    "not connected",
    "unknown client",
    "revoked",
    "expired",
    "no session",
)
_BUSY = ("timeout", "timed out", "locked", "try again", "rate", "busy")


class Asleep(Later):
    """The question is at the relay, and nobody answers."""


def asleep() -> Asleep:
    sentence = say(
        "Your signer does not answer. Open its app and leave it open, then try again; posts that wait are "
        "tried again by themselves."
    )
    return Asleep(sentence, code="silent")


def wants_confirmation(address: str) -> Later:
    """`address`: a page of the signer's, or whatever else it said."""
    sentence = say(
        "Your signer wants you to allow this first: open %(address)s and confirm there, then try again; "
        "posts that wait are tried again by themselves.",
        address=quoted(address),
    )
    return Later(sentence, code="auth_url")


def explain(reason: str) -> NetworkError:
    told = quoted(reason)
    if any(word in reason.lower() for word in _STRANGER):
        sentence = say(
            "Your signer no longer signs for Hawker (“%(reason)s”). Allow it there, or connect the account "
            "again with a fresh address from the signer.",
            reason=told,
        )
        return SignInAgain(sentence, code="stranger")
    if any(word in reason.lower() for word in _BUSY):
        sentence = say(
            "Your signer cannot sign just now (“%(reason)s”). Hawker tries again by itself.", reason=told
        )
        return Later(sentence, code="busy")
    sentence = say(
        "Your signer did not sign this and said: “%(reason)s”. Publish it again, and confirm it there.",
        reason=told,
    )
    return Refused(sentence, code="declined")


def not_let_in(reason: str) -> Refused:
    sentence = say(
        "Your signer did not let Hawker in and said: “%(reason)s”. Such an address often holds good only "
        "once: make a fresh one in the signer's app.",
        reason=quoted(reason),
    )
    return Refused(sentence, code="not_let_in", field=FIELD)


def no_signer() -> Refused:
    sentence = say("What answers at this address is no signer. Copy the address from the signer's app again.")
    return Refused(sentence, field=FIELD)


def changed() -> Refused:
    sentence = say(
        "Your signer gave back something else than Hawker asked it to sign, so it was not published. Look in "
        "the signer's app which account it signs for, and connect that one."
    )
    return Refused(sentence, code="changed")


def too_long() -> Refused:
    sentence = say("This text is too long for your signer. Shorten it.")
    return Refused(sentence, code="too_long", field="text")


def another_account() -> SignInAgain:
    sentence = say("Your signer now signs for another account. Connect the account again.")
    return SignInAgain(sentence, code="another_account")
