"""Message push of the pretend WeChat: sealed, signed, and sent behind the answer that it is about."""

import asyncio
import base64
import hashlib
import logging
import secrets
from xml.sax.saxutils import escape

import aiohttp

from hawker.platforms.wechat.app import AES_KEY, WORD
from hawker.platforms.wechat.sandbox_world import Account, Article, Job, World
from hawker.platforms.wechat.seal import Seal, signature

log = logging.getLogger(__name__)
SECONDS = 10
KEYS = {
    WORD: "pretendtoken",
    AES_KEY: base64.b64encode(hashlib.sha256(b"the pretend WeChat").digest()).decode().rstrip("="),
}


class Push:
    """`address`: whom to tell; nothing is told while it is empty. `site`: where articles are read."""

    def __init__(self, site: str, world: World) -> None:
        self.address = ""
        self._site = site
        self._world = world
        self._under_way = set[asyncio.Task[int]]()

    def published(self, account: Account, job: Job) -> None:
        url = escape(f"{self._site}/s/{job.article.sn}")
        item = f"<item><idx>1</idx><article_url>{url}</article_url></item>"
        article = f"<article_id>{job.article.id}</article_id>"
        detail = f"{article}<article_detail><count>1</count>{item}</article_detail>"
        info = f"<publish_id>{job.id}</publish_id><publish_status>{job.verdict}</publish_status>"
        told = info + (detail if job.verdict == 0 else "<fail_idx>1</fail_idx>")
        self.tell(account, "PUBLISHJOBFINISH", f"<PublishEventInfo>{told}</PublishEventInfo>")

    def sent(self, account: Account, post: Article, status: str = "send success") -> None:
        counts = "<TotalCount>3</TotalCount><FilterCount>3</FilterCount><SentCount>3</SentCount>"
        self.tell(
            account,
            "MASSSENDJOBFINISH",
            f"<MsgID>{post.msg_id}</MsgID><Status><![CDATA[{status}]]></Status>{counts}<ErrorCount>0</ErrorCount>",
        )

    def tell(self, account: Account, event: str, more: str) -> None:
        if not self.address:
            return
        task = asyncio.get_running_loop().create_task(self.deliver(*self.sealed(account, event, more)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def sealed(self, account: Account, event: str, more: str) -> tuple[dict[str, str], bytes]:
        """The query and the body of a call."""
        said = (
            f"<xml><ToUserName><![CDATA[{account.username}]]></ToUserName>"
            "<FromUserName><![CDATA[o_follower]]></FromUserName>"
            f"<CreateTime>{int(self._world.now().timestamp())}</CreateTime>"
            f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event>{more}</xml>"
        )
        return self.seal(account, said)

    def seal(self, account: Account, said: str) -> tuple[dict[str, str], bytes]:
        seal = Seal.of(KEYS[AES_KEY])
        if seal is None:
            raise ValueError("no key")
        closed = seal.close(said.encode(), account.appid)
        time, nonce = str(int(self._world.now().timestamp())), secrets.token_hex(5)
        query = {
            "signature": signature(KEYS[WORD], time, nonce),
            "timestamp": time,
            "nonce": nonce,
            "encrypt_type": "aes",
            "msg_signature": signature(KEYS[WORD], time, nonce, closed),
        }
        body = (
            f"<xml><ToUserName><![CDATA[{account.username}]]></ToUserName>"
            f"<Encrypt><![CDATA[{closed}]]></Encrypt></xml>"
        )
        return query, body.encode()

    async def deliver(self, query: dict[str, str], body: bytes) -> int:
        """The status of the answer; 0 where none came."""
        limit, headers = aiohttp.ClientTimeout(total=SECONDS), {"Content-Type": "text/xml"}
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self.address, params=query, data=body, headers=headers) as answer,
            ):
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            log.info("webhook.lost address=%s", self.address)
            return 0

    async def arrived(self) -> None:
        """Waits for all that is under way."""
        await asyncio.gather(*self._under_way)
