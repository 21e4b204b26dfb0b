"""Posts, pictures and comments of the pretend Facebook: written, read, listed, taken away."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Edge, Node, listing, one
from hawker.connect.pretend_graph_media import fetch, kind_of
from hawker.platforms.facebook import sandbox_nodes as nodes
from hawker.platforms.facebook.account import LIMITS
from hawker.platforms.facebook.sandbox_world import Medium, Page, Post, World

PICTURES = ("image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff")
READ, WRITE, ENGAGE = "pages_read_engagement", "pages_manage_posts", "pages_manage_engagement"
TOO_LARGE = "Photos should be smaller than 4 MB and saved as JPG, PNG, GIF or TIFF files."


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="POST", path="/{id}/photos", answers=self._photo),
            Route(method="POST", path="/{id}/feed", answers=self._write),
            Route(method="GET", path="/{id}/feed", answers=self._list),
            Route(method="GET", path="/{id}/published_posts", answers=self._list),
            Route(method="POST", path="/{id}/comments", answers=self._comment),
            Route(method="GET", path="/{id}/comments", answers=self._comments),
            Route(method="GET", path="/{id}", answers=self._read),
            Route(method="DELETE", path="/{id}", answers=self._delete),
        )

    async def _photo(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        content = await _content(call)
        kind = kind_of(content)
        if kind not in PICTURES or len(content) > LIMITS.image_bytes:
            raise refusal(100, "Invalid parameter", subcode=1366046, title="Can't Read Files", user=TOO_LARGE)
        alt = call.params.get("alt_text_custom", "")
        photo = Medium(
            id=self._world.id(), page=page, kind="photo", content=content, content_type=kind, alt=alt
        )
        photo.total = len(content)
        self._world.media[photo.id] = photo
        if not call.is_on("published", default=True):
            return {"id": photo.id}
        message = call.params.get("message") or call.params.get("caption", "")
        shown = self._show(page, message, "", (photo,))
        return {"id": photo.id, "post_id": shown.id}

    async def _write(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        message, link = call.params.get("message", ""), call.params.get("link", "")
        photos = self._attached(call, page)
        if not message.strip() and not link and not photos:
            raise refusal(100, "(#100) Missing message or attachment")
        if len(message) > LIMITS.text:
            raise refusal(100, "(#100) Param message is too long")
        if link and not link.startswith(("http://", "https://")):
            raise refusal(100, "(#100) link URL is not properly formatted", subcode=2061006)
        last = self._world.posts_of(page, "post")[-1:]
        if message and not photos and any((each.text, each.link) == (message, link) for each in last):
            raise refusal(506, "(#506) Duplicate status message")
        return {"id": self._show(page, message, link, photos).id}

    def _show(self, page: Page, message: str, link: str, photos: tuple[Medium, ...]) -> Post:
        for photo in photos:
            photo.told = True
        return self._world.add(
            Post(
                id=f"{page.id}_{self._world.id()}",
                page=page,
                kind="post",
                created_at=self._world.now(),
                text=message,
                link=link,
                media=photos,
            )
        )

    def _attached(self, call: Call, page: Page) -> tuple[Medium, ...]:
        listed = call.parsed("attached_media") or []
        ids = (
            [str(each.get("media_fbid", "")) for each in listed if isinstance(each, dict)]
            if isinstance(listed, list)
            else []
        )
        found = [self._world.media.get(each) for each in ids]
        photos = tuple(each for each in found if each and each.page.id == page.id and each.kind == "photo")
        if len(photos) != len(ids) or len(ids) > LIMITS.media:
            raise refusal(100, "(#100) Param attached_media[0] must be a valid photo ID")
        if any(photo.told for photo in photos):
            raise refusal(100, "Invalid parameter", subcode=1366051, user="These photos were already posted.")
        return photos

    async def _list(self, call: Call) -> Json:
        """The newest first; `since` is about the post, in whole seconds."""
        page = own_page(self._world, call, READ)
        since = call.params.get("since", "0")
        if not since.isdecimal():
            raise refusal(100, "(#100) Param since must be a unix time")
        begun = datetime.fromtimestamp(int(since), UTC)
        shown = [] if self._world.manners.hides else self._world.posts_of(page, "post")[::-1]
        return listing(
            call, Edge(nodes=[nodes.post(self._world, each) for each in shown if each.created_at >= begun])
        )

    async def _comment(self, call: Call) -> Json:
        parent = self._parent(call)
        page = own_page(self._world, call, ENGAGE, call.holder.who)
        message, attached = call.params.get("message", ""), call.params.get("attachment_id", "")
        photo = self._world.media.get(attached)
        if attached and photo is None:
            raise refusal(100, "(#100) Param attachment_id must be a valid photo ID")
        if not message.strip() and photo is None:
            raise refusal(100, "(#100) Missing message or attachment")
        number = self._world.id()
        stem = parent.id.partition("_")[2] or parent.id
        comment = Post(
            id=f"{stem}_{number}",
            page=page,
            kind="comment",
            created_at=self._world.now(),
            text=message,
            media=(photo,) if photo else (),
            parent=parent.id,
        )
        return {"id": self._world.add(comment).id}

    async def _comments(self, call: Call) -> Json:
        call.need("pages_read_user_content")
        shown = self._world.comments_on(self._parent(call).id)
        if call.params.get("order") == "reverse_chronological":
            shown = shown[::-1]
        comments = [nodes.comment(self._world, each) for each in shown]
        return listing(call, Edge(nodes=comments, summary={"total_count": len(comments)}))

    def _parent(self, call: Call) -> Post:
        """Stories take no comments, nor does what is gone."""
        parent = self._world.posts.get(call.part("id"))
        if parent is None or parent.kind == "story":
            raise unsupported(call.part("id"))
        return parent

    async def _read(self, call: Call) -> Json:
        return one(call, self._node(call))

    def _node(self, call: Call) -> Node:
        number = call.holder.who if call.part("id") == "me" else call.part("id")
        world = self._world
        if number in world.pages:
            return nodes.page(world, world.pages[number])
        if number in world.people:
            return nodes.person(world.people[number])
        if number in world.media:
            medium = world.media[number]
            medium.looks -= medium.is_whole
            return nodes.photo(world, medium) if medium.kind == "photo" else nodes.video(world, medium)
        if number not in world.posts:
            raise unsupported(number)
        found = world.posts[number]
        return nodes.comment(world, found) if found.kind == "comment" else nodes.post(world, found)

    async def _delete(self, call: Call) -> Json:
        number = call.part("id")
        found = self._world.posts.get(number)
        # Deleting a story is not documented (Page Stories, read 2026-11-22).
        if found is None or found.page.id != call.holder.who or found.kind == "story":
            raise unsupported(number)
        call.need(WRITE if found.kind != "comment" else ENGAGE)
        del self._world.posts[number]
        self._world.media.pop(number, None)
        return {"success": True}


def own_page(world: World, call: Call, scope: str, number: str = "") -> Page:
    """The page of the path, which only its own key may act for."""
    wanted = number or call.part("id")
    page = world.pages.get(call.holder.who if wanted == "me" else wanted)
    if page is None:
        raise unsupported(wanted)
    if page.id != call.holder.who:
        raise refusal(
            200, "(#200) The user hasn't authorized the application to perform this action", status=403
        )
    call.need(scope)
    return page


async def _content(call: Call) -> bytes:
    if "url" in call.params:
        content = await fetch(call.params["url"])
        if content is None:
            raise refusal(324, "(#324) Missing or invalid image file", subcode=2069019)
        return content
    file = next(iter(call.files.values()), None)
    if file is None:
        raise refusal(324, "(#324) Requires upload file")
    return file.content
