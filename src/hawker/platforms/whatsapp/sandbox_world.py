"""What the pretend WhatsApp remembers, and how it behaves."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_graph_hooks import Courier
from hawker.connect.pretend_graph_oauth import Keys
from hawker.connect.pretend_oauth import App
from hawker.platforms.whatsapp.app import APP
from hawker.platforms.whatsapp.sandbox_templates import Template, usual

APP_ID, WORD = "5647382910", "pretend-verify-token"
SCOPES = frozenset(scope.name for scope in APP.scopes)
WINDOW, LIFE = timedelta(hours=24), timedelta(days=30)
# Whoever has such a number wrote to every business a moment before she was first written to.
REGULARS = "8869000001"


@dataclass(kw_only=True)
class Manners:
    """WhatsApp's ways, also those that its documents leave open. `refuses`: the code with which it refuses
    each message, `fails` that with which it fails one later, by address; `reads`: people read at once;
    `listed`: whom a test number may write to; `burst`: messages for one person in a minute; `names`: keys
    name the business accounts that they are for; `assigned`: their holder lists these; `lasting`: a sign-in
    gives a key without end; `nameless`: people come without their phone numbers."""

    ahead: timedelta = timedelta(0)
    refuses: int = 0
    fails: Mapping[str, int] = field(default_factory=dict)
    reads: bool = False
    listed: frozenset[str] | None = None
    burst: int = 45
    names: bool = True
    assigned: bool = True
    lasting: bool = False
    nameless: bool = False


@dataclass(frozen=True, kw_only=True)
class Phone:
    id: str
    digits: str
    name: str

    @property
    def display(self) -> str:
        return f"+{self.digits[:3]} {self.digits[3:6]} {self.digits[6:9]} {self.digits[9:]}"


@dataclass(kw_only=True)
class Business:
    """A business account, whose owner has the id `user`. `hears`: an app is subscribed to it."""

    handle: str
    user: str
    waba: str
    portfolio: str
    phones: list[Phone]
    templates: list[Template]
    hears: bool = False


@dataclass(kw_only=True)
class Person:
    """`wrote_at`: when she wrote last, by the id of the number; `refuses`: those that she stopped."""

    address: str
    name: str
    user_id: str
    wrote_at: dict[str, datetime] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)


@dataclass(kw_only=True)
class File:
    id: str
    phone: str
    content_type: str
    content: bytes = field(repr=False)
    at: datetime


@dataclass(kw_only=True)
class Message:
    """`mine`: the person wrote it. `above` and `below` are a template's heading and small print."""

    id: str
    phone: Phone
    person: Person
    at: datetime
    kind: str
    text: str = ""
    above: str = ""
    below: str = ""
    buttons: tuple[str, ...] = ()
    file: File | None = None
    mine: bool = False
    category: str = "service"
    key: str = ""
    status: str = ""


class World:
    """Everything at the pretend WhatsApp, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.app = App(client_id=APP_ID, client_secret="pretend-secret-of-the-app", name="Hawker")  # noqa: S106
        self.keys = Keys(self.now)
        self.courier = Courier("whatsapp_business_account", self.app.client_secret, self.now)
        self.businesses: dict[str, Business] = {}
        self.people: dict[str, Person] = {}
        self.files: dict[str, File] = {}
        self.messages: dict[str, Message] = {}

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def business(self, handle: str) -> Business:
        """Opens the business where there is none."""
        name = re.sub(r"[^\w.]", "", handle.lstrip("@"), flags=re.ASCII) or "shop"
        if name not in self.businesses:
            self.businesses[name] = Business(
                handle=name,
                user=_number(f"user {name}"),
                waba=_number(f"waba {name}"),
                portfolio=_number(f"portfolio {name}"),
                phones=[phone_of(name)],
                templates=usual(_number(f"templates {name}")),
            )
        return self.businesses[name]

    def business_of(self, phone: Phone) -> Business:
        return next(each for each in self.businesses.values() if phone in each.phones)

    def person(self, address: str) -> Person:
        """Whoever has this number, or this id, which is the same person."""
        digits = address.lstrip("+")
        known = next((each for each in self.people.values() if each.user_id == digits), None)
        if known is None and digits not in self.people:
            user_id = digits if "." in digits else f"TW.{_number(f'person {digits}')}"
            self.people[digits] = Person(address=digits, name=f"Customer {digits[-4:]}", user_id=user_id)
        return known or self.people[digits]

    def is_open(self, phone: Phone, person: Person) -> bool:
        if person.address.startswith(REGULARS):
            person.wrote_at.setdefault(phone.id, self.now())
        wrote_at = person.wrote_at.get(phone.id)
        return wrote_at is not None and self.now() - wrote_at < WINDOW

    def chat(self, phone: Phone, person: Person) -> list[Message]:
        """What the person sees."""
        return [
            each
            for each in self.messages.values()
            if (each.phone.id, each.person.address) == (phone.id, person.address) and each.status != "failed"
        ]

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        return message

    def write(self, phone: Phone, person: Person, text: str, *, button: bool = False) -> Message:
        """The person writes, or presses a button of a template."""
        kind = "button" if button else "text"
        person.wrote_at[phone.id] = at = self.now()
        message = Message(
            id=wamid(), phone=phone, person=person, at=at, kind=kind, text=text, mine=True, status="read"
        )
        words: Json = {"payload": text, "text": text} if button else {"body": text}
        who: dict[str, Json] = {} if self.manners.nameless else {"from": person.address}
        told: dict[str, Json] = {
            **who,
            "from_user_id": person.user_id,
            "id": message.id,
            "timestamp": str(int(at.timestamp())),
            "type": kind,
            kind: words,
        }
        self.tell(phone, person, "messages", messages=[told])
        return self.add(message)

    def choose(self, phone: Phone, person: Person, *, stop: bool) -> None:
        """The person stops a business's marketing in the app, or takes that back."""
        (person.refuses.add if stop else person.refuses.discard)(phone.id)
        value = "stop" if stop else "resume"
        wish: dict[str, Json] = {
            "wa_id": person.address,
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": int(self.now().timestamp()),
        }
        self.tell(phone, person, "user_preferences", user_preferences=[wish])

    def tell(self, phone: Phone, person: Person, topic: str, **told: Json) -> None:
        """A business whose account no app is subscribed to is told nothing."""
        business = self.business_of(phone)
        if not business.hears:
            return
        who: dict[str, Json] = {} if self.manners.nameless else {"wa_id": person.address}
        contact: Json = {"profile": {"name": person.name}, "user_id": person.user_id, **who}
        value: dict[str, Json] = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": phone.digits, "phone_number_id": phone.id},
            "contacts": [contact],
            **told,
        }
        self.courier.change(business.waba, topic, value)


def phone_of(name: str) -> Phone:
    number = _number(f"phone {name}")
    return Phone(id=number, digits=f"8869{number[-8:]}", name=name)


def wamid() -> str:
    return f"wamid.HBg{secrets.token_urlsafe(24)}"


def _number(seed: str) -> str:
    return str(10**14 + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:5]))
