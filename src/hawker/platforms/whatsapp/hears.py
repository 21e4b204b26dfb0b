"""What WhatsApp tells by webhooks: how far a message got, who wrote, and who wants no more.

Its calls gather several changes, in no order, with fields that nobody has described; whatever cannot be read
keeps nothing beside it from being read (Cloud API, "Webhooks", read 2026-11-22).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from hawker.connect.hooks import Event, Heard, Receipt, Stage, Stopped
from hawker.connect.meta_hooks import MetaHears
from hawker.connect.meta_refusals import Number, Text
from hawker.connect.refusals import from_epoch
from hawker.platforms.whatsapp.refusals import STOPPED, explain_failure

T = TypeVar("T", bound=BaseModel)
# Texts of unix seconds for messages, numbers for preferences.
Moment = Annotated[datetime, BeforeValidator(lambda value: from_epoch(str(value)))]
STAGES = {
    "sent": Stage.sent,
    "delivered": Stage.delivered,
    "read": Stage.read,
    "played": Stage.read,
    "failed": Stage.failed,
}
# What comes as a message without somebody having written one.
SILENT = {"system", "request_welcome", "reaction", "edit", "revoke"}
STOP = {
    *("stop", "stop all", "unsubscribe", "stop promotions", "opt out"),
    *("停止", "退訂", "取消訂閱", "停止訂閱", "拒收", "不要再傳", "停止推廣"),
}
AGAIN = {"start", "resume promotions", "恢復訂閱", "重新訂閱"}


class _Metadata(BaseModel):
    phone_number_id: str


class _Loose(BaseModel):
    """A list of whatever came."""

    metadata: _Metadata
    messages: list[object] = []
    statuses: list[object] = []
    user_preferences: list[object] = []
    contacts: list[object] = []


class _Change(BaseModel):
    value: dict[str, object] = {}


class _Entry(BaseModel):
    changes: list[object] = []


class _Body(BaseModel):
    object: str
    entry: list[_Entry] = []


class _Words(BaseModel):
    body: Text = ""
    text: Text = ""
    payload: Text = ""
    caption: Text = ""


class _Reply(BaseModel):
    id: Text = ""
    title: Text = ""


class _Interactive(BaseModel):
    button_reply: _Reply | None = None
    list_reply: _Reply | None = None


class _Message(BaseModel):
    sender: Text = Field(default="", alias="from")
    from_user_id: Text = ""
    timestamp: Moment
    type: Text = ""
    text: _Words | None = None
    button: _Words | None = None
    image: _Words | None = None
    video: _Words | None = None
    interactive: _Interactive | None = None

    def said(self) -> list[str]:
        """Her words, or those on what she pressed, and what that stands for."""
        if self.interactive:
            pressed = self.interactive.button_reply or self.interactive.list_reply or _Reply()
            return [pressed.title, pressed.id]
        words = self.text or self.button or self.image or self.video or _Words()
        return [words.body or words.text or words.caption, words.payload]


class _Data(BaseModel):
    details: Text = ""


class _Error(BaseModel):
    code: Number = 0
    title: Text = ""
    message: Text = ""
    error_data: _Data | None = None


class _Status(BaseModel):
    id: str
    status: Text = ""
    timestamp: Moment
    recipient_id: Text = ""
    recipient_user_id: Text = ""
    biz_opaque_callback_data: Text = ""
    errors: tuple[_Error, ...] = ()


class _Preference(BaseModel):
    wa_id: Text = ""
    user_id: Text = ""
    category: Text = ""
    value: Text = ""
    timestamp: Moment


class _Contact(BaseModel):
    wa_id: Text = ""
    user_id: Text = ""

    @property
    def address(self) -> str:
        return self.wa_id or self.user_id


class Hears(MetaHears):
    def read(self, body: bytes) -> Sequence[Event]:
        """Raises ValueError for what is not from WhatsApp."""
        said = _Body.model_validate_json(body)
        if said.object != "whatsapp_business_account":
            return ()
        changes = (change for entry in said.entry for change in _each(entry.changes, _Change))
        values = (value for change in changes for value in _each([change.value], _Loose))
        return [event for value in values for event in _events(value)]


def _each(items: Sequence[object], kind: type[T]) -> Iterator[T]:
    for item in items:
        try:
            yield kind.model_validate(item)
        except ValidationError:
            continue


def _events(value: _Loose) -> Iterator[Event]:
    account = value.metadata.phone_number_id
    people = [person.address for person in _each(value.contacts, _Contact) if person.address]
    only = people[0] if len(people) == 1 else ""
    for message in _each(value.messages, _Message):
        yield from _written(message, account, message.sender or message.from_user_id or only)
    for status in _each(value.statuses, _Status):
        yield from _told(status, account, only)
    for wish in _each(value.user_preferences, _Preference):
        address = wish.wa_id or wish.user_id or only
        if address and wish.value in {"stop", "resume", "signup"}:
            yield Stopped(account=account, address=address, at=wish.timestamp, again=wish.value != "stop")


def _written(message: _Message, account: str, address: str) -> Iterator[Event]:
    if not address or message.type in SILENT:
        return
    said, at = message.said(), message.timestamp
    yield Heard(account=account, address=address, at=at, text=said[0])
    meant = {_plain(word) for word in said}
    if meant & (STOP | AGAIN):
        yield Stopped(account=account, address=address, at=at, again=not meant & STOP)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("_", " ").split()).strip(" .!。！")


def _told(status: _Status, account: str, only: str) -> Iterator[Event]:
    stage = STAGES.get(status.status)
    if stage is None:
        return
    error = status.errors[0] if stage is Stage.failed and status.errors else None
    details = error.error_data.details if error and error.error_data else ""
    code = error.code if error else 0
    failed = stage is Stage.failed
    yield Receipt(
        account=account,
        remote_id=status.id,
        key=status.biz_opaque_callback_data,
        stage=stage,
        at=status.timestamp,
        code=str(code) if code else "",
        sentence=explain_failure(code, details or (error.title if error else "")) if failed else None,
    )
    address = status.recipient_id or status.recipient_user_id or only
    if code == STOPPED and address:
        yield Stopped(account=account, address=address, at=status.timestamp)
