"""Making and publishing containers at the pretend Threads, with what Threads refuses ("Posts", "Carousels",
"Polls", "Text attachments" and the changelog, read 2026-11-22)."""

import dataclasses
from collections.abc import Sequence

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Node, Value
from hawker.connect.pretend_graph_media import fetch, kind_of, seconds_of
from hawker.platforms.threads.account import LIMITS
from hawker.platforms.threads.sandbox_world import Container, Medium, Person, Post, World
from hawker.platforms.threads.text import length, links

PUBLISH, REPLY = "threads_content_publish", "threads_manage_replies"
AUDIENCES = ("everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only", "followers_only")
KINDS = {"TEXT": "TEXT_POST", "IMAGE": "IMAGE", "VIDEO": "VIDEO", "CAROUSEL": "CAROUSEL_ALBUM"}
PICTURES, VIDEOS = ("image/jpeg", "image/png"), ("video/mp4", "video/quicktime")
LEAST, MOST, MOST_LINKS, ANSWER, TOPIC, ENTITIES = 2, 20, 5, 25, 50, 10


def bad(message: str) -> Exception:
    return refusal(100, message)


def unseen() -> Exception:
    return refusal(
        24,
        "The requested resource does not exist",
        subcode=4279009,
        title="Media Not Found",
        user="The media with this ID cannot be found.",
    )


class Dock:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="POST", path="/{id}/threads", answers=self._create),
            Route(method="POST", path="/{id}/threads_publish", answers=self._publish),
        )

    async def _create(self, call: Call) -> Json:
        owner = own(self._world, call, PUBLISH)
        kind = call.params.get("media_type", "")
        if kind not in KINDS:
            raise bad("Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}")
        item, text = call.is_on("is_carousel_item"), call.params.get("text", "")
        if item and (text or kind not in {"IMAGE", "VIDEO"}):
            raise bad("Param is_carousel_item is for images and videos without text")
        _check_text(call, kind, text)
        post = Post(
            id=self._world.id(), owner=owner, kind=KINDS[kind], created_at=self._world.now(), text=text
        )
        self._dress(post, call, kind)
        container = Container(post=post, created_at=post.created_at, item=item)
        container.unseen = self._world.manners.unseen
        await self._fill(container, call, kind)
        if call.is_on("auto_publish_text"):
            return {"id": self._at_once(container, kind)}
        self._world.containers[post.id] = container
        return {"id": post.id}

    def _dress(self, post: Post, call: Call, kind: str) -> None:
        """What stands over the whole post."""
        params = call.params
        post.parent, post.quoted = params.get("reply_to_id", ""), params.get("quote_post_id", "")
        post.location = params.get("location_id", "")
        if post.parent:
            call.need(REPLY)
            self._demand_parent(post.parent)
        if post.quoted and post.quoted not in self._world.posts:
            raise bad("Param quote_post_id must be the ID of a Threads post")
        post.audience = params.get("reply_control", "everyone")
        if post.audience not in AUDIENCES:
            raise bad(f"Param reply_control must be one of {{{', '.join(AUDIENCES)}}}")
        post.topic = _topic(params.get("topic_tag", ""))
        post.poll = _poll(call, kind)
        post.link = _link(call, kind)
        post.hides_text = _hides(call, post.text)
        post.hides_media = call.is_on("is_spoiler_media")
        if post.hides_media and kind == "TEXT":
            raise bad("Param is_spoiler_media is for posts with media")

    def _demand_parent(self, parent: str) -> None:
        post = self._world.posts.get(parent)
        if post is None or post.looks > 0:
            raise unseen()

    async def _fill(self, container: Container, call: Call, kind: str) -> None:
        post = container.post
        alt = call.params.get("alt_text", "")
        if len(alt) > LIMITS.alt_text:
            raise bad("Param alt_text must be at most 1000 characters long.")
        if kind == "IMAGE":
            post.media = (await self._picture(call.given("image_url"), alt),)
        elif kind == "VIDEO":
            content = await fetch(call.given("video_url")) or b""
            container.trouble = _trouble(content)
            container.looks = self._world.manners.works
            post.media = (self._keep(content, alt),)
        elif kind == "CAROUSEL":
            post.media = tuple(self._child(each, post.owner) for each in _children(call))

    async def _picture(self, url: str, alt: str) -> Medium:
        content = await fetch(url)
        if content is None:
            raise refusal(9004, "The media could not be fetched from this URI.", subcode=2207052)
        if kind_of(content) not in PICTURES or len(content) > LIMITS.image_bytes:
            raise refusal(9004, "Only photo or video can be accepted as media type.", subcode=2207052)
        return self._keep(content, alt)

    def _keep(self, content: bytes, alt: str) -> Medium:
        medium = Medium(id=self._world.id(), content=content, content_type=kind_of(content), alt=alt)
        self._world.media[medium.id] = medium
        return medium

    def _child(self, number: str, owner: Person) -> Medium:
        child = self._world.containers.get(number)
        if child is None or not child.item or child.post.owner != owner:
            raise bad(f"Param children must be IDs of carousel items: {number}")
        if self._world.status(child) != "FINISHED":
            raise unseen()
        return child.post.media[0]

    def _at_once(self, container: Container, kind: str) -> str:
        """The id that comes back is the post's, not a container's."""
        if kind != "TEXT":
            raise bad("Param auto_publish_text is for media_type TEXT")
        return self._show(container).id

    async def _publish(self, call: Call) -> Json:
        owner = own(self._world, call, PUBLISH)
        container = self._world.containers.get(call.given("creation_id"))
        if container is None or container.post.owner != owner:
            raise unseen()
        if container.item:
            raise bad("Param creation_id must not be a carousel item")
        if container.is_published:
            raise bad("Param creation_id: this container was published already")
        if self._world.status(container) != "FINISHED":
            raise unseen()
        shown = self._show(container)
        container.is_published = True
        return {"id": shown.id}

    def _show(self, container: Container) -> Post:
        world, post = self._world, container.post
        if post.parent:
            self._demand_parent(post.parent)
        world.spend(post.owner, "reply_" if post.parent else "")
        looks = world.manners.unseen
        return world.add(dataclasses.replace(post, id=world.id(), created_at=world.now(), looks=looks))


