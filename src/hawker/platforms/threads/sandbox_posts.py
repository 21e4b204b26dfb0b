"""Reading, listing, hiding, reposting and deleting at the pretend Threads."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Edge, Node, listing, one
from hawker.platforms.threads import sandbox_nodes as nodes
from hawker.platforms.threads.sandbox_containers import container_node, own, unseen
from hawker.platforms.threads.sandbox_world import QUOTAS, Post, World

BASIC, READ, MANAGE = "threads_basic", "threads_read_replies", "threads_manage_replies"
Shows = Callable[[Post], Node]
_MENTION = re.compile(r"@([\w.]+)", re.ASCII)


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/{id}/threads", answers=self._threads),
            Route(method="GET", path="/{id}/replies", answers=self._replies),
            Route(method="GET", path="/{id}/conversation", answers=self._conversation),
            Route(method="GET", path="/me/mentions", answers=self._mentions),
            Route(method="GET", path="/{id}/threads_publishing_limit", answers=self._limit),
            Route(method="POST", path="/{id}/manage_reply", answers=self._hide),
            Route(method="POST", path="/{id}/repost", answers=self._repost),
            Route(method="GET", path="/{id}/", answers=self._read),
            Route(method="GET", path="/{id}", answers=self._read),
            Route(method="DELETE", path="/{id}", answers=self._delete),
        )

    async def _read(self, call: Call) -> Json:
        call.need(BASIC)
        return one(call, self._node(call))

    def _node(self, call: Call) -> Node:
        number, world = call.part("id"), self._world
        if number in {"me", call.holder.who}:
            return nodes.person(world, world.people[call.holder.who])
        if number == nodes.PLACE["id"]:
            return nodes.place()
        container = world.containers.get(number)
        if container and container.post.owner.id == call.holder.who:
            container.unseen -= 1
            if container.unseen >= 0 or (container.is_published and world.manners.forgets):
                raise unseen()
            return container_node(world, number, container)
        return nodes.reply(world, self._post(number), call.holder.who)

    def _post(self, number: str) -> Post:
        """What was published a moment ago is not seen at first."""
        post = self._world.posts.get(number)
        if post is None:
            raise unseen()
        post.looks -= 1
        if post.looks >= 0:
            raise unseen()
        return post

    async def _threads(self, call: Call) -> Json:
        person = own(self._world, call, BASIC)
        mine = [post for post in self._world.posts_of(person) if not post.parent]
        return self._list(call, mine, lambda each: nodes.post(self._world, each))

    async def _replies(self, call: Call) -> Json:
        """Of an account its own; of a post those right below it."""
        number, world = call.part("id"), self._world
        call.need(READ)
        if number in {"me", call.holder.who}:
            person = world.people[call.holder.who]
            mine = [post for post in world.posts_of(person) if post.parent]
            if not world.manners.lists_own_replies:
                mine = [post for post in mine if world.root_of(post).owner != person]
            return self._list(call, mine, self._as_reply(call))
        below = world.replies_to(self._post(number).id)
        return self._list(call, below, self._as_reply(call), turned=not call.is_on("reverse", default=True))

    async def _conversation(self, call: Call) -> Json:
        call.need(READ)
        root = self._post(call.part("id"))
        if root.parent or root.owner.id != call.holder.who:
            raise unsupported(root.id)
        turned = not call.is_on("reverse", default=True)
        return self._list(call, self._world.below(root.id), self._as_reply(call), turned=turned)

    async def _mentions(self, call: Call) -> Json:
        call.need("threads_manage_mentions")
        handle = self._world.people[call.holder.who].handle
        found = [post for post in self._world.posts.values() if handle in _MENTION.findall(post.text)]
        return self._list(call, found, lambda each: nodes.post(self._world, each))

    def _as_reply(self, call: Call) -> Shows:
        return lambda each: nodes.reply(self._world, each, call.holder.who)

    def _list(self, call: Call, posts: Iterable[Post], shows: Shows, *, turned: bool = False) -> Json:
        """The newest first, unless turned; `since` and `until` are about the post, in whole seconds."""
        since, until = (_moment(call, name) for name in ("since", "until"))
        listed = [] if self._world.manners.hides else list(posts)
        kept = [
            each
            for each in listed
            if (since is None or each.created_at >= since) and (until is None or each.created_at <= until)
        ]
        return listing(call, Edge(nodes=[shows(each) for each in (kept if turned else kept[::-1])]))

    async def _limit(self, call: Call) -> Json:
        """Only what was asked for comes back."""
        person = own(self._world, call, "threads_content_publish")
        shown: dict[str, Json] = {}
        for kind, total in QUOTAS.items():
            shown[f"{kind}quota_usage"] = self._world.used(person, kind)
            shown[f"{kind}config"] = {"quota_total": total, "quota_duration": 86400}
        asked = call.params.get("fields", "quota_usage,config").split(",")
        strange = [name for name in asked if name not in shown]
        if strange:
            raise refusal(100, f"(#100) Tried accessing nonexisting field ({strange[0]})")
        return {"data": [{name: shown[name] for name in asked}]}

    async def _hide(self, call: Call) -> Json:
        call.need(MANAGE)
        post = self._post(call.part("id"))
        root = self._world.root_of(post)
        if post.parent != root.id or root.owner.id != call.holder.who:
            raise unsupported(post.id)
        post.is_hidden = call.is_on("hide")
        return {"success": True}

    async def _repost(self, call: Call) -> Json:
        call.need("threads_content_publish")
        post, world = self._post(call.part("id")), self._world
        owner = world.people[call.holder.who]
        world.spend(owner, "")
        again = Post(
            id=world.id(), owner=owner, kind="REPOST_FACADE", created_at=world.now(), reposted=post.id
        )
        return {"id": world.add(again).id}

    async def _delete(self, call: Call) -> Json:
        call.need("threads_delete")
        post = self._world.posts.get(call.part("id"))
        if post is None:
            raise unseen()
        if post.owner.id != call.holder.who:
            raise refusal(10, "Application does not have permission for this action", status=403)
        self._world.spend(post.owner, "delete_")
        del self._world.posts[post.id]
        return {"success": True, "deleted_id": post.id}


def _moment(call: Call, name: str) -> datetime | None:
    """In seconds since 1970, or as a date."""
    value = call.params.get(name, "")
    try:
        moment = (
            datetime.fromtimestamp(int(value), UTC) if value.isdecimal() else datetime.fromisoformat(value)
        )
    except ValueError as error:
        if not value:
            return None
        raise refusal(100, f"(#100) Param {name} must be a unix time or a date") from error
    return moment.replace(tzinfo=moment.tzinfo or UTC)
