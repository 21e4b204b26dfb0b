"""The pages at which a visitor reads an account's posts, and one post with its answers."""

from collections.abc import Iterator
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import FORGOTTEN
from hawker.platforms.bluesky.sandbox_json import fields, items, words
from hawker.platforms.bluesky.sandbox_people import People, Person, Record, parent
from hawker.platforms.bluesky.sandbox_views import blob_address, embed_view

_STYLE = """
body{margin:0;background:#f3f6f9;color:#0b0f14;font:16px/1.45 system-ui,"Noto Sans TC",sans-serif}
main{max-width:600px;margin:0 auto;background:#fff;min-height:100vh;border-inline:1px solid #dce2ea}
header,article{padding:16px;border-bottom:1px solid #dce2ea}
h1{font-size:20px;margin:0}p{margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#0061c2;text-decoration:none}a:hover{text-decoration:underline}
small{color:#526580}figure{margin:10px 0}img{max-width:100%;border-radius:10px;display:block}
figcaption{color:#526580;font-size:14px;margin-top:4px}
.card{display:block;border:1px solid #dce2ea;border-radius:10px;padding:10px;margin:10px 0;color:inherit}
"""


class Pages:
    def __init__(self, address: str, people: People) -> None:
        self._address = address
        self._people = people

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/profile/{actor}", self._profile),
            web.get("/profile/{actor}/post/{key}", self._post),
        ]

    async def _profile(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        posts = "".join(self._article(person, post) for post in reversed(person.posts))
        return _page(person.name or person.handle, _header(person) + posts)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        pair = self._people.post(f"at://{person.did}/-/{request.match_info['key']}")
        if pair is None:
            raise web.HTTPNotFound(text=f"This post is not here. {FORGOTTEN}")
        above = self._people.post(parent(pair[1]))
        thread = [*([above] if above else []), pair, *self._people.replies(pair[1].uri)]
        body = "".join(self._article(*each) for each in thread)
        return _page(f"{person.name} (@{person.handle})", body, self._about(*pair))

    def _person(self, request: web.Request) -> Person:
        person = self._people.find(request.match_info["actor"])
        if person is None:
            raise web.HTTPNotFound(text="Nobody here has this handle.")
        return person

    def _article(self, person: Person, record: Record) -> str:
        page = escape(f"{self._address}/profile/{person.handle}")
        name = f"<b>{escape(person.name)}</b> <small>@{escape(person.handle)}</small>"
        time = record.indexed_at[:16].replace("T", " ")
        return (
            f'<article lang="{escape(_language(record))}"><a href="{page}">{name}</a>'
            f"<p>{self._text(record)}</p>{''.join(self._embed(person, record))}"
            f'<a href="{page}/post/{record.key}"><small>{time} UTC</small></a></article>'
        )

    def _text(self, record: Record) -> str:
        """Facets count in bytes."""
        data, shown, last = words(record.value.get("text")).encode(), "", 0
        for start, end, target in sorted(self._targets(record)):
            linked = escape(data[start:end].decode(errors="replace"))
            shown += escape(data[last:start].decode(errors="replace"))
            shown += f'<a href="{escape(target)}">{linked}</a>'
            last = end
        return shown + escape(data[last:].decode(errors="replace"))

    def _targets(self, record: Record) -> Iterator[tuple[int, int, str]]:
        for facet in map(fields, items(record.value.get("facets"))):
            match facet.get("index"):
                case {"byteStart": int(start), "byteEnd": int(end)}:
                    features = items(facet.get("features")) or [None]
                    yield start, end, self._target(fields(features[0]))

    def _target(self, feature: dict[str, Json]) -> str:
        if "did" in feature:
            return f"{self._address}/profile/{words(feature['did'])}"
        return _safe(words(feature.get("uri")))

    def _embed(self, person: Person, record: Record) -> Iterator[str]:
        embed = self._shown(person, record)
        yield from (_figure(fields(image)) for image in items(embed.get("images")))
        if external := fields(embed.get("external")):
            thumb = words(external.get("thumb"))
            picture = f'<img src="{escape(thumb)}" alt="">' if thumb else ""
            title, about = escape(words(external["title"])), escape(words(external["description"]))
            address = escape(_safe(words(external["uri"])))
            yield f'<a class="card" href="{address}">{picture}<b>{title}</b><br><small>{about}</small></a>'

    def _shown(self, person: Person, record: Record) -> dict[str, Json]:
        return embed_view(record, lambda cid: blob_address(self._address, person, cid))

    def _about(self, person: Person, record: Record) -> str:
        """What another site's link card shows of this page."""
        images = items(self._shown(person, record).get("images"))
        picture = words(fields(images[0])["fullsize"]) if images else ""
        about = {"og:description": words(record.value.get("text")), "og:image": picture}
        return "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in about.items())


def _safe(address: str) -> str:
    return address if address.startswith(("https://", "http://")) else "#"


def _header(person: Person) -> str:
    return f"<header><h1>{escape(person.name)}</h1><small>@{escape(person.handle)}</small></header>"


def _figure(image: dict[str, Json]) -> str:
    address, alt = escape(words(image["fullsize"])), escape(words(image["alt"]))
    caption = f"<figcaption>{alt}</figcaption>" if alt else ""
    return f'<figure><img src="{address}" alt="{alt}">{caption}</figure>'


def _language(record: Record) -> str:
    languages = items(record.value.get("langs"))
    return words(languages[0]) if languages else ""


def _page(title: str, body: str, about: str = "") -> web.Response:
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><meta property="og:title" content="{escape(title)}">{about}'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
    return web.Response(text=html, content_type="text/html")
