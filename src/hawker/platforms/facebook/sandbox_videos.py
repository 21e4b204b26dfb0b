"""Videos, reels and stories of the pretend Facebook: uploaded in chunks or sessions, then made public."""

from collections.abc import Sequence
from datetime import timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_fields import Edge, listing
from hawker.connect.pretend_graph_media import UploadRoom, fetch, kind_of, seconds_of
from hawker.platforms.facebook import sandbox_nodes as nodes
from hawker.platforms.facebook.account import LIMITS
from hawker.platforms.facebook.kinds import REEL_SECONDS, STORY_SECONDS
from hawker.platforms.facebook.sandbox_posts import READ, WRITE, own_page
from hawker.platforms.facebook.sandbox_world import Medium, Page, Post, World

VIDEOS = ("video/mp4", "video/quicktime")
REELS, A_DAY = 30, timedelta(days=1)


class VideoRoom:
    def __init__(self, world: World, uploads: UploadRoom) -> None:
        self._world = world
        self._uploads = uploads

    def routes(self) -> Sequence[Route]:
        return (
            Route(method="POST", path="/{id}/videos", answers=self._film),
            Route(method="POST", path="/{id}/video_reels", answers=self._reel),
            Route(method="POST", path="/{id}/video_stories", answers=self._video_story),
            Route(method="POST", path="/{id}/photo_stories", answers=self._photo_story),
            Route(method="POST", path="/{id}/thumbnails", answers=self._thumbnail),
            Route(method="GET", path="/{id}/videos", answers=self._films),
            Route(method="GET", path="/{id}/video_reels", answers=self._reels),
            Route(method="GET", path="/{id}/stories", answers=self._stories),
        )

    async def _film(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        phase = call.params.get("upload_phase", "").lower()
        if phase == "start":
            return self._start(page, call.given("file_size"))
        if phase == "transfer":
            return self._transfer(call, page)
        if phase == "finish":
            return self._finish(call, page)
        return await self._at_once(call, page)

    def _start(self, page: Page, size: str) -> Json:
        film = self._new(page, "video")
        film.session, film.total = self._world.id(), int(size)
        end = min(film.total, self._world.manners.chunk)
        offsets: dict[str, Json] = {"start_offset": "0", "end_offset": str(end)}
        return {"upload_session_id": film.session, "video_id": film.id, **offsets}

    def _transfer(self, call: Call, page: Page) -> Json:
        film = self._of_session(call, page)
        start, chunk = call.given("start_offset"), call.files.get("video_file_chunk")
        if chunk is None or not start.isdecimal() or int(start) != len(film.content):
            raise refusal(6001, "There was a problem uploading your video file.", subcode=1363037)
        film.content += chunk.content
        here = len(film.content)
        end = min(film.total, here + self._world.manners.chunk)
        return {"start_offset": str(here), "end_offset": str(end)}

    def _finish(self, call: Call, page: Page) -> Json:
        film = self._of_session(call, page)
        if not film.is_whole:
            raise refusal(6000, "There was a problem uploading your video file.", subcode=1363030)
        if film.told:
            raise refusal(6000, "This upload session has been finished.", subcode=1363045)
        self._publish(call, film)
        return {"success": True}

    async def _at_once(self, call: Call, page: Page) -> Json:
        """Without phases: a file, or the address of one."""
        film, source = self._new(page, "video"), next(iter(call.files.values()), None)
        content = await fetch(call.params["file_url"]) if "file_url" in call.params else None
        film.content = source.content if source else content or b""
        film.total = len(film.content)
        if not film.is_whole:
            raise refusal(389, "(#389) Unable to fetch video file from URL.", subcode=2069019)
        self._publish(call, film)
        return {"id": film.id}

    def _publish(self, call: Call, film: Medium) -> None:
        self._check(film)
        cover = call.files.get("thumb")
        film.cover = cover.content if cover else film.cover
        self._show(call, film)

    def _check(self, film: Medium) -> None:
        film.content_type = kind_of(film.content)
        if film.content_type not in VIDEOS:
            raise refusal(
                352, "The video file you selected is in a format that we don't support.", subcode=1363024
            )

    def _show(self, call: Call, film: Medium, *, number: str = "") -> Post:
        if len(call.params.get("description", "")) > LIMITS.text:
            raise refusal(100, "(#100) Param description is too long")
        film.told, film.looks = True, self._world.manners.works
        film.title, film.ai = call.params.get("title", ""), call.is_on("is_ai_generated")
        return self._world.add(
            Post(
                id=number or film.id,
                page=film.page,
                kind=film.kind,
                created_at=self._world.now(),
                text=call.params.get("description", "") if film.kind != "story" else "",
                media=(film,),
            )
        )

    async def _reel(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        if call.params.get("upload_phase") == "start":
            return self._session(call, page, "reel")
        if call.params.get("upload_phase") != "finish":
            raise refusal(100, "(#100) Param upload_phase must be one of {FINISH, START}")
        film = self._uploaded(call, page, "reel")
        since = self._world.now() - A_DAY
        if sum(post.created_at > since for post in self._world.posts_of(page, "reel")) >= REELS:
            raise refusal(613, "(#613) Calls to this api have exceeded the rate limit.")
        if call.params.get("video_state") != "PUBLISHED":
            raise refusal(100, "(#100) Param video_state must be one of {DRAFT, PUBLISHED, SCHEDULED}")
        self._show(call, film)
        told: dict[str, Json] = {"post_id": f"{page.id}_{film.id}"} if self._world.manners.tells_post else {}
        return {"success": True, **told}

    async def _video_story(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        if call.params.get("upload_phase") == "START":
            return self._session(call, page, "story")
        if call.params.get("upload_phase") != "FINISH":
            raise refusal(100, "(#100) Param upload_phase must be one of {FINISH, START}")
        return self._in_story(call, self._uploaded(call, page, "story"))

    async def _photo_story(self, call: Call) -> Json:
        page = own_page(self._world, call, WRITE)
        photo = self._world.media.get(call.given("photo_id"))
        if photo is None or photo.page.id != page.id or photo.kind != "photo":
            raise refusal(100, "(#100) Param photo_id must be a valid photo ID")
        if photo.told:
            raise refusal(100, "Invalid parameter", subcode=1366051, user="These photos were already posted.")
        return self._in_story(call, photo)

    def _in_story(self, call: Call, medium: Medium) -> Json:
        medium.in_story = True
        photo = medium.kind == "photo"
        number = self._world.id()
        post = self._show(call, medium, number=number)
        post.kind = "story" if photo else post.kind
        return {"success": True, "post_id": number}

    def _session(self, call: Call, page: Page, kind: str) -> Json:
        film = self._new(page, kind)
        address = self._uploads.open("video-upload", film.id, call.holder)
        film.looks = self._world.manners.works
        return {"video_id": film.id, "upload_url": address}

    def _uploaded(self, call: Call, page: Page, kind: str) -> Medium:
        film = self._world.media.get(call.given("video_id"))
        if film is None or film.page.id != page.id or film.kind != kind:
            raise unsupported(call.params["video_id"])
        if not film.is_whole:
            raise refusal(100, "(#100) The video has not been uploaded yet", subcode=1363030)
        if film.told:
            raise refusal(100, "Invalid parameter", subcode=1363045, user="This video was published already.")
        self._check(film)
        if film.trouble:
            raise refusal(100, "Invalid parameter", subcode=1363041, user=film.trouble)
        return film

    def arrived(self, number: str, content: bytes, total: int) -> None:
        """What the upload server has of a video by now."""
        film = self._world.media[number]
        film.content, film.total = content, total
        shortest, longest = REEL_SECONDS if film.kind == "reel" else (0, STORY_SECONDS)
        if film.is_whole and not shortest <= seconds_of(content) <= longest:
            film.trouble = f"The video must last {shortest} to {longest} seconds."

    async def _thumbnail(self, call: Call) -> Json:
        film, source = self._world.media.get(call.part("id")), call.files.get("source")
        if film is None or film.page.id != call.holder.who or source is None:
            raise unsupported(call.part("id"))
        if not kind_of(source.content).startswith("image/"):
            raise refusal(100, "Invalid parameter", subcode=1366046)
        film.cover = source.content
        return {"success": True}

    async def _films(self, call: Call) -> Json:
        return self._listed(call, "video")

    async def _reels(self, call: Call) -> Json:
        return self._listed(call, "reel")

    def _listed(self, call: Call, kind: str) -> Json:
        page = own_page(self._world, call, READ)
        shown = self._world.posts_of(page, kind)[::-1]
        return listing(call, Edge(nodes=[nodes.video(self._world, each.media[0]) for each in shown]))

    async def _stories(self, call: Call) -> Json:
        page = own_page(self._world, call, READ)
        shown = self._world.posts_of(page, "story")[::-1]
        return listing(call, Edge(nodes=[nodes.story(self._world, each) for each in shown]))

    def _new(self, page: Page, kind: str) -> Medium:
        film = Medium(id=self._world.id(), page=page, kind=kind)
        self._world.media[film.id] = film
        return film

    def _of_session(self, call: Call, page: Page) -> Medium:
        session = call.given("upload_session_id")
        found = [each for each in self._world.media.values() if each.session == session]
        if not found or found[0].page.id != page.id:
            raise refusal(100, "(#100) Invalid upload_session_id", subcode=1363030)
        return found[0]
