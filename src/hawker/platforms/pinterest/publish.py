"""Publishing at Pinterest: the upload of a video, the one call that makes the Pin, looking, deleting."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.refusals import Gone, forgotten, read_sent
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.pinterest.account import boards
from hawker.platforms.pinterest.checks import overfull, problems
from hawker.platforms.pinterest.limits import video_of
from hawker.platforms.pinterest.lookup import look
from hawker.platforms.pinterest.media import PAUSES, upload
from hawker.platforms.pinterest.options import BOARD, told
from hawker.platforms.pinterest.pin import Kept, body, wanted_of
from hawker.platforms.pinterest.refusals import NAME, NO_BOARDS, explain_pin
from hawker.platforms.pinterest.wire import Api, api_of


class Publish:
    # How far a board's list lags behind is not documented; pictures go out within the call itself.
    read_delay = timedelta(minutes=1)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        """As JSON Schema counts a `maxLength`."""
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """The last step keeps the board of a post that names none: another may be the first by then."""
        for problem in (*overfull(draft, account.limits), *problems(draft, account.limits)):
            raise Refused(problem.sentence, field=problem.field)
        api = api_of(http, account)
        if video := video_of(draft):
            async for step in upload(api, video, done, self._pauses):
                yield step
        if BOARD not in done:
            yield Step(name=BOARD, value=told(draft, BOARD) or await _first(api, account))

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        video = video_of(draft)
        wish = await body(draft, _board(draft, done), done.get(video.id, "") if video else "")
        api = api_of(http, account)
        answer = await api.do("pins", wish, irreversible=True, explain=explain_pin)
        return _published(account, read_sent(NAME, answer, Kept))

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        board = _board(draft, done)
        if not board:
            raise forgotten(NAME)
        pin = await look(api_of(http, account), board, wanted_of(draft, known), since)
        return _published(account, pin) if pin else None

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        try:
            await api_of(http, account).remove(f"pins/{published.remote_id}")
        except Gone:
            return


async def _first(api: Api, account: Account) -> str:
    """The one that the composer shows as chosen."""
    for own in account.limits.own:
        return own.value
    for board in await boards(api):
        return board.id
    raise NO_BOARDS()


def _board(draft: Draft, done: Mapping[str, str]) -> str:
    """What the draft says now comes before what was kept of it."""
    return told(draft, BOARD) or done.get(BOARD, "")


def _published(account: Account, pin: Kept) -> Published:
    return Published(remote_id=pin.id, url=f"{account.site}/pin/{pin.id}/")
