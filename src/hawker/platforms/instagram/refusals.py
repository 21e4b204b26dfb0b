"""What Instagram refuses beyond what the Graph API refuses everywhere ("Error codes", read 2026-11-22). The
subcodes are found in the states of containers as well."""

import re
from functools import partial

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.meta_refusals import FAULTY, PROOF, Key, Meaning, Refusals, Trouble
from hawker.connect.text import say

_SUBCODE = re.compile(r"\b2207\d{3}\b")
_of_media = partial(Meaning, kind=Refused, field="media")

UNREACHED = _of_media(
    sentence=say(
        "Instagram could not fetch a picture or video of this post from Hawker. Hawker's public address must"
        " lead to it from the internet, without a login before it."
    )
)
SLOW = Meaning(
    kind=Later,
    sentence=say(
        "Instagram took too long to fetch a picture or video from Hawker. Hawker tries again by itself."
    ),
)
EXPIRED = Meaning(
    kind=Later,
    sentence=say("What was uploaded to Instagram is too old by now. Hawker uploads it again by itself."),
)
NOT_READY = Meaning(
    kind=Later, sentence=say("Instagram is still working on this post. Hawker asks again soon.")
)
SPENT = Meaning(
    kind=Later,
    sentence=say(
        "This account has published as much as Instagram takes from programs in 24 hours. Hawker tries again"
        " by itself."
    ),
)
BAD_MEDIA = _of_media(
    sentence=say(
        "Instagram cannot use a picture or video of this post, and said: “%(reason)s”. Save it anew and add"
        " it again."
    )
)
_BAD_VIDEO = _of_media(
    sentence=say("Instagram does not take this video. Save it as MP4 (H.264 and AAC) and add it again.")
)
_BIG = _of_media(sentence=say("Instagram takes pictures of at most 8 MB. Make it smaller."))
_NO_JPEG = _of_media(sentence=say("Instagram takes pictures as JPEG only. Save it as JPEG and add it again."))
_RATIO = _of_media(
    sentence=say("This picture is too narrow or too wide for Instagram: 4:5 to 1.91:1. Cut it to size.")
)
NUMBER = _of_media(
    sentence=say("Instagram takes 2 to 10 pictures and videos in a carousel. Add or take out some.")
)
_KIND = Meaning(
    kind=Refused,
    field="kind",
    sentence=say("Instagram does not take this as this kind of post. Choose another kind."),
)
_OFFSET = Meaning(
    kind=Refused,
    field="thumb_offset",
    sentence=say("The moment for the cover lies behind the end of the video. Choose an earlier one."),
)
LONG = Meaning(
    kind=Refused,
    field="text",
    sentence=say(
        "The text is too much for Instagram: at most 2,200 letters, 30 hashtags and 20 mentions. Shorten it."
    ),
)
_SPAM = Meaning(
    kind=Refused,
    sentence=say(
        "Instagram took this for spam and blocked it. Wait some hours, change the post, and try again."
    ),
)
_RESTRICTED = Meaning(
    kind=SignInAgain,
    sentence=say(
        "Instagram has restricted this account, or it is inactive. Open the Instagram app, do what it asks"
        " for, and connect the channel again."
    ),
)
_GONE = Meaning(
    kind=Refused,
    sentence=say("Instagram does not find this post, or does not show it to Hawker."),
)
_TAGS = Meaning(
    kind=Refused,
    sentence=say(
        "Instagram does not take the people or products tagged in this post, and said: “%(reason)s”. Change"
        " it and try again."
    ),
)
_TRIAL = Meaning(
    kind=Refused,
    field="kind",
    sentence=say("This account cannot publish trial reels at Instagram. Publish an ordinary reel."),
)
_NO_VIDEO_WAY = _of_media(
    sentence=say(
        "Instagram takes this video from a public address only. Give Hawker one, or connect the channel"
        " again by signing in at Facebook."
    )
)

_SUBCODES: dict[int, Meaning] = {
    2207001: FAULTY,
    2207032: FAULTY,
    2207053: FAULTY,
    2207076: FAULTY,
    2207077: FAULTY,
    2207082: FAULTY,
    2207003: SLOW,
    2207020: EXPIRED,
    2207008: EXPIRED,
    2207027: NOT_READY,
    2207042: SPENT,
    2207051: _SPAM,
    2207050: _RESTRICTED,
    2207006: _GONE,
    2207057: _OFFSET,
    2207010: LONG,
    2207023: _KIND,
    2207028: NUMBER,
    2207026: _BAD_VIDEO,
    2207052: UNREACHED,
    2207004: _BIG,
    2207005: _NO_JPEG,
    2207009: _RATIO,
    2207081: _TRIAL,
    **dict.fromkeys((2207035, 2207036, 2207037, 2207040), _TAGS),
}
# An answer of the upload server has no code at all.
OF_UPLOAD: Key = (0, 0)
_CODES: dict[Key, Meaning] = {
    (-1, 0): FAULTY,
    (-2, 0): SLOW,
    (9, 0): SPENT,
    (110, 0): LONG,
    (9004, 0): UNREACHED,
    (9007, 0): NOT_READY,
    (352, 0): _BAD_VIDEO,
    (36000, 0): _BIG,
    (36001, 0): _NO_JPEG,
    (36003, 0): _RATIO,
    OF_UPLOAD: BAD_MEDIA,
}
REFUSALS = Refusals(
    network="Instagram",
    own={**_CODES, **{(0, subcode): meaning for subcode, meaning in _SUBCODES.items()}},
    words=(
        ("appsecret_proof", PROOF),
        ("parameter video_url is required", _NO_VIDEO_WAY),
    ),
)


def of_state(answer: Answer, told: str) -> NetworkError:
    """What went wrong with a container that says ERROR: `told` is its `status`, a subcode, or a sentence with
    one in it."""
    found = _SUBCODE.search(told)
    subcode = int(found[0]) if found else 0
    trouble = Trouble(code=0, subcode=subcode, told=told, words=told, transient=False)
    return REFUSALS.error(_SUBCODES.get(subcode, BAD_MEDIA), trouble, answer)
