"""The pages at which a visitor reads an account's posts, and one post with its answers."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture
from hawker.platforms.bluesky.sandbox_json import fields, items, words
from hawker.platforms.bluesky.sandbox_people import People, Person, Record, parent
from hawker.platforms.bluesky.sandbox_views import blob_address, embed_view

LOOK = Look(
    "body{background:#f3f6f9;color:#0b0f14}header,article{background:#fff;border:1px solid #dce2ea}"
    "a{color:#0061c2}.card{display:block;border:1px solid #dce2ea;border-radius:10px;padding:10px}"
)


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
        return LOOK.page(person.name or person.handle, heading(person.name, f"@{person.handle}") + posts)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        pair = self._people.post(f"at://{person.did}/-/{request.match_info['key']}")
        if pair is None:
            raise LOOK.missing("This post is not here.")
        above = self._people.post(parent(pair[1]))
        thread = [*([above] if above else []), pair, *self._people.replies(pair[1].uri)]
        body = "".join(self._article(*each) for each in thread)
        title = f"{person.name} (@{person.handle})"
        about = f'<meta property="og:title" content="{escape(title)}">{self._about(*pair)}'
        return LOOK.page(title, body, head=about)

    def _person(self, request: web.Request) -> Person:
        person = self._people.find(request.match_info["actor"])
        if person is None:
            raise LOOK.missing("Nobody here has this handle.")
        return person

    def _article(self, person: Person, record: Record) -> str:
        profile = f"{self._address}/profile/{person.handle}"
        return article(
            Shown(
                name=person.name,
                handle=f"@{person.handle}",
                profile=profile,
                page=f"{profile}/post/{record.key}",
                at=datetime.fromisoformat(record.indexed_at),
                text=linked(words(record.value.get("text")), self._links(record)),
                media="".join(self._embed(person, record)),
                language=_language(record),
            )
        )

    def _links(self, record: Record) -> Iterator[tuple[int, int, str]]:
        """Facets count in bytes."""
        data = words(record.value.get("text")).encode()
        for start, end, target in sorted(self._targets(record)):
            before, link = data[:start].decode(errors="replace"), data[start:end].decode(errors="replace")
            yield len(before), len(before) + len(link), target

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
        for image in map(fields, items(embed.get("images"))):
            yield picture(words(image["fullsize"]), words(image["alt"]))
        if external := fields(embed.get("external")):
            thumb = words(external.get("thumb"))
            shown = f'<img src="{escape(thumb)}" alt="">' if thumb else ""
            title, about = escape(words(external["title"])), escape(words(external["description"]))
            address = escape(_safe(words(external["uri"])))
            yield f'<a class="card" href="{address}">{shown}<b>{title}</b><br><small>{about}</small></a>'

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


def _language(record: Record) -> str:
    languages = items(record.value.get("langs"))
    return words(languages[0]) if languages else ""