def own(world: World, call: Call, scope: str) -> Person:
    """The account of the path, which only its own key may act for."""
    number = call.holder.who if call.part("id") == "me" else call.part("id")
    if number != call.holder.who:
        raise unsupported(number)
    call.need(scope)
    return world.people[number]


def container_node(world: World, number: str, container: Container) -> Node:
    """How often it was looked at counts."""
    container.looks -= 1
    status = world.status(container)
    fields: dict[str, Value] = {
        "id": number,
        "status": status,
        "error_message": container.trouble if status == "ERROR" else None,
    }
    return Node(kind="ThreadsMediaContainer", fields=fields, thin=("status",))


def _check_text(call: Call, kind: str, text: str) -> None:
    if kind == "TEXT" and not text:
        raise bad("The parameter text is required")
    if length(text) > LIMITS.text:
        raise bad("Param text must be at most 500 characters long.")
    if len(links(text, call.params.get("link_attachment", ""))) > MOST_LINKS:
        raise bad("THREADS_API__LINK_LIMIT_EXCEEDED")


def _children(call: Call) -> list[str]:
    ids = [each for each in call.given("children").split(",") if each]
    if not LEAST <= len(ids) <= MOST:
        raise bad(f"Param children must have {LEAST} to {MOST} items")
    return ids


def _topic(name: str) -> str:
    if len(name) > TOPIC or {".", "&"} & set(name):
        raise bad("Param topic_tag must be 1 to 50 characters long, without periods and ampersands")
    return name


def _poll(call: Call, kind: str) -> dict[str, str]:
    given = call.parsed("poll_attachment") or {}
    if not isinstance(given, dict):
        raise bad("Param poll_attachment must be an object")
    options = {name: str(given[name]) for name in sorted(given)}
    if not options:
        return {}
    if kind != "TEXT":
        raise bad("Param poll_attachment is for media_type TEXT")
    if list(options) != [f"option_{letter}" for letter in "abcd"][: max(2, len(options))]:
        raise bad("Param poll_attachment must have option_a and option_b, option_c and option_d at will")
    if any(not 0 < len(each) <= ANSWER for each in options.values()):
        raise bad("Param poll_attachment: options must be 1 to 25 characters long")
    return options


def _link(call: Call, kind: str) -> str:
    link = call.params.get("link_attachment", "")
    if link and (kind != "TEXT" or call.params.get("poll_attachment")):
        raise bad("Param link_attachment is for text-only posts without a poll")
    if link and not link.startswith(("http://", "https://")):
        raise bad("Param link_attachment must be a URL")
    return link


def _hides(call: Call, text: str) -> bool:
    given = call.parsed("text_entities") or []
    if not isinstance(given, list) or len(given) > ENTITIES:
        raise bad("Param text_entities must be an array of at most 10 entities")
    for each in given:
        spoiler = each if isinstance(each, dict) else {}
        offset, size = spoiler.get("offset"), spoiler.get("length")
        whole = isinstance(offset, int) and isinstance(size, int) and 0 <= offset < offset + size <= len(text)
        if spoiler.get("entity_type") != "SPOILER" or not whole:
            raise bad("Param text_entities must be spoilers within the text")
    return bool(given)


def _trouble(content: bytes) -> str:
    """What the container will say of a video."""
    if not content:
        return "FAILED_DOWNLOADING_VIDEO"
    if kind_of(content) not in VIDEOS or len(content) > LIMITS.video_bytes:
        return "FAILED_PROCESSING_VIDEO"
    return "INVALID_DURATION" if seconds_of(content) > LIMITS.video_seconds else ""
