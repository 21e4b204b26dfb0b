"""Message push: who is believed, and what is understood. wechatpy judges the sealing in both ways."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.parser import parse_message
from wechatpy.utils import check_signature

from hawker.connect.hooks import Receipt, Stage
from hawker.platforms.wechat.app import AES_KEY, WORD
from hawker.platforms.wechat.hears import Hears
from hawker.platforms.wechat.sandbox_push import KEYS
from hawker.platforms.wechat.seal import Seal, signature
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, picture

HEARS = Hears()
AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TIME, NONCE, APPID = "1795406400", "nonce", "wx0123456789abcdef"
HEAD = (
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o_1]]></FromUserName>"
    f"<CreateTime>{int(AT.timestamp())}</CreateTime><MsgType><![CDATA[event]]></MsgType>"
)


def crypto(token: str = KEYS[WORD], key: str = KEYS[AES_KEY], appid: str = APPID) -> WeChatCrypto:
    return WeChatCrypto(token, key, appid)


def theirs(said: str, judge: WeChatCrypto | None = None) -> tuple[dict[str, str], bytes]:
    """A call as the client of the network seals it."""
    sealed = (judge or crypto()).encrypt_message(said, NONCE, TIME)
    mark = sealed.partition("<MsgSignature><![CDATA[")[2].partition("]]>")[0]
    return {"timestamp": TIME, "nonce": NONCE, "msg_signature": mark, "encrypt_type": "aes"}, sealed.encode()


def event(name: str, more: str) -> str:
    return f"{HEAD}<Event><![CDATA[{name}]]></Event>{more}</xml>"


def heard(said: str) -> list[Receipt]:
    told = HEARS.unseal(*theirs(said), KEYS)
    assert told is not None
    return [each for each in HEARS.read(told) if isinstance(each, Receipt)]


def test_the_address_is_confirmed_to_whoever_knows_the_token() -> None:
    query = {"timestamp": TIME, "nonce": NONCE, "echostr": "5869"}
    mark = signature(KEYS[WORD], TIME, NONCE)
    check_signature(KEYS[WORD], mark, TIME, NONCE)
    assert HEARS.challenge({**query, "signature": mark}, KEYS) == "5869"
    assert HEARS.challenge({**query, "signature": mark[::-1]}, KEYS) is None
    assert HEARS.challenge(query, KEYS) is None
    for keys in ({}, {WORD: ""}):
        forged = signature("", TIME, NONCE)
        assert HEARS.challenge({**query, "signature": forged}, keys) is None


def test_what_the_client_seals_is_opened_here() -> None:
    said = event("CLICK", "<EventKey><![CDATA[茶]]></EventKey>")
    assert HEARS.unseal(*theirs(said), KEYS) == f"{APPID}\n{said}".encode()


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 500])
def test_what_is_sealed_here_is_opened_by_the_client(length: int) -> None:
    said = "茶" * length + "x"
    seal = Seal.of(KEYS[AES_KEY])
    assert seal is not None
    sealed = seal.close(said.encode(), APPID)
    mark = signature(KEYS[WORD], TIME, NONCE, sealed)
    xml = f"<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    assert crypto().decrypt_message(xml, mark, TIME, NONCE) == said
    with pytest.raises(InvalidSignatureException):
        crypto("othertoken").decrypt_message(xml, mark, TIME, NONCE)
    assert seal.open(sealed) == (said.encode(), APPID)


def test_what_somebody_else_signed_or_sealed_is_not_believed() -> None:
    said = event("CLICK", "")
    query, body = theirs(said)
    assert HEARS.unseal(query, body, KEYS) is not None
    assert HEARS.unseal({**query, "nonce": "other"}, body, KEYS) is None
    assert HEARS.unseal({**query, "msg_signature": ""}, body, KEYS) is None
    assert HEARS.unseal({}, body, KEYS) is None
    assert HEARS.unseal(query, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[AAAA"), KEYS) is None
    assert HEARS.unseal(*theirs(said, crypto(token="othertoken")), KEYS) is None
    assert HEARS.unseal(*theirs(said, crypto(key="a" * 43)), KEYS) is None
    assert not HEARS.is_genuine({}, body, KEYS)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {WORD: KEYS[WORD]},
        {AES_KEY: KEYS[AES_KEY]},
        {**KEYS, AES_KEY: "short"},
        {**KEYS, AES_KEY: "é" * 43},
    ],
)
def test_without_its_keys_nobody_is_believed(keys: dict[str, str]) -> None:
    assert HEARS.unseal(*theirs(event("CLICK", "")), keys) is None


def test_what_is_not_sealed_is_not_believed_though_its_address_is_signed() -> None:
    query = {"timestamp": TIME, "nonce": NONCE, "signature": signature(KEYS[WORD], TIME, NONCE)}
    assert HEARS.unseal(query, event("CLICK", "").encode(), KEYS) is None


@pytest.mark.parametrize("junk", ["AAAA" * 8, "A" * 24, "A" * 25])
def test_what_cannot_be_opened_is_not_believed(junk: str) -> None:
    mark = signature(KEYS[WORD], TIME, NONCE, junk)
    body = f"<xml><Encrypt>{junk}</Encrypt></xml>".encode()
    query = {"timestamp": TIME, "nonce": NONCE, "msg_signature": mark}
    assert HEARS.unseal(query, body, KEYS) is None


def test_an_article_that_came_out_is_told_by_its_id() -> None:
    article = "<article_id><![CDATA[b5O-1]]></article_id><article_detail><count>1</count></article_detail>"
    more = f"<publish_id>2247</publish_id><publish_status>0</publish_status>{article}"
    (receipt,) = heard(event("PUBLISHJOBFINISH", f"<PublishEventInfo>{more}</PublishEventInfo>"))
    assert receipt == Receipt(account=APPID, remote_id="b5O-1", key="", stage=Stage.sent, at=AT)


@pytest.mark.parametrize(
    ("status", "words"), [(2, "original"), (3, "without saying why"), (6, "took it down")]
)
def test_an_article_that_did_not_is_told_with_the_reason(status: int, words: str) -> None:
    more = f"<publish_id>2247</publish_id><publish_status>{status}</publish_status><fail_idx>1</fail_idx>"
    (receipt,) = heard(event("PUBLISHJOBFINISH", f"<PublishEventInfo>{more}</PublishEventInfo>"))
    assert (receipt.remote_id, receipt.stage, receipt.code) == (
        "2247",
        Stage.failed,
        f"publish_status {status}",
    )
    assert words in str(receipt.sentence)


@pytest.mark.parametrize(
    ("status", "stage", "code", "words"),
    [
        ("send success", Stage.sent, "", ""),
        ("sendsuccess", Stage.sent, "", ""),
        ("send fail", Stage.failed, "sendfail", "sent it to nobody"),
        ("err(20002)", Stage.failed, "20002", "review refused"),
        ("err(30003)", Stage.failed, "30003", "as an original"),
        ("err(40001)", Stage.failed, "40001", "administrator"),
    ],
)
def test_how_a_mass_send_ended_is_told_by_its_id(status: str, stage: Stage, code: str, words: str) -> None:
    said = event("MASSSENDJOBFINISH", f"<MsgID>34182</MsgID><Status><![CDATA[{status}]]></Status>")
    (receipt,) = heard(said)
    assert (receipt.account, receipt.remote_id, receipt.stage, receipt.code) == (APPID, "34182", stage, code)
    assert words in str(receipt.sentence or "")
    assert parse_message(said).status == status


@pytest.mark.parametrize(
    "said",
    [
        event("subscribe", ""),
        event("PUBLISHJOBFINISH", ""),
        event("PUBLISHJOBFINISH", "<PublishEventInfo><publish_status>0</publish_status></PublishEventInfo>"),
        event(
            "PUBLISHJOBFINISH",
            "<PublishEventInfo><publish_id>1</publish_id><publish_status>1</publish_status></PublishEventInfo>",
        ),
        event("MASSSENDJOBFINISH", "<Status>send success</Status>"),
        event("MASSSENDJOBFINISH", "<MsgID>1</MsgID>"),
        HEAD.replace("event", "text") + "<Content><![CDATA[<!-- 你好 -->]]></Content></xml>",
        "<xml></xml>",
    ],
)
def test_what_says_nothing_of_a_post_is_left_alone(said: str) -> None:
    assert heard(said) == []


@pytest.mark.parametrize("said", ["not xml", "", '<!DOCTYPE xml [<!ENTITY a "b">]><xml>&a;</xml>'])
def test_what_is_no_message_is_said_to_be_none(said: str) -> None:
    with pytest.raises(ValueError, match=r"XML|declares"):
        HEARS.read(f"{APPID}\n{said}".encode())


async def test_the_pretend_network_tells_how_publishing_and_mass_sends_ended(scene: Scene) -> None:
    calls: list[tuple[dict[str, str], bytes]] = []

    async def listen(request: web.Request) -> web.Response:
        calls.append((dict(request.query), await request.read()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hooks", listen)
    async with TestServer(app) as server:
        scene.pretend.tell(str(server.make_url("/hooks")))
        published = [await scene.post(draft("茶", picture(), kind=kind)) for kind in ("", "mass")]
        scene.theirs.verdict = 4
        with pytest.raises(Exception, match="review refused"):
            await scene.post(draft("茶", picture()))
        async with asyncio.timeout(5):
            await scene.pretend.push.arrived()
    told = [HEARS.unseal(query, body, scene.app) for query, body in calls]
    events = [each for body in told if body for each in HEARS.read(body) if isinstance(each, Receipt)]
    assert {each.account for each in events} == {scene.shop.remote_id}
    good = {each.remote_id for each in events if each.stage is Stage.sent}
    assert good == {each.remote_id for each in published}
    assert [each.code for each in events if each.stage is Stage.failed] == ["publish_status 4"]


async def test_a_call_to_nobody_is_lost_without_harm(scene: Scene) -> None:
    scene.pretend.tell("http://127.0.0.1:9/hooks")
    await scene.post(draft("茶", picture()))
    await scene.pretend.push.arrived()
    assert len(scene.posts) == 1
