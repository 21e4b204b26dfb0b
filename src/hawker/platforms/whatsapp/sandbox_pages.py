"""The pages of the pretend WhatsApp: a chat as the customer sees it, who can answer there, and all chats of a
business."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_graph_media import kind_of
from hawker.connect.pretend_oauth import read_form
from hawker.connect.pretend_pages import Look, heading, linked, picture, video
from hawker.platforms.whatsapp.sandbox_send import Post
from hawker.platforms.whatsapp.sandbox_world import Message, Person, Phone, World

LOOK = Look(
    "body{background:#efeae2;color:#111b21}header{background:#008069;color:#fff;border-radius:12px}"
    "article{border-radius:10px;padding:8px 12px;max-width:82%;background:#fff;box-shadow:0 1px 1px #0002}"
    "article.mine{background:#d9fdd3;margin-left:auto}article.note{background:#fff8;max-width:100%}"
    "a{color:#027eb5}button{border:0;border-radius:18px;background:#008069;color:#fff;margin:2px}"
    ".reply{display:flex;gap:6px}.reply input{flex:1;min-width:0;border:1px solid #ccc;border-radius:18px}"
    ".choice button{background:#fff;color:#027eb5;width:100%}"
    "@media(prefers-color-scheme:dark){body{background:#0b141a;color:#e9edef}article{background:#202c33}"
    "article.mine{background:#005c4b}a{color:#53bdeb}.choice button{background:#2a3942;color:#53bdeb}"
    "article.note{background:#182229}}"
)
TICKS = {"accepted": "…", "sent": "✓", "delivered": "✓✓", "read": "✓✓ read"}


class Pages:
    def __init__(self, world: World, post: Post) -> None:
        self._world = world
        self._post = post

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www", self._everybody),
            web.get("/www/media/{id}", self._file),
            web.get("/www/{who}", self._any),
            web.post("/www/{who}", self._answer),
        ]

    async def _everybody(self, request: web.Request) -> web.Response:
        del request
        links = "".join(
            f'<p><a href="{escape(self._address(phone))}">{escape(phone.name)}</a></p>'
            for business in self._world.businesses.values()
            for phone in business.phones
        )
        return LOOK.page("WhatsApp", heading("WhatsApp", "The businesses here") + links)

    async def _any(self, request: web.Request) -> web.Response:
        """A number's page: a business's chats, or those of a customer, who reads them by opening it."""
        who = request.match_info["who"]
        phone = self._phone(who)
        if phone:
            return self._business(phone)
        person = self._world.people.get(who)
        chats = self._chats(person) if person else []
        if person is None or not chats:
            raise LOOK.missing("No chat with this number")
        for phone in chats:
            self._read(phone, person)
        shown = "".join(self._chat(phone, person) for phone in chats)
        return LOOK.page(f"{person.name} · WhatsApp", shown)

    def _read(self, phone: Phone, person: Person) -> None:
        for message in self._world.chat(phone, person):
            if not message.mine and message.status == "delivered":
                self._post.tell(message, "read")

    def _business(self, phone: Phone) -> web.Response:
        sent = [each for each in self._world.messages.values() if each.phone.id == phone.id]
        people = {each.person.address: each.person for each in sent if each.status != "failed"}
        shown = "".join(
            f'<h2><a href="{escape(self._world.site)}/{escape(address)}">{escape(person.name)}</a></h2>'
            + "".join(self._bubble(each) for each in self._world.chat(phone, person))
            for address, person in people.items()
        )
        note = "<p>All chats of this business. Open one to read and answer it as the customer.</p>"
        return LOOK.page(phone.name, heading(phone.name, phone.display) + note + shown)

    def _chat(self, phone: Phone, person: Person) -> str:
        action = f"{self._world.site}/{escape(person.address)}"
        hidden = f'<input type="hidden" name="phone" value="{escape(phone.id)}">'
        bubbles = "".join(self._bubble(each, action) for each in self._world.chat(phone, person))
        open_now = "may write freely" if self._world.is_open(phone, person) else "may send templates only"
        stops = phone.id not in person.refuses
        wish, label = ("stop", "Stop promotions") if stops else ("resume", "Resume promotions")
        return (
            f"{heading(phone.name, f'{phone.display} · to {person.name}')}{bubbles}"
            f'<form class="reply" method="post" action="{action}">{hidden}'
            '<input name="text" aria-label="Your answer" placeholder="Type as the customer">'
            '<button name="deed" value="write">Send</button></form>'
            f'<form method="post" action="{action}">{hidden}'
            f'<button name="deed" value="{wish}">{label}</button>'
            f"<small> This business {open_now}.</small></form>"
        )

    def _bubble(self, message: Message, action: str = "") -> str:
        above = f"<b>{linked(message.above, ())}</b>" if message.above else ""
        below = f"<small>{linked(message.below, ())}</small>" if message.below else ""
        seen = "" if message.mine else f" {TICKS.get(message.status, '')}"
        kind = ' class="mine"' if message.mine else ""
        buttons = "".join(self._button(message, label, action) for label in message.buttons)
        return (
            f"<article{kind}>{self._shown(message)}{above}"
            f'<div class="text">{linked(message.text)}</div>{below}'
            f"<p><small>{message.at:%H:%M}{seen}</small></p>{buttons}</article>"
        )

    def _button(self, message: Message, label: str, action: str) -> str:
        if not action:
            return f"<p><small>[{escape(label)}]</small></p>"
        return (
            f'<form class="choice" method="post" action="{action}">'
            f'<input type="hidden" name="phone" value="{escape(message.phone.id)}">'
            f'<input type="hidden" name="text" value="{escape(label)}">'
            f'<button name="deed" value="press">{escape(label)}</button></form>'
        )

    def _shown(self, message: Message) -> str:
        if message.file is None:
            return ""
        source = f"{self._world.site}/media/{message.file.id}"
        return video(source) if message.file.content_type.startswith("video/") else picture(source, "")

    async def _answer(self, request: web.Request) -> web.Response:
        form, address = await read_form(request), request.match_info["who"]
        phone = next(
            (each for business in self._world.businesses.values() for each in business.phones
             if each.id == form.get("phone")),
            None,
        )  # fmt: skip
        if phone is None or not address:
            raise LOOK.missing("No such business")
        person, deed, text = self._world.person(address), form.get("deed", ""), form.get("text", "").strip()
        if deed in {"stop", "resume"}:
            self._world.choose(phone, person, stop=deed == "stop")
        elif text:
            self._world.write(phone, person, text[:4096], button=deed == "press")
        raise web.HTTPSeeOther(f"{self._world.site}/{address}")

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["id"])
        if file is None:
            raise LOOK.missing("This file is gone")
        return web.Response(body=file.content, content_type=kind_of(file.content) or file.content_type)

    def _phone(self, who: str) -> Phone | None:
        phones = (phone for business in self._world.businesses.values() for phone in business.phones)
        return next((each for each in phones if who in {each.digits, each.id}), None)

    def _chats(self, person: Person) -> list[Phone]:
        written = {
            each.phone.id: each.phone for each in self._world.messages.values() if each.person is person
        }
        return [phone for phone in written.values() if self._world.chat(phone, person)]

    def _address(self, phone: Phone) -> str:
        return f"{self._world.site}/{phone.digits}"
