"""What Threads refuses beyond what the Graph API refuses everywhere ("Troubleshooting", "Posts" and changelog
of the Threads API, read 2026-11-22)."""

from functools import partial

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.meta_refusals import FAULTY, Key, Meaning, Refusals, Trouble, Unseen
from hawker.connect.text import say

_of_media = partial(Meaning, kind=Refused, field="media")

UNSEEN = Meaning(
    kind=Unseen,
    sentence=say("Threads does not show this, or not yet. Hawker asks again soon."),
)
SPENT = Meaning(
    kind=Later,
    sentence=say(
        "This account has done as much as Threads takes from programs in 24 hours. Hawker tries again by"
        " itself."
    ),
)
UNREACHED = _of_media(
    sentence=say(
        "Threads could not fetch a picture or video of this post from Hawker. Hawker's public address must"
        " lead to it from the internet, without a login before it, and it must be a JPEG, PNG or MP4."
    )
)
NUMBER = _of_media(sentence=say("Threads takes at most 20 pictures and videos in a post. Take some out."))
LONG = Meaning(
    kind=Refused,
    field="text",
    sentence=say("Threads takes at most 500 letters, and counts an emoji as several. Shorten the text."),
)
LINKS = Meaning(
    kind=Refused,
    field="text",
    sentence=say("Threads takes at most five different links in a post. Take some out."),
)
_ALT = Meaning(
    kind=Refused,
    field="alt_text",
    sentence=say("Threads takes alternative texts of at most 1,000 letters. Shorten it."),
)
_TOPIC = Meaning(
    kind=Refused,
    field="topic",
    sentence=say("Threads does not take this topic: 1 to 50 letters, no full stop and no &. Change it."),
)
_POLL = Meaning(
    kind=Refused,
    field="poll",
    sentence=say("Threads does not take this poll, and said: “%(reason)s”. Change it."),
)
_LINK = Meaning(
    kind=Refused,
    field="link",
    sentence=say("Threads cannot open the link of this post. Check the address, or take it out."),
)
_QUOTE = Meaning(
    kind=Refused,
    field="quote",
    sentence=say("Threads does not find the post to quote, or does not let it be quoted. Take it out."),
)
_REPLIES = Meaning(
    kind=Refused,
    field="reply_control",
    sentence=say("Threads does not take this choice of who may reply. Choose another."),
)
_BLOCKED = Meaning(
    kind=Refused,
    sentence=say(
        "Threads takes this for spam and blocks it for now. Wait some hours, change the post, and try again."
    ),
)
_RESTRICTED = Meaning(
    kind=SignInAgain,
    sentence=say(
        "Threads has restricted this account. Open Threads, do what it asks for, and connect the channel"
        " again."
    ),
)

# Numbers of the sister network's table ("2207…") are seen here as well, as codes and as subcodes.
_NUMBERS: dict[int, Meaning] = {
    2207042: SPENT,
    2207051: _BLOCKED,
    2207052: UNREACHED,
    4279013: _RESTRICTED,
}
_OWN: dict[Key, Meaning] = {
    (9, 0): SPENT,
    (24, 0): UNSEEN,
    (9004, 0): UNREACHED,
    **{key: meaning for number, meaning in _NUMBERS.items() for key in ((0, number), (number, 0))},
}
REFUSALS = Refusals(
    network="Threads",
    own=_OWN,
    words=(
        ("threads_api__link_limit_exceeded", LINKS),
        ("text must be at most 500", LONG),
        ("param alt_text", _ALT),
        ("param topic_tag", _TOPIC),
        ("param poll_attachment", _POLL),
        ("param link_attachment", _LINK),
        ("param quote_post_id", _QUOTE),
        ("param reply_control", _REPLIES),
        ("param children", NUMBER),
    ),
)

_VIDEO = _of_media(
    sentence=say("Threads cannot read this video. Save it as MP4 (H.264, AAC) and add it again.")
)
_SOUND = _of_media(
    sentence=say(
        "Threads cannot use the sound of this video. Save it as MP4 with AAC sound in stereo, at most"
        " 48 kHz, and add it again."
    )
)
# What `error_message` of a container says ("Troubleshooting", read 2026-11-22; the misspelling is Meta's).
_OF_CONTAINER: dict[str, Meaning] = {
    "FAILED_DOWNLOADING_VIDEO": UNREACHED,
    "FAILED_PROCESSING_VIDEO": _VIDEO,
    "FAILED_PROCESSING_AUDIO": _SOUND,
    "INVALID_AUDIO_CHANNELS": _SOUND,
    "INVALID_AUDIO_CHANNEL_LAYOUT": _SOUND,
    **dict.fromkeys(
        ("INVALID_ASPEC_RATIO", "INVALID_ASPECT_RATIO"),
        _of_media(
            sentence=say("This picture or video is too narrow or too wide for Threads. Cut it to size.")
        ),
    ),
    "INVALID_BIT_RATE": _of_media(
        sentence=say(
            "Threads takes videos of at most 100 megabits a second. Save it smaller and add it again."
        )
    ),
    "INVALID_DURATION": _of_media(
        sentence=say("Threads takes videos of at most five minutes. Shorten it and add it again.")
    ),
    "INVALID_FRAME_RATE": _of_media(
        sentence=say("Threads takes videos of 23 to 60 frames a second. Save it so and add it again.")
    ),
    "UNKNOWN": FAULTY,
}
_OTHERWISE = _of_media(
    sentence=say(
        "Threads cannot use a picture or video of this post, and said: “%(reason)s”. Save it anew and add it"
        " again."
    )
)


def of_container(answer: Answer, told: str) -> NetworkError:
    """What went wrong with a container that says ERROR."""
    trouble = Trouble(code=0, subcode=0, told=told, words=told, transient=False)
    error = REFUSALS.error(_OF_CONTAINER.get(told, _OTHERWISE), trouble, answer)
    error.code = told
    return error
