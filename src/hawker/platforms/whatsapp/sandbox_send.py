"""Taking messages at the pretend WhatsApp: accepted at once, and what becomes of them told later."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urljoin

from hawker.connect.http import Json
from hawker.connect.meta import CONSOLE
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.platforms.whatsapp import sandbox_templates as templates
from hawker.platforms.whatsapp.sandbox_world import File, Message, Person, Phone, World, wamid

TEXT, CAPTION, KEY = 4096, 1024, 512
SHOWN = ("image", "video", "document", "audio", "sticker")
TITLES: Mapping[int, str] = {
    130429: "Rate limit hit",
    130472: "User's number is part of an experiment",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Business Account locked",
    131037: "Display name approval needed",
    131042: "Business eligibility payment issue",
    131045: "Incorrect certificate",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "This message was not delivered to maintain healthy ecosystem engagement",
    131050: "User has stopped marketing messages",
    131051: "Unsupported message type",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131057: "Account in maintenance mode",
    131062: "Business-scoped user IDs are not supported for this message",
    131063: "Marketing messages are disabled on Cloud API",
    **templates.TITLES,
}
HREF = urljoin(CONSOLE, "/docs/whatsapp/cloud-api/support/error-codes/")


def trouble(code: int, details: str) -> Exception:
    data: Json = {"messaging_product": "whatsapp", "details": details}
    status = 429 if code in {130429, 131056} else 400
    return refusal(code, f"(#{code}) {TITLES.get(code, 'Error')}", status=status, data=data)


def own_phone(world: World, call: Call, scope: str) -> Phone:
    call.need(scope)
    for business in world.businesses.values():
        for phone in business.phones:
            if phone.id == call.part("id") and business.user == call.holder.who:
                return phone
    raise unsupported(call.part("id"))


class Post:
    """The counter where messages are taken."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return [Route(method="POST", path="/{id}/messages", answers=self._take)]

    async def _take(self, call: Call) -> Json:
        phone = own_phone(self._world, call, "whatsapp_business_messaging")
        if call.params.get("messaging_product") != "whatsapp":
            raise refusal(100, "(#100) The parameter messaging_product is required.")
        if call.params.get("status") == "read":
            return {"success": True}
        if self._world.manners.refuses:
            raise trouble(self._world.manners.refuses, "As the test wanted it.")
        person = self._recipient(call, phone)
        message = self._world.add(self._message(call, phone, person))
        given: dict[str, Json] = {"input": call.params.get("to") or call.params.get("recipient", "")}
        nameless = self._world.manners.nameless or not call.params.get("to")
        known: dict[str, Json] = {"user_id": person.user_id} if nameless else {"wa_id": person.address}
        answer: dict[str, Json] = {"id": message.id}
        if message.kind == "template":
            answer["message_status"] = "accepted"
        self._deliver(message)
        return {"messaging_product": "whatsapp", "contacts": [{**given, **known}], "messages": [answer]}

    def _recipient(self, call: Call, phone: Phone) -> Person:
        world, to = self._world, call.params.get("to", "").lstrip("+")
        if not to and not call.params.get("recipient"):
            raise trouble(131008, "Parameter 'to' is mandatory")
        if to and not (to.isdecimal() and 7 <= len(to) <= 15):
            raise trouble(131009, "Parameter 'to' is not a phone number")
        if to == phone.digits:
            raise trouble(131021, "The recipient is the sender.")
        person = world.person(to or call.params["recipient"])
        if world.manners.listed is not None and person.address not in world.manners.listed:
            raise trouble(131030, "Recipient phone number not in allowed list: Add it and try again.")
        minute = world.now() - timedelta(minutes=1)
        lately = [each for each in world.chat(phone, person) if not each.mine and each.at > minute]
        if len(lately) >= world.manners.burst:
            raise trouble(131056, "Too many messages from this number to the same person.")
        return person

    def _message(self, call: Call, phone: Phone, person: Person) -> Message:
        kind, key = call.params.get("type", "text"), call.params.get("biz_opaque_callback_data", "")
        if len(key) > KEY:
            raise refusal(
                100, f"(#100) Param biz_opaque_callback_data must be at most {KEY} characters long."
            )
        content = call.parsed(kind) if kind in {"text", "template", *SHOWN} else None
        if kind not in {"text", "template", *SHOWN}:
            raise trouble(131051, f"{kind} is not supported here")
        if not isinstance(content, dict):
            raise trouble(131008, f"Parameter '{kind}' is mandatory")
        message = Message(
            id=wamid(),
            phone=phone,
            person=person,
            at=self._world.now(),
            kind=kind,
            key=key,
            status="accepted",
        )
        {"text": self._put_text, "template": self._put_template}.get(kind, self._put_file)(message, content)
        return message

    def _put_text(self, message: Message, content: Mapping[str, Json]) -> None:
        message.text = str(content.get("body", ""))
        if not message.text.strip():
            raise trouble(131008, "Parameter 'text.body' is mandatory")
        if len(message.text) > TEXT:
            raise refusal(100, f"(#100) Param text['body'] must be at most {TEXT} characters long.")

    def _put_file(self, message: Message, content: Mapping[str, Json]) -> None:
        message.file = self._file(message.phone, message.kind, str(content.get("id", "")))
        message.text = str(content.get("caption", ""))
        if len(message.text) > CAPTION:
            raise refusal(
                100, f"(#100) Param {message.kind}['caption'] must be at most {CAPTION} characters long."
            )

    def _put_template(self, message: Message, content: Mapping[str, Json]) -> None:
        language, parts = content.get("language"), content.get("components")
        code = str(language.get("code", "")) if isinstance(language, dict) else ""
        listed = self._world.business_of(message.phone).templates
        template = templates.find(listed, str(content.get("name", "")), code)
        components = [each for each in parts if isinstance(each, dict)] if isinstance(parts, list) else []
        filled = templates.filled(template, components)
        message.text, message.above, message.below = filled.text, filled.above, filled.below
        message.buttons, message.category = filled.buttons, template.category.lower()
        if filled.shown:
            message.file = self._file(message.phone, *filled.shown)

    def _file(self, phone: Phone, kind: str, media_id: str) -> File:
        file = self._world.files.get(media_id)
        if file is None or file.phone != phone.id:
            raise trouble(131009, f"Media ID {media_id} does not exist, or has expired.")
        if kind in {"image", "video", "audio"} and not file.content_type.startswith(kind):
            raise trouble(131009, f"{file.content_type} is not a file for {kind}")
        return file

    def _deliver(self, message: Message) -> None:
        code = self._failure(message)
        if code:
            self.tell(message, "failed", code)
            return
        for status in ("sent", "delivered", *(["read"] if self._world.manners.reads else [])):
            self.tell(message, status)

    def _failure(self, message: Message) -> int:
        """What WhatsApp finds after it has taken a message."""
        person, world = message.person, self._world
        if person.address in world.manners.fails:
            return world.manners.fails[person.address]
        if message.kind != "template" and not world.is_open(message.phone, person):
            return 131047
        stopped = message.phone.id in person.refuses
        return 131050 if stopped and message.category == "marketing" else 0

    def tell(self, message: Message, status: str, code: int = 0) -> None:
        message.status = status
        told: dict[str, Json] = {
            "id": message.id,
            "status": status,
            "timestamp": str(int(self._world.now().timestamp())),
            "recipient_id": "" if self._world.manners.nameless else message.person.address,
            "recipient_user_id": message.person.user_id,
            "recipient_type": "individual",
        }
        if message.key:
            told["biz_opaque_callback_data"] = message.key
        if code:
            title = TITLES.get(code, "Error")
            details: Json = {"details": "More than 24 hours have passed, or the person cannot be reached."}
            told["errors"] = [
                {"code": code, "title": title, "message": title, "error_data": details, "href": HREF}
            ]
        else:
            free = message.category == "service"
            told["pricing"] = {
                "billable": not free,
                "pricing_model": "PMP",
                "category": message.category,
                "type": "free_customer_service" if free else "regular",
            }
        self._world.tell(message.phone, message.person, "messages", statuses=[told])
