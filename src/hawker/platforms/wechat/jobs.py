"""What becomes of an article that WeChat took for publishing: it examines it before it is out."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel

from hawker.connect.errors import NetworkError, OutcomeUnknown, Refused
from hawker.connect.text import say
from hawker.connect.values import Account, Published
from hawker.platforms.wechat.wire import Api
from hawker.platforms.wechat.wishes import ARTICLE, KIND

OUT, UNDER_WAY = 0, 1
# Deleted by somebody, or banned, once it was out.
TAKEN_DOWN = {5, 6}
# Asking is limited to 100 times a day (“接口调用频次限制”, read 2026-11-23).
WAITS = (0.0, 3.0, 6.0, 12.0)
_MOST = 1_000


class Submitted(BaseModel):
    """Numbers on the wire, texts in the documents."""

    publish_id: int | str
    msg_data_id: int | str = ""


class _Item(BaseModel):
    article_url: str = ""


class _Detail(BaseModel):
    item: tuple[_Item, ...] = ()


class Job(BaseModel):
    publish_status: int
    article_id: str | None = None
    article_detail: _Detail | None = None

    def published(self, submitted: Submitted) -> Published:
        items = self.article_detail.item if self.article_detail else ()
        data = {"msg_data_id": str(submitted.msg_data_id)} if submitted.msg_data_id else {}
        url = items[0].article_url if items else ""
        remote_id = self.article_id or str(submitted.publish_id)
        return Published(remote_id=remote_id, url=url, detail={KIND: ARTICLE, **data})


@dataclass
class Jobs:
    """Those of late, by the key of their draft. A process that starts anew looks at the list of what is
    published instead."""

    _kept: dict[tuple[str, str, UUID], Submitted] = field(default_factory=dict)

    def keep(self, account: Account, key: UUID, submitted: Submitted) -> None:
        while len(self._kept) >= _MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[account.server, account.remote_id, key] = submitted

    def forget(self, account: Account, key: UUID) -> None:
        self._kept.pop((account.server, account.remote_id, key), None)

    def of(self, account: Account, key: UUID) -> Submitted | None:
        return self._kept.get((account.server, account.remote_id, key))


async def ask(api: Api, submitted: Submitted) -> Job:
    return await api.ask("freepublish/get", {"publish_id": submitted.publish_id}, Job)


async def follow(api: Api, submitted: Submitted) -> Published:
    """Raises Refused where WeChat's examination ends badly, OutcomeUnknown where it takes long."""
    for wait in WAITS:
        await asyncio.sleep(wait)
        try:
            job = await ask(api, submitted)
        except NetworkError as error:
            raise OutcomeUnknown(EXAMINED, code=error.code) from error
        if job.publish_status == OUT:
            return job.published(submitted)
        if job.publish_status != UNDER_WAY:
            raise refused(job.publish_status)
    raise OutcomeUnknown(EXAMINED, code=f"publish_status {UNDER_WAY}")


def refused(status: int) -> Refused:
    return Refused(_REASONS.get(status, _FAILED), code=f"publish_status {status}", field="text")


EXAMINED = say("WeChat took the article and is still examining it. Hawker looks again whether it is out.")
_FAILED = say(
    "WeChat took the article and then did not publish it, without saying why. It lies among the drafts at"
    " mp.weixin.qq.com: try there, where WeChat says more."
)
_REASONS = {
    2: say(
        "WeChat did not publish the article: it found that somebody else published the same as an original."
        " Change the text, or ask its author."
    ),
    4: say(
        "WeChat's review refused the article. Look at the notices at mp.weixin.qq.com, change what they name,"
        " and publish it again."
    ),
    5: say(
        "The article was published and then deleted at mp.weixin.qq.com. Publish it again if that was a slip."
    ),
    6: say(
        "WeChat published the article and then took it down. Look at the notices at mp.weixin.qq.com before"
        " you publish anything like it."
    ),
}
