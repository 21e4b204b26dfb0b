"""What Facebook refuses of pages and their posts, beyond what the Graph API refuses everywhere.

Most of these numbers come as subcodes, some as codes: both are read. Pages API and "Handle errors", read on
2026-11-22; the numbers from 1346003 on are those that publishing programs have met.
"""

from collections.abc import Iterable

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.meta_refusals import BLOCKED, CHECKPOINT, FAULTY, PROOF, Key, Meaning, Refusals
from hawker.connect.text import say

SAME_WORDS = Meaning(
    kind=Refused,
    field="text",
    sentence=say("Facebook takes no post with the same words as one before. Change them and try again."),
)
_LONG = Meaning(
    kind=Refused,
    field="text",
    sentence=say("The text is too long for Facebook, which takes about 63,000 letters. Shorten it."),
)
BAD_PICTURE = Meaning(
    kind=Refused,
    field="media",
    sentence=say(
        "Facebook does not take a picture of this post. Save it as JPEG or PNG of at most 4 MB, and add it"
        " again."
    ),
)
_OLD_PICTURE = Meaning(
    kind=Refused,
    field="media",
    sentence=say("Facebook has used a picture of this post already. Add the pictures again."),
)
BAD_VIDEO = Meaning(
    kind=Refused,
    field="media",
    sentence=say(
        "Facebook cannot use this video, and said: “%(reason)s”. Save it as MP4 (H.264, AAC) and add"
        " it again."
    ),
)
_BAD_LINK = Meaning(
    kind=Refused,
    field="link",
    sentence=say("Facebook cannot open the link of this post. Check the address, or take it out."),
)
_OWN_LINK = Meaning(
    kind=Refused,
    field="link",
    sentence=say("Facebook takes no link to Facebook itself here. Take it out."),
)
_TOO_FAST = Meaning(
    kind=Later,
    sentence=say("Facebook finds that this page posts too fast. Hawker tries again by itself."),
)
_AGAINST_RULES = Meaning(
    kind=Refused,
    field="text",
    sentence=say(
        "Facebook finds this post against its rules, and said: “%(reason)s”. Change it and try again."
    ),
)
_NOT_AUTHORISED = Meaning(
    kind=SignInAgain,
    sentence=say(
        "Facebook wants whoever runs this page to be authorised to publish. Open the page at Facebook, follow"
        " what it asks under Page Publishing Authorization, then connect the channel again."
    ),
)
_NO_ROLE = Meaning(
    kind=SignInAgain,
    sentence=say(
        "The person who connected this page may no longer act for it. Give her a role on the page at"
        " Facebook, or connect the channel again as somebody who has one."
    ),
)
_APP_OUT = Meaning(
    kind=SignInAgain,
    sentence=say(
        "The app was taken out of the owner's Facebook settings, under business integrations. Connect the"
        " channel again."
    ),
)
_NO_PAGE = Meaning(
    kind=SignInAgain,
    sentence=say("Facebook no longer shows this page to Hawker. Connect the channel again."),
)


def _numbers(numbers: Iterable[int], meaning: Meaning) -> dict[Key, Meaning]:
    return {key: meaning for number in numbers for key in ((0, number), (number, 0))}


REFUSALS = Refusals(
    network="Facebook",
    own={
        (506, 0): SAME_WORDS,
        (352, 0): BAD_VIDEO,
        (190, 458): _APP_OUT,
        (190, 492): _NO_ROLE,
        **_numbers((1366046,), BAD_PICTURE),
        **_numbers((1366051,), _OLD_PICTURE),
        **_numbers((2069019, 1363030, 1363041), BAD_VIDEO),
        **_numbers((1609005, 2061006), _BAD_LINK),
        **_numbers((1609008,), _OWN_LINK),
        **_numbers((1390008,), _TOO_FAST),
        **_numbers((1346003, 1349125, 1404102), _AGAINST_RULES),
        **_numbers((1404112,), BLOCKED),
        **_numbers((1404006, 4854002), CHECKPOINT),
        **_numbers((1404078,), _NOT_AUTHORISED),
        **_numbers((1363047, 1609010), FAULTY),
    },
    words=(("appsecret_proof", PROOF), ("is too long", _LONG)),
)
# For calls about the page itself, where "not there" means that it is not shown to this key.
OF_PAGE = Refusals(network="Facebook", own={**REFUSALS.own, (100, 33): _NO_PAGE}, words=REFUSALS.words)
