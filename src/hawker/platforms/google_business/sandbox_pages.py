"""The pages at which a visitor reads the updates of a pretend business."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, picture
from hawker.platforms.google_business.sandbox_checks import Said, text
from hawker.platforms.google_business.sandbox_world import Place, Post, World

LOOK = Look(
    "body{background:#f8f9fa;color:#202124}a{color:#1a73e8}"
    "header,article{background:#fff;border:1px solid #dadce0;border-radius:16px}"
    ".button{display:inline-block;padding:6px 18px;border:1px solid #dadce0;border-radius:18px}"
    ".when{color:#5f6368}.coupon{padding:8px;border:1px dashed #5f6368;text-align:center}"
)
BUTTONS = {
    "BOOK": "Book",
    "ORDER": "Order online",
    "SHOP": "Buy",
    "LEARN_MORE": "Learn more",
    "SIGN_UP": "Sign up",
    "CALL": "Call now",
}


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/google/maps", self._profile),
            web.get("/google/place", self._one),
            web.get("/google/p/{picture}", self._picture),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        place = self._place(request.query.get("cid", ""))
        shown = "".join(self._article(place, post) for post in self._world.live(place)[::-1])
        below = "1 Dihua Street, Taipei"
        return LOOK.page(place.title, heading(place.title, below) + (shown or "<p>No updates yet.</p>"))

    async def _one(self, request: web.Request) -> web.Response:
        place = self._place(request.query.get("id", ""))
        number = request.query.get("lpsid", "")
        post = next((each for each in self._world.live(place) if each.id == number), None)
        if post is None:
            raise LOOK.missing("This update is not available.")
        self._visits.count(post.id)
        return LOOK.page(f"{place.title}: update", self._article(place, post))

    async def _picture(self, request: web.Request) -> web.Response:
        posts = (post for place in self._world.places.values() for post in place.posts.values())
        for each in (found for post in posts for found in post.pictures):
            if each.id == request.match_info["picture"]:
                return web.Response(body=each.content, content_type=each.content_type)
        raise web.HTTPNotFound

    def _place(self, number: str) -> Place:
        place = self._world.places.get(number)
        if place is None:
            raise LOOK.missing("This business is not here.")
        return place

    def _article(self, place: Place, post: Post) -> str:
        topic = text(post.said, "topicType").capitalize()
        return article(
            Shown(
                name=place.title,
                handle="" if place.title == place.code else place.code,
                profile=f"{self._world.site}/maps?cid={place.id}",
                page=f"{self._world.site}/place?id={place.id}&use=posts&lpsid={post.id}",
                at=post.created_at,
                text=escape(text(post.said, "summary")),
                above=_event(post.said),
                media="".join(picture(f"{self._world.site}/p/{each.id}", "") for each in post.pictures),
                below=_offer(post.said) + _button(post.said),
                language=text(post.said, "languageCode"),
                labels=() if topic == "Standard" else (topic,),
                figures=self._visits.figures(post.id),
            )
        )


def _event(said: Said) -> str:
    event = _part(said, "event")
    if not event:
        return ""
    schedule = _part(event, "schedule")
    start, end = (_when(schedule, side) for side in ("start", "end"))
    return f'<h2>{escape(text(event, "title"))}</h2><p class="when">{start} – {end}</p>'


def _when(schedule: Said, side: str) -> str:
    day, clock = _part(schedule, f"{side}Date"), _part(schedule, f"{side}Time")
    shown = "-".join(f"{_number(day.get(name)):02}" for name in ("year", "month", "day"))
    return shown + (f" {_number(clock.get('hours')):02}:{_number(clock.get('minutes')):02}" if clock else "")


def _offer(said: Said) -> str:
    offer = _part(said, "offer")
    coupon, link, terms = (text(offer, name) for name in ("couponCode", "redeemOnlineUrl", "termsConditions"))
    return "".join(
        [
            f'<p class="coupon">{escape(coupon)}</p>' if coupon else "",
            f'<p><a class="button" href="{escape(link)}">Redeem offer</a></p>' if link else "",
            f"<p><small>{escape(terms)}</small></p>" if terms else "",
        ]
    )


def _button(said: Said) -> str:
    """An offer has none, whatever was written of one."""
    button = _part(said, "callToAction")
    if not button or text(said, "topicType") == "OFFER":
        return ""
    label, url = BUTTONS.get(text(button, "actionType"), ""), text(button, "url") or "tel:"
    return f'<p><a class="button" href="{escape(url)}">{escape(label)}</a></p>'


def _part(said: Said, name: str) -> Said:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0
