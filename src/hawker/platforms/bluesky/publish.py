"""Publishing: a post is a record under a key of our choice, so that no second one can come beside it."""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, Refused
from hawker.connect.http import Http
from hawker.connect.length import graphemes
from hawker.connect.refusals import read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.bluesky.prepare import pieces
from hawker.platforms.bluesky.record import post
from hawker.platforms.bluesky.tid import tid
from hawker.platforms.bluesky.wire import POST, Xrpc


class _Ref(BaseModel):
    uri: str
    cid: str


class _Reply(BaseModel):
    root: _Ref


class _Post(BaseModel):
    reply: _Reply | None = None


class _Record(_Ref):
    value: _Post = Field(default=_Post())


class Publish:
    """The server that holds the account answers for it itself: what it accepted can be read at once. A call
    may still be on its way, and a post that is rewritten gets another key."""

    read_delay = timedelta(seconds=10)

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return graphemes(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(_of_bytes(draft.text, limits))

    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        return pieces(_keyed(http, account), draft, done, account.limits.image_bytes)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        """A server answers 500 to a key that it has (reference server 0.5.35): `find` then finds the post."""
        body = {
            "repo": account.remote_id,
            "collection": POST,
            "rkey": tid(draft.key),
            "record": post(draft, done, datetime.now(UTC)),
        }
        xrpc = _keyed(http, account)
        answer = await xrpc.do("com.atproto.repo.createRecord", body, irreversible=True)
        written = read_sent("Bluesky", answer, _Ref)
        return _published(account, written, _root(draft.reply_to) or written)

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,  # noqa: ARG002
        known: Collection[str] = (),  # noqa: ARG002 - a record key is one draft's alone
    ) -> Published | None:
        """Needs no key: an account that must sign in again can still be looked at."""
        params = {"repo": account.remote_id, "collection": POST, "rkey": tid(draft.key)}
        try:
            answer = await Xrpc(http, account.server).ask("com.atproto.repo.getRecord", params)
            record = _Record.model_validate_json(answer.body)
        except Refused as refused:
            if _absent(refused):
                return None
            raise Later(refused.sentence, code=refused.code) from refused
        except ValidationError as error:
            raise Later(say("Bluesky did not say whether it has the post. Hawker asks again.")) from error
        return _published(account, record, record.value.reply.root if record.value.reply else record)

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        key = published.remote_id.rpartition("/")[2]
        body = {"repo": account.remote_id, "collection": POST, "rkey": key}
        await _keyed(http, account).do("com.atproto.repo.deleteRecord", body)


def _of_bytes(text: str, limits: Limits) -> Iterator[Problem]:
    size = len(text.encode())
    if limits.text_bytes is not None and size > limits.text_bytes:
        sentence = say(
            "This text has %(size)s bytes, and Bluesky allows %(most)s. Shorten it or use fewer emoji.",
            size=size,
            most=limits.text_bytes,
        )
        yield Problem(field="text", sentence=sentence)


def _keyed(http: Http, account: Account) -> Xrpc:
    return Xrpc(http, account.server, account.secrets["access"])


def _absent(refused: Refused) -> bool:
    """Older servers say only InvalidRequest, “Could not locate record: at://…”."""
    return refused.code == "RecordNotFound" or "Could not locate record: at://" in str(refused)


def _root(parent: Published | None) -> _Ref | None:
    return _Ref(uri=parent.detail["root_uri"], cid=parent.detail["root_cid"]) if parent else None


def _published(account: Account, written: _Ref, root: _Ref) -> Published:
    """`detail` is what an answer to the post must name: its version, and where the thread begins."""
    key = written.uri.rpartition("/")[2]
    return Published(
        remote_id=written.uri,
        url=f"{account.url}/post/{key}",
        detail={"cid": written.cid, "root_uri": root.uri, "root_cid": root.cid},
    )
