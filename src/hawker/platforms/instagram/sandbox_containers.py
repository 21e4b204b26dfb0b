"""Containers at the pretend Instagram: made, looked at, filled with bytes, and published once."""

import json
import re
from collections.abc import Sequence

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Node
from hawker.connect.pretend_graph_media import UploadRoom
from hawker.platforms.instagram import sandbox_files as files
from hawker.platforms.instagram.sandbox_keys import owner_of, publishes
from hawker.platforms.instagram.sandbox_world import Container, File, Post, Profile, World

TEXT, ALT, HASHTAGS, MENTIONS, PARTNERS = 2_200, 1_000, 30, 20, 3
KINDS = {"", "IMAGE", "VIDEO", "REELS", "STORIES", "CAROUSEL"}


class ContainerRoom:
    def __init__(self, world: World, uploads: UploadRoom) -> None:
        self._world = world
        self._uploads = uploads

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="POST", path="/{id}/media", answers=self._make),
            Route(method="POST", path="/{id}/media_publish", answers=self._publish),
            Route(method="GET", path="/{id}/content_publishing_limit", answers=self._limit),
        )

    def node(self, container: Container) -> Node:
        """Each look at one that is in work brings it on."""
        self._settle(container)
        code, status = self._state(container)
        container.looks = max(0, container.looks - 1)
        fields: dict[str, Json] = {"id": container.id, "status_code": code, "status": status}
        if self._world.manners.tells_bytes:
            fields["video_status"] = self._progress(container)
        return Node(kind="IGContainer", fields={**fields, "copyright_check_status": None})

    def _progress(self, container: Container) -> Json:
        session = self._uploads.sessions.get(container.id)
        came = (len(session.content) if session else 0) + self._world.manners.claims_bytes
        return {"uploading_phase": {"status": "in_progress", "bytes_transferred": came}} if session else None

    def _state(self, container: Container) -> tuple[str, str]:
        if container.became:
            return "PUBLISHED", "Published: Media has been successfully published."
        if self._world.is_expired(container):
            return "EXPIRED", "Expired: Media was not published within 24 hours."
        if container.looks or container.bytes_due:
            return "IN_PROGRESS", "In Progress: Media is still being processed."
        if container.trouble:
            told = f"Error: Media upload has failed with error code {container.trouble}"
            return "ERROR", str(container.trouble) if self._world.manners.bare_status else told
        return "FINISHED", "Finished: Media has been uploaded and it is ready to be published."

    def _settle(self, container: Container) -> None:
        """Takes over what arrived at the upload server."""
        session = self._uploads.sessions.get(container.id)
        if not container.bytes_due or session is None or not session.is_whole:
            return
        self._fill(container, bytes(session.content), 0)
        container.bytes_due = False

    def _fill(self, container: Container, content: bytes, moment: int) -> None:
        container.files = (File(content=content, content_type="video/mp4"),)
        container.looks = self._world.manners.works
        container.trouble = container.trouble or files.trouble(content, container.kind, moment)

    async def _make(self, call: Call) -> Json:
        owner = owner_of(self._world, call)
        call.need(publishes(call))
        container = self._plain(call, owner)
        answer: dict[str, Json] = {"id": container.id}
        if container.kind == "CAROUSEL":
            self._gather(call, container)
        elif call.params.get("upload_type") == "resumable":
            uri = self._by_bytes(call, container)
            answer |= {"uri": uri} if self._world.manners.names_uri else {}
        elif "video_url" in call.params:
            content = await files.fetched(call.params["video_url"])
            self._fill(container, content, int(call.params.get("thumb_offset") or 0))
        elif container.kind in {"VIDEO", "REELS"}:
            call.given("video_url")
        else:
            url, framed = call.given("image_url"), container.kind != "STORIES"
            container.files = (await files.picture(url, call.params.get("alt_text", ""), framed=framed),)
        if "cover_url" in call.params:
            container.cover = (await files.picture(call.params["cover_url"], "", framed=False)).content
        self._world.containers[container.id] = container
        return answer

    def _plain(self, call: Call, owner: Profile) -> Container:
        """What can be told without the files. Raises what is refused of it."""
        kind, child = call.params.get("media_type", ""), call.is_on("is_carousel_item")
        if (
            kind not in KINDS
            or (child and kind not in {"", "IMAGE", "VIDEO"})
            or (kind == "VIDEO" and not child)
        ):
            raise refusal(100, f"The media type {kind} is unknown.", subcode=2207023)
        partners = tuple(str(each) for each in _listed(call, "collaborators"))
        if len(partners) > PARTNERS or (partners and (child or kind == "STORIES")):
            raise refusal(100, "(#100) Param collaborators is not valid here")
        if len(call.params.get("alt_text", "")) > ALT:
            raise refusal(100, "(#100) Param alt_text must be at most 1000 characters")
        caption = "" if child or kind == "STORIES" else call.params.get("caption", "")
        _check_caption(caption)
        return Container(
            id=self._world.id(),
            owner=owner,
            kind=kind,
            made_at=self._world.now(),
            caption=" ".join(caption.split()) if self._world.manners.trims else caption,
            partners=partners,
            in_feed=call.is_on("share_to_feed", default=True),
            is_child=child,
            trouble=self._world.manners.trouble,
        )

    def _by_bytes(self, call: Call, container: Container) -> str:
        manners = self._world.manners
        allowed = manners.own_bytes if call.holder.kind == "INSTAGRAM" else manners.bytes
        if not allowed:
            raise refusal(100, "The parameter video_url is required")
        container.bytes_due = True
        return self._uploads.open("ig-api-upload", container.id, call.holder)

    def _gather(self, call: Call, container: Container) -> None:
        children = [self._world.containers.get(str(each)) for each in _listed(call, "children")]
        if not 2 <= len(children) <= 10:
            raise refusal(100, "A carousel needs 2 to 10 children.", subcode=2207028)
        for child in children:
            if child is None or child.owner.id != container.owner.id or not child.is_child:
                raise refusal(24, "The requested resource does not exist", subcode=2207006)
            if self._world.is_expired(child):
                raise refusal(-2, "The media has expired.", subcode=2207020)
            container.files = (*container.files, *child.files)
            container.trouble = container.trouble or child.trouble

    async def _publish(self, call: Call) -> Json:
        owner = owner_of(self._world, call)
        call.need(publishes(call))
        container = self._world.containers.get(call.given("creation_id"))
        if container is None or container.owner.id != owner.id or container.is_child or container.became:
            raise refusal(24, "The media builder with this creation id does not exist.", subcode=2207008)
        code, _ = self._state(container)
        if code == "EXPIRED":
            raise refusal(-2, "The media has expired.", subcode=2207020)
        if code != "FINISHED":
            raise refusal(9007, "Media ID is not available", subcode=2207027)
        if self._world.usage(owner) >= self._world.manners.quota:
            message = "Application request limit reached"
            raise refusal(9, message, subcode=2207042, user="You reached maximum number of posts.")
        return {"id": self._show(container).id}

    def _show(self, container: Container) -> Post:
        kind = {"REELS": "REELS", "STORIES": "STORY"}.get(container.kind, "FEED")
        post = Post(
            id=self._world.id(),
            owner=container.owner,
            kind=kind,
            at=self._world.now(),
            text=container.caption,
            files=container.files,
            cover=container.cover,
            partners=container.partners,
            in_feed=container.in_feed,
        )
        container.became = post.id
        self._world.posts[post.id] = post
        return post

    async def _limit(self, call: Call) -> Json:
        owner = owner_of(self._world, call)
        if not self._world.manners.tells_quota:
            raise unsupported(owner.id)
        config: Json = {"quota_total": self._world.manners.quota, "quota_duration": 86400}
        return {"data": [{"quota_usage": self._world.usage(owner), "config": config}]}


def _listed(call: Call, name: str) -> list[Json]:
    """A list comes as JSON, or with commas."""
    told = call.params.get(name, "")
    if not told.startswith("["):
        return [each for each in told.split(",") if each]
    parsed = json.loads(told)
    return parsed if isinstance(parsed, list) else []


def _check_caption(text: str) -> None:
    hashtags, mentions = re.findall(r"(?<![\w&])#\w", text), re.findall(r"(?<![\w@])@\w", text)
    if len(text) > TEXT or len(hashtags) > HASHTAGS or len(mentions) > MENTIONS:
        raise refusal(
            110,
            "The caption is too long.",
            subcode=2207010,
            user="The caption is limited to 2200 characters, 20 mentions, and 30 hashtags.",
        )
