"""Messages to all friends of an account, to a part of them, or to one of them by name."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Later, Refused
from hawker.connect.http import Http, Json
from hawker.connect.length import utf16_units
from hawker.connect.refusals import read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.line.checks import demand, problems
from hawker.platforms.line.crowd import BROADCAST, NARROWCAST, crowd, way
from hawker.platforms.line.group import demand_group
from hawker.platforms.line.message import messages
from hawker.platforms.line.options import GROUP, SILENT, SOUND
from hawker.platforms.line.progress import demand_sent
from hawker.platforms.line.quota import demand_room
from hawker.platforms.line.refusals import NETWORK, Repeated
from hawker.platforms.line.wire import Line, line_of

VALIDATED = "validated"
# LINE knows a key for 24 hours. The rest is for a call that is long under way, and for clocks.
KEY_LIVES = timedelta(hours=23)
NOTHING: Mapping[str, Json] = {"messages": []}


class _Taken(BaseModel):
    """`{}`; the id of the call stands in a header."""


class Publish:
    """A second `send` of the same draft makes no second message: LINE knows its key. Rewritten, a post has
    another: a call on its way must have arrived before that is possible."""

    read_delay = timedelta(seconds=15)

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return utf16_units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """Asks once whether the month's messages suffice, and whether LINE takes this one. Not again: what
        was sent meanwhile, and looks absent, has itself used these up; LINE tells at the call."""
        demand(draft, account.limits)
        if VALIDATED in done:
            return
        api, group = line_of(http, account), draft.options.get(GROUP, "").strip()
        await demand_room(api, narrow=way(draft) != BROADCAST)
        if group:
            await demand_group(api, group)
        await api.post(f"message/validate/{way(draft)}", {"messages": messages(draft)})
        yield Step(name=VALIDATED, value="yes")

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:  # noqa: ARG002
        """Adopts what LINE took under the same key before."""
        demand(draft, account.limits)
        api, body = line_of(http, account), letter(draft)
        try:
            answer = await api.post(f"message/{way(draft)}", body, key=draft.key, irreversible=True)
        except Repeated as taken:
            return await _settled(api, account, draft, taken.request)
        read_sent(NETWORK, answer, _Taken)
        return await _settled(api, account, draft, answer.headers.get("x-line-request-id", ""))

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,
        known: Collection[str] = (),  # noqa: ARG002
    ) -> Published | None:
        """Asks for the key by a call without messages, which LINE can only refuse: for its key (409), or for
        its emptiness (400). Where LINE should look at the messages first, a message that is there is not
        seen; the next `send` then adopts it by the same key, while LINE remembers that. What LINE took and
        then dropped is absent: the next `send` is told why."""
        api = line_of(http, account)
        try:
            await api.post(f"message/{way(draft)}", NOTHING, key=draft.key)
        except Repeated as taken:
            with suppress(Refused):
                return await _settled(api, account, draft, taken.request)
            return None
        except Refused as refused:
            if refused.code != "400":
                raise CannotLook(_BARRED, code=refused.code) from refused
            if datetime.now(UTC) - since > KEY_LIVES:
                raise CannotLook(_FORGOTTEN) from refused
            return None
        raise Later(_STRANGE)

    async def delete(self, http: Http, account: Account, published: Published) -> None:  # noqa: ARG002
        raise Refused(_KEPT)


def letter(draft: Draft) -> Mapping[str, Json]:
    quiet = draft.options.get(SOUND) == SILENT
    silent: dict[str, Json] = {"notificationDisabled": True} if quiet else {}
    to: dict[str, Json] = {"to": draft.to.address} if draft.to else crowd(draft.options)
    return {**to, "messages": messages(draft), **silent}


async def _settled(api: Line, account: Account, draft: Draft, request: str) -> Published:
    """`request` is the key to progress and figures, and empty where LINE left it out. A message has no page:
    its address is the account's."""
    if request and way(draft) == NARROWCAST:
        await demand_sent(api, request)
    return Published(remote_id=request or str(draft.key), url=account.url)


_FORGOTTEN = say(
    "LINE tells only for a day whether it took a message. Look in the chat of your account whether this one"
    " went out, before you send it again."
)
_BARRED = say(
    "LINE does not tell just now whether it took this message. Look in the chat of your account whether it"
    " went out, before you send it again."
)
_STRANGE = say("LINE did not say whether it has this message. Hawker asks again by itself.")
_KEPT = say("LINE lets no program take a message back. It stays in the chats of your friends.")
