"""What WeChat's codes mean (“全局返回码” and the pages of each call, read 2026-11-23).

Every refusal comes as HTTP 200 with a code. Codes that are not here are told in WeChat's own words.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from hawker.connect.budgets import Daily
from hawker.connect.errors import Later, NetworkError, OnlyByHand, Refused, SignInAgain
from hawker.connect.refusals import Meaning, Meanings, as_said, gone, stale_key, too_fast, unsaid
from hawker.connect.text import Sentence, say
from hawker.platforms.wechat.wishes import AUTHOR, DIGEST, KIND, SOURCE, TAG, TITLE

NETWORK = "WeChat"
DAY = Daily("Asia/Shanghai")
BUSY, DAILY, NO_MASS, REPEATED = -1, 45009, 45028, 45065
STALE = {40001, 40014, 42001}
ADDRESSES = {40164, 61004}
# Of a media id or an article that is not there any more.
LOST_MEDIA, LOST_ARTICLE = 40007, 53600
_HINT = re.compile(r"\s*(?:hint: \[[^\]]*\]|rid: [0-9a-f-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}", re.IGNORECASE)


def explain(code: int, words: str, *, irreversible: bool = False) -> NetworkError:
    """`words`: WeChat's own. Where it is busy, nobody knows whether it took a call that publishes."""
    if code == BUSY:
        return unsaid(NETWORK) if irreversible else Later(_BUSY, code=str(code))
    if code in STALE:
        return stale_key(NETWORK, str(code))
    if code in ADDRESSES:
        return Later(barred(words), code=str(code))
    waits = {DAILY: (_DAILY, DAY.end(now())), NO_MASS: (_NO_MASS, DAY.end(now()))}
    if code in waits:
        sentence, at = waits[code]
        return Later(sentence, code=str(code), at=at)
    if code in {45011, 45066, 53501}:
        return too_fast(NETWORK, at=now() + timedelta(minutes=1), code=str(code))
    known = _MEANINGS.of(code=str(code))
    return known or as_said(NETWORK, _HINT.sub("", words), code=str(code))


def now() -> datetime:
    return datetime.now(UTC)


def barred(words: str) -> Sentence:
    """WeChat names the address from which it was called."""
    found = _ADDRESS.search(words)
    if not found:
        return say(
            "WeChat takes no calls from this server. At mp.weixin.qq.com add its public address to the IP"
            " allow-list beside the AppSecret."
        )
    return say(
        "WeChat takes no calls from this server. At mp.weixin.qq.com add its address %(address)s to the IP"
        " allow-list beside the AppSecret.",
        address=found[0],
    )


def _refused(sentence: Sentence, field: str = "") -> Meaning:
    return partial(Refused, sentence, field=field)


def _codes(codes: Iterable[int], meaning: Meaning) -> dict[str, Meaning]:
    return {str(code): meaning for code in codes}


_BUSY = say("WeChat is busy just now. Hawker tries again by itself.")
_DAILY = say(
    "WeChat lets programs do this only so often a day, and today's number is used up. Hawker goes on after"
    " midnight, China time. A verified account can set the number back at mp.weixin.qq.com."
)
_NO_MASS = say(
    "This account has no mass send left: subscription accounts have one a day, service accounts four a month."
    " Hawker tries again after midnight, China time. Or publish it without telling followers."
)
UNAUTHORISED = say(
    "WeChat does not let this account do that through programs: personal accounts and those not verified may"
    " only upload drafts. Do it by hand at mp.weixin.qq.com."
)
WRONG_SECRET = say(
    "WeChat does not take this AppSecret. It was reset, or belongs to another AppID. Copy it again from"
    " mp.weixin.qq.com and connect the channel again."
)
_FROZEN = say(
    "The AppSecret of this account is frozen. Release it at mp.weixin.qq.com, then connect the channel again."
)
_BLOCKED = partial(
    SignInAgain,
    say(
        "WeChat has shut this account out from calls by programs, because of its rules. Look at the notices"
        " at mp.weixin.qq.com, then connect the channel again."
    ),
)
_TITLE = _refused(
    say("The title is too long for WeChat: it takes 32 characters. Shorten it, or write one."), TITLE
)
_CONTENT = _refused(say("The text is too long for WeChat. Shorten it."), "text")
_INVALID = _refused(
    say("WeChat does not take this text, or something in it. Take out odd signs and links."), "text"
)
_RISKY = _refused(
    say(
        "WeChat's check of contents finds this text or picture risky and does not take it. Change the words"
        " or the picture that it may mean."
    ),
    "text",
)
_PICTURE = _refused(
    say("WeChat cannot use this picture. Save it as JPEG or PNG, smaller than 1 MB, and add it again."),
    "media",
)
LOST = say(
    "WeChat no longer has the draft or a picture of this post: somebody deleted it, or it ran out. Publish"
    " the post again: Hawker uploads it anew."
)
_CHECKED = _refused(
    say(
        "The draft did not pass WeChat's check before publishing. Open it at mp.weixin.qq.com, among the"
        " drafts: there WeChat says what to change."
    ),
    "text",
)
_BY_HAND = partial(
    OnlyByHand,
    say("WeChat wants this draft to be published by hand. Open it at mp.weixin.qq.com, among the drafts."),
)
_APPID = _refused(say("WeChat knows no account with this AppID. Copy it again."), "appid")
_UNCONFIRMED = partial(
    Later,
    say(
        "WeChat waits until the account's administrator allows calls from this server, by the notice on the"
        " phone. Hawker tries again by itself."
    ),
)
_DIGEST = _refused(say("The summary is too long for WeChat: it takes 128 characters. Shorten it."), DIGEST)
_AUTHOR = _refused(
    say("The author's name is too long for WeChat: it takes 16 characters. Shorten it."), AUTHOR
)
_SOURCE = _refused(say("WeChat does not take this link. Change it, or leave it empty."), SOURCE)
_TAG = _refused(say("WeChat knows no tag of followers with this number. Leave it empty to reach all."), TAG)
_MEANINGS = Meanings(
    codes={
        **_codes((40002, 40013, 41002), _APPID),
        **_codes((40125, 41004), partial(SignInAgain, WRONG_SECRET)),
        **_codes((40243,), partial(SignInAgain, _FROZEN)),
        **_codes((89501, 89503, 89506, 89507), _UNCONFIRMED),
        **_codes((40004, 40005, 40006, 40009, 40113, 40137, 41005, 44001, 45001), _PICTURE),
        **_codes((LOST_MEDIA, 40114, 40118, 46001), _refused(LOST)),
        **_codes((LOST_ARTICLE,), partial(gone, NETWORK)),
        **_codes((45003,), _TITLE),
        **_codes((45004,), _DIGEST),
        **_codes((45110,), _AUTHOR),
        **_codes((45005, 40039, 40155), _SOURCE),
        **_codes((40050, 45157), _TAG),
        **_codes((44003, 44004), _refused(say("WeChat wants a text. Write something."), "text")),
        **_codes((45002,), _CONTENT),
        **_codes((45166, 47001), _INVALID),
        **_codes((87014, 20002, 40284), _RISKY),
        **_codes((53503,), _CHECKED),
        **_codes((53504, 53505), _BY_HAND),
        **_codes((48001,), partial(OnlyByHand, UNAUTHORISED, field=KIND)),
        **_codes((48008, 50001), _refused(UNAUTHORISED, KIND)),
        **_codes((48004, 50002), _BLOCKED),
    }
)
