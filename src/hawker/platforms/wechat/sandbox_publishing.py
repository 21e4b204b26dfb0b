"""The pretend WeChat's publishing: on the account's page, and to followers."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Protocol

from hawker.connect.http import Json
from hawker.platforms.wechat.sandbox_call import Act, Call, Refusal, done
from hawker.platforms.wechat.sandbox_drafts import draft_of, shown
from hawker.platforms.wechat.sandbox_world import Account, Article, Job, World, random_id

# Read 2026-11-23, written down anew so that the connector is checked.
KEY_BYTES, PAGE = 64, 20
_COMMENTS = {"need_open_comment", "only_fans_can_comment"}


class Pushes(Protocol):
    def published(self, account: Account, job: Job) -> None: ...

    def sent(self, account: Account, post: Article) -> None: ...


class Publishing:
    """`address`: where articles are read."""

    def __init__(self, address: str, world: World, push: Pushes) -> None:
        self._address = address
        self._world = world
        self._push = push

    def acts(self) -> Sequence[tuple[str, str, Act]]:
        return (
            ("POST", "freepublish/submit", self._submit),
            ("POST", "freepublish/get", self._get),
            ("POST", "freepublish/batchget", self._list),
            ("POST", "freepublish/getarticle", self._article),
            ("POST", "freepublish/delete", self._delete),
            ("POST", "message/mass/sendall", self._send),
            ("POST", "message/mass/get", self._sent),
            ("POST", "message/mass/delete", self._take_back),
        )

    def url(self, post: Article) -> str:
        return f"{self._address}/s/{post.sn}"

    async def _submit(self, call: Call) -> Mapping[str, Json]:
        """An article that passes at once is out with the answer; its draft is gone then."""
        account, media_id = call.account, call.text("media_id")
        self._demand(account)
        (first, *_) = draft_of(account, media_id)
        job = Job(
            id=self._world.number(),
            article=Article(fields=first, sn=random_id()[:22], date=self._world.now(), id=random_id()),
            polls=account.polls,
            verdict=account.verdict,
            data_id=self._world.number(),
        )
        account.jobs[job.id] = job
        if not job.polls:
            self._finish(account, job, media_id)
        else:
            account.drafts[f"{job.id}"] = account.drafts.pop(media_id)
        return done(publish_id=job.id, msg_data_id=job.data_id)

    def _finish(self, account: Account, job: Job, media_id: str) -> None:
        if job.verdict in {0, 5, 6}:
            account.drafts.pop(media_id, None)
            account.posts.append(job.article)
        self._push.published(account, job)

    async def _get(self, call: Call) -> Mapping[str, Json]:
        _demand_looks(call.account)
        job = call.account.jobs.get(call.number("publish_id"))
        if job is None:
            raise Refusal(53600, "invalid publish_id")
        if job.polls:
            job.polls -= 1
            if job.polls:
                return {"publish_id": job.id, "publish_status": 1, "fail_idx": []}
            self._finish(call.account, job, f"{job.id}")
        return self.told(job)

    def told(self, job: Job) -> dict[str, Json]:
        status: dict[str, Json] = {"publish_id": job.id, "publish_status": job.verdict, "fail_idx": []}
        if job.verdict:
            return {**status, "fail_idx": [1]}
        detail: Json = {"count": 1, "item": [{"idx": 1, "article_url": self.url(job.article)}]}
        return {**status, "article_id": job.article.id, "article_detail": detail}

    async def _list(self, call: Call) -> Mapping[str, Json]:
        """What went to followers is in no list."""
        _demand_looks(call.account)
        published = [post for post in reversed(call.account.posts) if post.id]
        count = call.number("count")
        if not 0 < count <= PAGE:
            raise Refusal(47003, "argument invalid! count")
        offset = call.number("offset")
        items: list[Json] = [self._item(post) for post in published[offset : offset + count]]
        return {"total_count": len(published), "item_count": len(items), "item": items}

    def _item(self, post: Article) -> Json:
        news: Json = [shown(post.fields, url=self.url(post), is_deleted=False)]
        return {
            "article_id": post.id,
            "content": {"news_item": news},
            "update_time": int(post.date.timestamp()),
        }

    async def _article(self, call: Call) -> Mapping[str, Json]:
        post = self._named(call)
        return {"news_item": [shown(post.fields, url=self.url(post), is_deleted=False)]}

    async def _delete(self, call: Call) -> Mapping[str, Json]:
        call.account.posts.remove(self._named(call))
        return done()

    def _named(self, call: Call) -> Article:
        post = call.account.article(call.text("article_id"))
        if post is None:
            raise Refusal(53600, "invalid article_id")
        return post

    async def _send(self, call: Call) -> Mapping[str, Json]:
        account = call.account
        self._demand(account)
        key = call.text("clientmsgid") or hashlib.sha256(repr(sorted(call.body.items())).encode()).hexdigest()
        if len(key.encode()) > KEY_BYTES:
            raise Refusal(45067, "clientmsgid size out of limit")
        if key in account.keys:
            raise Refusal(45065, "clientmsgid exist", msg_id=account.keys[key])
        if account.masses is not None and account.masses <= 0:
            raise Refusal(45028, "has no masssend quota")
        post = self._message(call)
        account.masses = None if account.masses is None else account.masses - 1
        account.keys[key] = post.msg_id
        account.posts.append(post)
        self._push.sent(account, post)
        return done("send job submission success", msg_id=post.msg_id, msg_data_id=self._world.number())

    def _message(self, call: Call) -> Article:
        to, kind = _whom(call), call.text("msgtype")
        if kind == "mpnews":
            media_id = str(call.part("mpnews").get("media_id"))
            (fields, *_) = draft_of(call.account, media_id)
            del call.account.drafts[media_id]
            return self._made(fields, to)
        if kind == "image":
            images, single = call.part("images"), call.part("image")
            listed = images.get("media_ids") if images else [single.get("media_id")]
            pictures = tuple(str(each) for each in listed) if isinstance(listed, list) else ()
            if not pictures or not set(pictures) <= set(call.account.media):
                raise Refusal(40007, "invalid media_id")
            opened = {name: value for name, value in images.items() if name in _COMMENTS}
            return self._made({"content": images.get("recommend") or "", **opened}, to, pictures)
        if kind == "text" and call.part("text").get("content"):
            return self._made({"content": call.part("text")["content"]}, to)
        raise Refusal(40008, "invalid message type")

    def _made(self, fields: Mapping[str, Json], to: str, pictures: tuple[str, ...] = ()) -> Article:
        return Article(
            fields=fields,
            sn=random_id()[:22],
            date=self._world.now(),
            msg_id=self._world.number(),
            to=to,
            pictures=pictures,
        )

    async def _sent(self, call: Call) -> Mapping[str, Json]:
        msg_id = call.number("msg_id")
        status = "SEND_SUCCESS" if call.account.sent(msg_id) else "DELETE"
        return {"msg_id": msg_id, "msg_status": status}

    async def _take_back(self, call: Call) -> Mapping[str, Json]:
        post = call.account.sent(call.number("msg_id"))
        if post:
            call.account.posts.remove(post)
        return done()

    def _demand(self, account: Account) -> None:
        """Raises Refusal for an account that may not publish, or not so often."""
        if not account.verified:
            raise Refusal(48001, "api unauthorized")
        if account.calls is None or (account.blocked_until and account.blocked_until <= self._world.now()):
            return
        if account.calls <= 0:
            raise Refusal(45009, "reach max api daily quota limit")
        account.calls -= 1


def _demand_looks(account: Account) -> None:
    """Raises Refusal for an account that may not ask what is published."""
    if not (account.verified or account.lists):
        raise Refusal(48001, "api unauthorized")


def _whom(call: Call) -> str:
    filtered = call.part("filter")
    if filtered.get("is_to_all") is True:
        return "all"
    tag = filtered.get("tag_id", filtered.get("group_id"))
    if not isinstance(tag, int | str) or int(tag) not in call.account.tags:
        raise Refusal(45157, "invalid tag name")
    return f"tag {tag}"
