"""What WeChat tells by message push: how publishing and mass sends ended. All else is only kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree

from hawker.connect.hooks import Event, Receipt, Stage
from hawker.connect.refusals import from_epoch
from hawker.connect.text import Sentence, say
from hawker.platforms.wechat import jobs
from hawker.platforms.wechat.app import AES_KEY, WORD
from hawker.platforms.wechat.seal import Seal, is_signed, sealed_in

_CODE = re.compile(r"err\((\d+)\)")


class Hears:
    def challenge(self, query: Mapping[str, str], app: Mapping[str, str]) -> str | None:
        return query.get("echostr") if is_signed(query, "signature", app.get(WORD, "")) else None

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:  # noqa: ARG002
        """WeChat signs nothing in headers: see `unseal`."""
        return False

    def unseal(self, query: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bytes | None:
        """The AppID in a line of its own, then what is said. It is the same when WeChat repeats itself, which
        what is sealed is not."""
        sealed, seal = sealed_in(body), Seal.of(app.get(AES_KEY, ""))
        if not seal or not sealed or not is_signed(query, "msg_signature", app.get(WORD, ""), sealed):
            return None
        opened = seal.open(sealed)
        return opened and b"%s\n%s" % (opened[1].encode(), opened[0])

    def read(self, body: bytes) -> Sequence[Event]:
        """Raises ValueError for what is no message of WeChat's."""
        appid, _, xml = body.partition(b"\n")
        if b"<!DOCTYPE" in xml:
            raise ValueError("nobody declares anything here")
        try:
            said = ElementTree.fromstring(xml)  # noqa: S314 - without declarations there are no entities
        except ElementTree.ParseError as error:
            raise ValueError("not XML") from error
        return list(_events(appid.decode(), said))


def _events(account: str, said: ElementTree.Element) -> Iterator[Event]:
    at = from_epoch(said.findtext("CreateTime", "").strip())
    if at is None or said.findtext("MsgType", "").strip() != "event":
        return
    match said.findtext("Event", "").strip():
        case "PUBLISHJOBFINISH":
            yield from _published(account, said.find("PublishEventInfo"), at)
        case "MASSSENDJOBFINISH":
            yield from _sent(account, said, at)


def _published(account: str, told: ElementTree.Element | None, at: datetime) -> Iterator[Receipt]:
    """An article that never came out has no id but that of the job."""
    status = _text(told, "publish_status")
    remote_id = _text(told, "article_id") or _text(told, "publish_id")
    if not status.isdecimal() or not remote_id:
        return
    if int(status) == jobs.OUT:
        yield Receipt(account=account, remote_id=remote_id, key="", stage=Stage.sent, at=at)
    elif int(status) != jobs.UNDER_WAY:
        refused = jobs.refused(int(status))
        yield _failed(account, remote_id, at, refused.code, refused.sentence)


def _sent(account: str, said: ElementTree.Element, at: datetime) -> Iterator[Receipt]:
    remote_id, status = _text(said, "MsgID"), _text(said, "Status").replace(" ", "").lower()
    if not remote_id or not status:
        return
    if status in {"sendsuccess", "success"}:
        yield Receipt(account=account, remote_id=remote_id, key="", stage=Stage.sent, at=at)
        return
    code = _CODE.search(status)
    sentence = _REASONS.get(code[1], _REVIEW) if code else _UNSENT
    yield _failed(account, remote_id, at, code[1] if code else status[:40], sentence)


def _failed(account: str, remote_id: str, at: datetime, code: str, sentence: Sentence) -> Receipt:
    return Receipt(
        account=account,
        remote_id=remote_id,
        key="",
        stage=Stage.failed,
        at=at,
        code=code,
        sentence=sentence,
    )


def _text(element: ElementTree.Element | None, name: str) -> str:
    return element.findtext(name, "").strip() if element is not None else ""


_UNSENT = say(
    "WeChat took this message and then sent it to nobody. Look at mp.weixin.qq.com, under published, before"
    " you send it again."
)
_REVIEW = say(
    "WeChat's review refused this message, and nobody got it. Look at the notices at mp.weixin.qq.com, change"
    " what they name, and send it again."
)
_ADMINISTRATOR = say(
    "The account's administrator did not confirm this mass send on the phone in time, or refused it. Send it"
    " again, and have her confirm it within 30 minutes."
)
_ORIGINAL = say(
    "WeChat did not send this message: somebody else published the same as an original, and does not allow"
    " copies. Change the text, or ask its author."
)
# “根据标签进行群发”, read 2026-11-23.
_REASONS = {
    **dict.fromkeys(("30001", "30002", "30003", "20013"), _ORIGINAL),
    **dict.fromkeys(("40001", "40002"), _ADMINISTRATOR),
}
