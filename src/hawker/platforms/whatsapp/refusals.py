"""What WhatsApp refuses, at once or by webhook, beyond what the Graph API refuses everywhere.

Cloud API, "Error codes", read 2026-11-22. Which status of HTTP goes with a code is not documented: codes
alone count.
"""

from collections.abc import Iterable

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.meta_refusals import (
    BLOCKED,
    FAULTY,
    NO_RIGHT,
    PROOF,
    WAIT,
    Key,
    Meaning,
    Refusals,
    Trouble,
)
from hawker.connect.text import Sentence, say

NETWORK = "WhatsApp"
WINDOW = "131047"
STOPPED = 131050


def _refused(sentence: Sentence, field: str = "") -> Meaning:
    return Meaning(kind=Refused, sentence=sentence, field=field)


CLOSED = say(
    "This person has not written to you within 24 hours, so WhatsApp takes only an approved template for her."
    " Choose a template, or wait until she writes."
)
_SPAM = Meaning(
    kind=Later,
    sentence=say(
        "WhatsApp slows this number down, because many people blocked its messages or reported them. Hawker"
        " tries again by itself; write to fewer people, and only to those who asked for it."
    ),
)
_PAIR = Meaning(
    kind=Later,
    sentence=say("WhatsApp takes only few messages for the same person in a short time. Hawker tries again."),
)
_NOT_LISTED = _refused(
    say(
        "Meta's test number writes only to people on its list. Add this person under WhatsApp, API setup, or"
        " connect a number of your own."
    )
)
_UNDELIVERABLE = _refused(
    say(
        "WhatsApp cannot deliver to this person: the number is not on WhatsApp, she has not accepted its"
        " terms, or her app is too old. Check the number."
    )
)
_SELF = _refused(say("This person has the number that the message comes from. Take her off the list."))
_NAME = _refused(
    say("WhatsApp has not approved the display name of your number. Settle that in WhatsApp Manager first.")
)
_PAYMENT = _refused(
    say(
        "WhatsApp has a problem with the payment of your business. Settle it in WhatsApp Manager, under"
        " Billing, then try again."
    )
)
_REGISTER = _refused(
    say(
        "This number is not registered for WhatsApp's Cloud API, or its certificate is wrong. Register it in"
        " WhatsApp Manager, then try again."
    )
)
_LOCKED = _refused(
    say(
        "WhatsApp has locked this business account because of its rules, and said: “%(reason)s”. Settle that"
        " in WhatsApp Manager, then try again."
    )
)
_COUNTRY = _refused(
    say("WhatsApp does not let your business write to people in this country. Take her off the list.")
)
_UNWELL = _refused(
    say(
        "WhatsApp held this message back, so that people do not get too much marketing. Write to this person"
        " again after some days, not at once."
    )
)
_STOPPED = _refused(
    say(
        "This person told WhatsApp that she wants no more marketing messages of your business. Hawker leaves"
        " her out until she changes her mind."
    )
)
_EXPERIMENT = _refused(
    say("WhatsApp left this person out, as part of an experiment of its own. Try again another day.")
)
_KIND = _refused(
    say("WhatsApp does not take a message of this kind here. Send a text, a picture or a video."), "media"
)
BAD_MEDIA = _refused(
    say(
        "WhatsApp cannot use the picture or video, and said: “%(reason)s”. Save it as JPEG, PNG (at most 5"
        " MB) or MP4 with H.264 and AAC (at most 16 MB), and add it again."
    ),
    "media",
)
_LOST_MEDIA = _refused(
    say("WhatsApp no longer has the picture or video of this message. Try again: Hawker uploads it anew."),
    "media",
)
_MISSING = _refused(
    say("WhatsApp misses something in this message, and said: “%(reason)s”. Change it and try again.")
)
_COUNT = _refused(
    say(
        "The template wants another number of values than this post gives, and WhatsApp said: “%(reason)s”."
        " Give one for each of its places."
    ),
    "parameters",
)
_NO_TEMPLATE = _refused(
    say(
        "WhatsApp has no approved template of this name in this language. Look under Message templates in"
        " WhatsApp Manager."
    ),
    "template",
)
_LONG = _refused(say("With its values the template becomes too long. Shorten them."), "parameters")
_POLICY = _refused(
    say(
        "The template is against WhatsApp's rules, and WhatsApp said: “%(reason)s”. Change it in WhatsApp"
        " Manager."
    ),
    "template",
)
_FORMAT = _refused(
    say("A value does not fit the template, and WhatsApp said: “%(reason)s”. Change the values."),
    "parameters",
)
_PAUSED = _refused(
    say(
        "WhatsApp paused this template, because people reported it or did not read it. Wait until it is"
        " active again, or choose another."
    ),
    "template",
)
_DISABLED = _refused(
    say("WhatsApp has disabled this template for good, because of its quality. Choose another."), "template"
)
_FLOW = _refused(
    say("The form in this template is not published, or is blocked. Mend it in WhatsApp Manager."), "template"
)
_NO_ID = _refused(
    say(
        "WhatsApp takes a message of this kind only for a phone number, and this person has none. Reach her"
        " otherwise."
    )
)
_NO_MARKETING = _refused(
    say("Marketing messages are switched off for this number. Switch them on in WhatsApp Manager."),
    "template",
)
_NO_NUMBER = Meaning(
    kind=SignInAgain,
    sentence=say("WhatsApp no longer shows this number to Hawker. Connect the channel again."),
)


