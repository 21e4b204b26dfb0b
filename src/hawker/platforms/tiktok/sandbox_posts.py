"""The pretend TikTok's Content Posting API: creator info, how posts begin, and what became of them."""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from functools import partial

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler
from hawker.connect.pretend_fetch import fetch
from hawker.platforms.tiktok import sandbox_checks as checks
from hawker.platforms.tiktok.sandbox_call import Refusal, answer, body_of, caller, part, refused
from hawker.platforms.tiktok.sandbox_world import Person, Post, World

PHOTOS = "/v2/post/publish/content/init/"
STARTS = {"video": "v_pub_file", "inbox": "v_inbox_file", "photo": "p_pub_url"}
MOST = 35


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/v2/post/publish/creator_info/query/", self.answered(self._creator)),
            web.post("/v2/post/publish/video/init/", self.answered(partial(self._video, direct=True))),
            web.post("/v2/post/publish/inbox/video/init/", self.answered(partial(self._video, direct=False))),
            web.post(PHOTOS, self.answered(self._photos)),
            web.post("/v2/post/publish/status/fetch/", self.answered(self._status)),
            web.post("/v2/video/list/", self.answered(self._list)),
        ]

    def answered(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Refusal as refusal:
                return refused(refusal.code, refusal.message, flat=self._world.manners.flat)

        return handle

    def _poster(self, request: web.Request, scope: str = "video.publish") -> Person:
        """Who may post now."""
        person = caller(self._world, request, scope)
        if self._world.manners.refuses:
            raise Refusal(self._world.manners.refuses)
        if self._world.is_spent(person, "posts"):
            raise Refusal("spam_risk_too_many_posts")
        return person

    async def _creator(self, request: web.Request) -> web.Response:
        person, manners = self._poster(request), self._world.manners
        return answer(
            {
                "creator_avatar_url": f"{self._world.site}/avatar/{person.handle}",
                "creator_username": person.handle,
                "creator_nickname": person.handle,
                "privacy_level_options": [*checks.levels(self._world)],
                "comment_disabled": manners.no_comments,
                "duet_disabled": manners.no_duet,
                "stitch_disabled": manners.no_stitch,
                "max_video_post_duration_sec": manners.longest,
            }
        )

    async def _video(self, request: web.Request, *, direct: bool) -> web.Response:
        person = self._poster(request, "video.publish" if direct else "video.upload")
        body = await body_of(request)
        info, source = part(body, "post_info") if direct else {}, part(body, "source_info")
        if direct:
            checks.text(info, "title", 2_200)
            checks.audience(self._world, info)
        if source.get("source") != "FILE_UPLOAD":
            raise Refusal("invalid_params", "The source must be FILE_UPLOAD.")
        size, chunk, count = checks.chunks(source)
        post = self._begin(person, "video" if direct else "inbox", info, direct=direct)
        post.size, post.chunk, post.count = size, chunk, count
        address = f"{self._world.address}/video/?upload_id={post.publish_id[-12:]}&upload_token=t{id(post)}"
        return answer({"publish_id": post.publish_id, "upload_url": address})

    async def _photos(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        direct = body.get("post_mode") == "DIRECT_POST"
        person = self._poster(request, "video.publish" if direct else "video.upload")
        info, source = part(body, "post_info"), part(body, "source_info")
        addresses = source.get("photo_images")
        known = body.get("post_mode") in {"DIRECT_POST", "MEDIA_UPLOAD"} and body.get("media_type") == "PHOTO"
        if not known or not isinstance(addresses, list) or not 0 < len(addresses) <= MOST:
            raise Refusal("invalid_params", f"The photo_images must be 1 to {MOST} addresses.")
        checks.text(info, "title", 90)
        checks.text(info, "description", 4_000)
        if direct:
            checks.audience(self._world, info)
        if not self._world.manners.verified:
            raise Refusal("url_ownership_unverified")
        post = self._begin(person, "photo", info, direct=direct)
        await self._pull(post, [str(address) for address in addresses])
        return answer({"publish_id": post.publish_id})

    def _begin(self, person: Person, start: str, info: Mapping[str, Json], *, direct: bool) -> Post:
        if self._world.is_spent(person, "beginnings"):
            raise Refusal("rate_limit_exceeded")
        number = self._world.number()
        post = Post(
            publish_id=f"{STARTS[start]}~v2-1.{number:012}",
            person=person,
            kind="photo" if start == "photo" else "video",
            direct=direct,
            at=self._world.now(),
            info=dict(info),
        )
        self._world.posts[post.publish_id] = post
        return post

    async def _pull(self, post: Post, addresses: Sequence[str]) -> None:
        post.status = "PROCESSING_DOWNLOAD"
        contents = [await fetch(address, agent="TikTok Media Fetcher") for address in addresses]
        post.downloaded = sum(len(content or b"") for content in contents)
        troubles = [checks.trouble_of_photo(content) for content in contents]
        trouble = self._world.manners.fails or next((each for each in troubles if each), "")
        if trouble:
            self._world.fail(post, trouble)
            return
        post.files = tuple(checks.file_of(content) for content in contents if content)
        self._world.finish(post)

    async def _status(self, request: web.Request) -> web.Response:
        grant = self._world.keys.of(request)
        scopes = grant.scopes if grant else frozenset[str]()
        person = caller(self._world, request, "video.upload" if "video.upload" in scopes else "video.publish")
        post = self._world.posts.get(str((await body_of(request)).get("publish_id")))
        if post is None or post.person != person or self._world.manners.forgets:
            raise Refusal("invalid_publish_id")
        return answer(self._told(post))

    def _told(self, post: Post) -> dict[str, Json]:
        manners = self._world.manners
        counts: dict[str, Json] = {"uploaded_bytes": len(post.content)} if manners.counts else {}
        if post.kind == "photo":
            counts = {"downloaded_bytes": post.downloaded}
        if post.is_out:
            post.looks += 1
            if post.looks <= manners.works:
                going = "PROCESSING_DOWNLOAD" if post.kind == "photo" else "PROCESSING_UPLOAD"
                return {"status": going, **counts}
        shown: list[Json] = (
            [int(post.id)] if post.id and post.looks > manners.works + manners.moderates else []
        )
        reason: dict[str, Json] = {"fail_reason": post.reason} if post.reason else {}
        return {"status": post.status, **reason, "publicaly_available_post_id": shown, **counts}

    async def _list(self, request: web.Request) -> web.Response:
        """Of public posts, newest first; `cursor` is the time before which they were made."""
        person, body = caller(self._world, request, "video.list"), await body_of(request)
        fields = request.query.get("fields", "").split(",")
        count, cursor = body.get("max_count", 10), body.get("cursor")
        if not isinstance(count, int) or not 0 < count <= 20 or fields == [""]:
            raise Refusal("invalid_params", "The max_count or the fields are invalid.")
        posts = [post for post in self._world.posts_of(person)[::-1] if post.id and self._is_listed(post)]
        earlier = [post for post in posts if not isinstance(cursor, int) or _milliseconds(post) < cursor]
        page = earlier[:count]
        last = _milliseconds(page[-1]) if page else 0
        videos: list[Json] = [
            {name: value for name, value in self._shown(post).items() if name in fields} for post in page
        ]
        listed = answer({"videos": videos, "cursor": last, "has_more": len(earlier) > count})
        listed.headers["Date"] = format_datetime(self._world.now(), usegmt=True)
        return listed

    def _is_listed(self, post: Post) -> bool:
        return post.kind == "video" or self._world.manners.lists_photos

    def _shown(self, post: Post) -> dict[str, Json]:
        kind = "photo" if post.kind == "photo" else "video"
        return {
            "id": post.id,
            "create_time": int(post.at.timestamp()),
            "share_url": f"{self._world.site}/@{post.person.handle}/{kind}/{post.id}",
            "title": str(post.info.get("title", ""))[:150],
            "video_description": post.text[:150],
            "duration": 0 if kind == "photo" else 4,
        }


def _milliseconds(post: Post) -> int:
    return int(post.at.timestamp() * 1000)
