"""LinkedIn refuses a post that it has already, and names that one: an earlier call's, or another draft's."""

from datetime import datetime, timedelta

from hawker.connect import clock
from hawker.connect.errors import NetworkError, Refused
from hawker.connect.refusals import Gone
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account, Published
from hawker.platforms.linkedin.posts import UNTOLD, published, read_post, time_in
from hawker.platforms.linkedin.refusals import NoRight, Twice
from hawker.platforms.linkedin.wire import Api

_SPENT = say(
    "LinkedIn has had a post of these words that is gone by now, and refuses them for a day or two. Change "
    "the text, or wait."
)


async def settle(
    api: Api, account: Account, twice: Twice, *, begun: datetime | None, started: datetime
) -> Published:
    """The named post, where it is that of an earlier call: made since this draft was ready at `begun`. Raises
    Refused where it is another's, `twice` itself where that cannot be known. `begun` is None where no earlier
    call of this draft can have made a post; `started`: this call."""
    ahead = clock.ahead(twice.answer)
    made, seen = await _made(api, twice) if twice.urn else (None, False)
    # Some have seen LinkedIn refuse with the id of a post that never was, made for this very call: what might
    # be one is not taken for ours.
    slack = clock.TOLERANCE if begun else timedelta(0)
    if made and not seen and made >= started + ahead - slack:
        raise Refused(_SPENT, code=twice.code, field="text")
    if begun is None or (made and made < begun + ahead - clock.TOLERANCE):
        raise Refused(_taken(account, twice.urn), code=twice.code, field="text")
    if made is None:
        raise twice
    return published(account, twice.urn)


def _taken(account: Account, urn: str) -> Sentence:
    if not urn:
        return say(
            "LinkedIn takes the same words only once, and says that an earlier post has them. Change them."
        )
    return say(
        "LinkedIn takes the same words only once, and they are in an earlier post: %(url)s. Change them.",
        url=published(account, urn).url,
    )


async def _made(api: Api, twice: Twice) -> tuple[datetime | None, bool]:
    """When the post was made, and whether it was seen itself."""
    try:
        at = (await read_post(api, twice.urn)).at
        return (None if at == UNTOLD else at), True
    except NoRight:
        return time_in(twice.urn), False
    except Gone as gone:
        raise Refused(_SPENT, code=twice.code, field="text") from gone
    except NetworkError:
        return None, False