def _codes(codes: Iterable[int], meaning: Meaning) -> dict[Key, Meaning]:
    return {(code, 0): meaning for code in codes}


REFUSALS = Refusals(
    network=NETWORK,
    own={
        **_codes((131000, 131016, 131057, 133004), FAULTY),
        **_codes((130429, 131064, 133016), WAIT),
        **_codes((131005,), NO_RIGHT),
        **_codes((131031,), _LOCKED),
        **_codes((368,), BLOCKED),
        **_codes((130497,), _COUNTRY),
        **_codes((131048,), _SPAM),
        **_codes((131056,), _PAIR),
        **_codes((131008, 131009, 135000), _MISSING),
        **_codes((131021,), _SELF),
        **_codes((131026,), _UNDELIVERABLE),
        **_codes((131030,), _NOT_LISTED),
        **_codes((131037,), _NAME),
        **_codes((131042, 131044), _PAYMENT),
        **_codes((131045, 133010), _REGISTER),
        **_codes((131047,), _refused(CLOSED, "template")),
        **_codes((131049,), _UNWELL),
        **_codes((STOPPED,), _STOPPED),
        **_codes((130472,), _EXPERIMENT),
        **_codes((131051,), _KIND),
        **_codes((131052, 131053), BAD_MEDIA),
        **_codes((132000,), _COUNT),
        **_codes((132001,), _NO_TEMPLATE),
        **_codes((132005,), _LONG),
        **_codes((132007,), _POLICY),
        **_codes((132008, 132012), _FORMAT),
        **_codes((132015,), _PAUSED),
        **_codes((132016,), _DISABLED),
        **_codes((132068, 132069), _FLOW),
        **_codes((131062,), _NO_ID),
        **_codes((131063,), _NO_MARKETING),
    },
    words=(
        ("appsecret_proof", PROOF),
        ("must be a file with one of the following types", BAD_MEDIA),
        ("media id", _LOST_MEDIA),
    ),
)
# For calls about the number itself, where "not there" means that it is not shown to this key.
OF_NUMBER = Refusals(network=NETWORK, own={**REFUSALS.own, (100, 33): _NO_NUMBER}, words=REFUSALS.words)


def explain_failure(code: int, reason: str) -> Sentence:
    """Of a message that WhatsApp took and then did not deliver: nothing of it is tried again by itself."""
    trouble = Trouble(code=code, subcode=0, told=reason, words=reason, transient=False)
    meaning = REFUSALS.own.get((code, 0))
    if meaning is None or issubclass(meaning.kind, Later):
        told = (f"{reason} ({code})" if reason else str(code))[:300]
        return say(
            "WhatsApp took this message and did not deliver it: “%(reason)s”. Try again later.", reason=told
        )
    error: NetworkError = REFUSALS.error(meaning, trouble, Answer(400, {}, b""))
    return error.sentence
