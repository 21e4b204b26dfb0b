"""What the pretend Threads tells of others, of places, and in numbers."""

from collections.abc import Sequence
from html import escape

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, no_token, refusal, unsupported
from hawker.connect.pretend_graph_fields import Edge, Node, listing
from hawker.platforms.threads import sandbox_nodes as nodes
from hawker.platforms.threads.sandbox_world import Person, Post, World

DISCOVER, SEARCH, PLACES, COUNT = (
    "threads_profile_discovery",
    "threads_keyword_search",
    "threads_location_tagging",
    "threads_manage_insights",
)
OF_POST = ("views", "likes", "replies", "reposts", "quotes", "shares")
OF_ACCOUNT = ("views", "likes", "replies", "reposts", "quotes", "clicks", "followers_count")
WHO = "follower_demographics"


class Discovery:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/profile_lookup", answers=self._lookup),
            Route(method="GET", path="/profile_posts", answers=self._posts),
            Route(method="GET", path="/keyword_search", answers=self._search),
            Route(method="GET", path="/location_search", answers=self._places),
            Route(method="GET", path="/oembed", answers=self._embed, open=True),
            Route(method="GET", path="/me/threads_insights", answers=self._of_account),
            Route(method="GET", path="/{id}/insights", answers=self._of_post),
        )

    def _public(self, call: Call) -> Person:
        call.need(DISCOVER)
        name = call.given("username")
        found = [each for each in self._world.people.values() if each.handle == name]
        if not found:
            raise unsupported(name)
        return found[0]

    async def _lookup(self, call: Call) -> Json:
        return nodes.public(self._world, self._public(call))

    async def _posts(self, call: Call) -> Json:
        posts = self._world.posts_of(self._public(call))[::-1]
        return self._list(call, [post for post in posts if not post.parent])

    async def _search(self, call: Call) -> Json:
        call.need(SEARCH)
        word = call.given("q").lower()
        return self._list(call, [post for post in self._world.posts.values() if word in post.text.lower()])

    def _list(self, call: Call, posts: Sequence[Post]) -> Json:
        return listing(call, Edge(nodes=[nodes.post(self._world, post) for post in posts]))

    async def _places(self, call: Call) -> Json:
        call.need(PLACES)
        if not {"q", "latitude"} & set(call.params):
            raise refusal(100, "(#100) The parameter q is required")
        here: list[Node] = [nodes.place()]
        return listing(call, Edge(nodes=here))

    async def _embed(self, call: Call) -> Json:
        app = self._world.app
        token = call.request.headers.get("Authorization", "").partition(" ")[2]
        if token != f"TH|{app.client_id}|{app.client_secret}":
            raise no_token()
        url = escape(call.given("url"))
        html = f'<blockquote class="text-post-media" data-text-post-permalink="{url}"></blockquote>'
        return {"type": "rich", "version": "1.0", "html": html, "provider_name": "Threads", "width": 658}

    async def _of_post(self, call: Call) -> Json:
        call.need(COUNT)
        post = self._world.posts.get(call.part("id"))
        if post is None or post.owner.id != call.holder.who:
            raise unsupported(call.part("id"))
        answered = len(self._world.replies_to(post.id))
        return {
            "data": [
                _numbers(
                    name, "lifetime", post.id, {"values": [{"value": answered if name == "replies" else 0}]}
                )
                for name in _asked(call, OF_POST)
            ]
        }

    async def _of_account(self, call: Call) -> Json:
        call.need(COUNT)
        return {"data": [self._number(call, name) for name in _asked(call, (*OF_ACCOUNT, WHO))]}

    def _number(self, call: Call, name: str) -> Json:
        who = call.holder.who
        if name == "views":
            return _numbers(
                name, "day", who, {"values": [{"value": 0, "end_time": "2026-11-20T08:00:00+0000"}]}
            )
        if name == "clicks":
            return _numbers(name, "day", who, {"link_total_values": []})
        if name == WHO:
            return _numbers(name, "lifetime", who, {"total_value": {"breakdowns": []}})
        return _numbers(name, "day", who, {"total_value": {"value": 0}})


def _asked(call: Call, known: Sequence[str]) -> list[str]:
    asked = call.given("metric").split(",")
    strange = [name for name in asked if name not in known]
    if strange:
        raise refusal(100, f"(#100) metric[0] must be one of the following values: {', '.join(known)}")
    return asked


def _numbers(name: str, period: str, holder: str, numbers: dict[str, Json]) -> Json:
    key = f"{holder}/insights/{name}/{period}"
    return {"name": name, "period": period, **numbers, "title": name, "description": name, "id": key}
