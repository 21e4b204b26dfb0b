"""What the pretend Instagram shows of its accounts, posts and comments, and what is done to them."""

from collections.abc import Sequence

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Edge, Node, Value, listing, one, stamp
from hawker.platforms.instagram.sandbox_containers import TEXT, ContainerRoom
from hawker.platforms.instagram.sandbox_keys import INSTAGRAM, comments, owner_of
from hawker.platforms.instagram.sandbox_world import LIFE, Post, Profile, World


def user(world: World, profile: Profile, *, own: bool = False) -> Node:
    """`own`: as the login at Instagram shows it, with two ids."""
    ids: dict[str, Value] = {"id": f"99{profile.id[:15]}", "user_id": profile.id, "account_type": "BUSINESS"}
    fields: dict[str, Value] = {
        "id": profile.id,
        "ig_id": int(profile.id[5:]),
        "username": profile.handle,
        "name": profile.handle,
        "biography": "",
        "website": "",
        "followers_count": 0,
        "follows_count": 0,
        "media_count": len(world.posts_of(profile, "FEED", "REELS")),
        "profile_picture_url": "",
    }
    return Node(kind="IGUser", fields={**fields, **(ids if own else {})}, thin=())


def medium(world: World, post: Post) -> Node:
    children = [_child(world, post, place) for place in range(len(post.files))]
    files: dict[str, Value] = {
        "media_url": f"{world.site}/media/{post.id}/0",
        "thumbnail_url": f"{world.site}/media/{post.id}/cover" if post.cover else "",
        "children": Edge(nodes=children) if len(children) > 1 else None,
        "alt_text": post.files[0].alt if len(post.files) == 1 else "",
    }
    counts: dict[str, Value] = {
        "comments": Edge(nodes=[comment(each) for each in world.comments_on(post.id)]),
        "comments_count": len(world.comments_on(post.id)),
        "like_count": 0,
    }
    fields: dict[str, Value] = {
        "id": post.id,
        "caption": post.text,
        "media_type": post.media_type,
        "media_product_type": post.kind,
        "permalink": world.link(post),
        "shortcode": post.shortcode,
        "timestamp": stamp(post.at),
        "username": post.owner.handle,
        "owner": {"id": post.owner.id},
        "is_comment_enabled": True,
        "is_shared_to_feed": post.in_feed if post.kind == "REELS" else None,
    }
    return Node(kind="IGMedia", fields={**fields, **files, **counts})


def _child(world: World, post: Post, place: int) -> Node:
    file = post.files[place]
    fields: dict[str, Value] = {
        "id": f"{post.id}{place:02}",
        "media_type": "VIDEO" if file.is_video else "IMAGE",
        "media_url": f"{world.site}/media/{post.id}/{place}",
        "alt_text": file.alt,
    }
    return Node(kind="IGMedia", fields=fields)


def comment(post: Post) -> Node:
    fields: dict[str, Value] = {
        "id": post.id,
        "text": post.text,
        "timestamp": stamp(post.at),
        "username": post.owner.handle,
        "from": {"id": post.owner.id, "username": post.owner.handle},
        "like_count": 0,
        "hidden": False,
        "parent_id": None,
        "replies": Edge(nodes=[]),
    }
    return Node(kind="IGComment", fields=fields, thin=("timestamp", "text"))


class NodeRoom:
    def __init__(self, world: World, containers: ContainerRoom) -> None:
        self._world = world
        self._containers = containers

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="GET", path="/{id}/media", answers=self._media),
            Route(method="GET", path="/{id}/stories", answers=self._stories),
            Route(method="GET", path="/{id}/children", answers=self._children),
            Route(method="GET", path="/{id}/comments", answers=self._comments),
            Route(method="POST", path="/{id}/comments", answers=self._comment),
            Route(method="POST", path="/{id}/subscribed_apps", answers=self._subscribe),
            Route(method="GET", path="/{id}", answers=self._one),
            Route(method="DELETE", path="/{id}", answers=self._delete),
        )

    async def _media(self, call: Call) -> Json:
        owner = owner_of(self._world, call)
        posts = [] if self._world.manners.hides else self._world.posts_of(owner, "FEED", "REELS")
        since = int(call.params.get("since", "0"))
        nodes = [medium(self._world, post) for post in posts[::-1] if post.at.timestamp() >= since]
        return listing(call, Edge(nodes=nodes))

    async def _stories(self, call: Call) -> Json:
        owner, since = owner_of(self._world, call), self._world.now() - LIFE
        posts = [] if self._world.manners.hides else self._world.posts_of(owner, "STORY")
        nodes = [medium(self._world, post) for post in posts[::-1] if post.at > since]
        return listing(call, Edge(nodes=nodes))

    async def _children(self, call: Call) -> Json:
        post = self._post(call)
        return listing(
            call, Edge(nodes=[_child(self._world, post, place) for place in range(len(post.files))])
        )

    async def _comments(self, call: Call) -> Json:
        found = self._world.comments_on(self._post(call).id)
        return listing(call, Edge(nodes=[comment(each) for each in found[::-1]]))

    async def _comment(self, call: Call) -> Json:
        post = self._post(call)
        call.need(comments(call))
        message = call.given("message")
        if len(message) > TEXT or post.kind == "STORY":
            raise refusal(100, "(#100) Param message is not valid here")
        made = Post(
            id=self._world.id(),
            owner=post.owner,
            kind="COMMENT",
            at=self._world.now(),
            text=message,
            parent=post.id,
        )
        self._world.posts[made.id] = made
        self._tell(made, post)
        if call.params.get("fields"):
            raise refusal(20, "This comment was made; its fields cannot be read here.", subcode=1772107)
        return {"id": made.id}

    async def _subscribe(self, call: Call) -> Json:
        owner = owner_of(self._world, call)
        call.need(comments(call))
        self._world.heard[owner.id] = tuple(call.given("subscribed_fields").split(","))
        return {"success": True}

    def _tell(self, made: Post, post: Post) -> None:
        author: Json = {"id": made.owner.id, "username": made.owner.handle}
        where: Json = {"id": post.id, "media_product_type": post.kind}
        value: Json = {"id": made.id, "text": made.text, "from": author, "media": where}
        self._world.courier.change(made.owner.id, "comments", value)

    async def _one(self, call: Call) -> Json:
        node, world = call.part("id"), self._world
        if node in world.containers and world.containers[node].owner in self._own(call):
            return one(call, self._containers.node(world.containers[node]))
        if node == "me" or node in world.profiles:
            return one(call, user(world, owner_of(world, call), own=call.holder.kind == INSTAGRAM))
        post = self._post(call)
        return one(call, comment(post) if post.kind == "COMMENT" else medium(world, post))

    async def _delete(self, call: Call) -> Json:
        post = self._post(call)
        if post.kind == "COMMENT":
            call.need(comments(call))
        elif not self._world.manners.deletes or call.holder.kind == INSTAGRAM:
            raise unsupported(post.id)
        for each in (post, *self._world.comments_on(post.id)):
            del self._world.posts[each.id]
        return {"success": True}

    def _own(self, call: Call) -> list[Profile]:
        who = call.holder.who
        profiles = self._world.profiles.values()
        return [each for each in profiles if who in {each.id, each.page_id, each.person_id}]

    def _post(self, call: Call) -> Post:
        post = self._world.posts.get(call.part("id"))
        if post is None or post.owner not in self._own(call):
            raise unsupported(call.part("id"))
        return post
