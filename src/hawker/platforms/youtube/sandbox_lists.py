"""The pretend YouTube's channels and playlists."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import refusal
from hawker.platforms.youtube import sandbox_entities as entities
from hawker.platforms.youtube.sandbox_call import ALL, READ, WRITE, caller, page, read_body, wanted
from hawker.platforms.youtube.sandbox_checks import missing, not_found
from hawker.platforms.youtube.sandbox_world import Channel, Playlist, World


class ListRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/youtube/v3/channels", self._channels),
            web.get("/youtube/v3/playlists", self._playlists),
            web.post("/youtube/v3/playlists", self._make),
            web.get("/youtube/v3/playlistItems", self._items),
            web.post("/youtube/v3/playlistItems", self._add),
        ]

    async def _channels(self, request: web.Request) -> web.Response:
        """Without a channel there are no items at all."""
        grant, parts = self._world.door.grant_of(request, ALL, READ, WRITE), wanted(request, "channel")
        if request.query.get("mine") != "true":
            raise missing("mine")
        if grant.handle in self._world.homeless:
            answer = entities.listed("channel", [], total=0, each=5)
            del answer["items"]
            return web.json_response(answer)
        shown = entities.channel(self._world, self._world.channel(grant.handle), parts)
        return web.json_response(entities.listed("channel", [shown], total=1, each=5))

    async def _playlists(self, request: web.Request) -> web.Response:
        channel, parts = caller(self._world, request, ALL, READ, WRITE), wanted(request, "playlist")
        own = [each for each in self._world.playlists.values() if each.channel.id == channel.id]
        return self._page(request, "playlist", [entities.playlist(each, parts) for each in own])

    async def _make(self, request: web.Request) -> web.Response:
        channel, parts = caller(self._world, request, ALL, WRITE), wanted(request, "playlist")
        snippet = (await read_body(request)).get("snippet")
        title = str(snippet.get("title") or "") if isinstance(snippet, dict) else ""
        if not title:
            raise refusal(400, "Playlist title is required.", reason="playlistTitleRequired")
        made = Playlist(id=f"PL{self._world.key(32)}", channel=channel, title=title)
        self._world.playlists[made.id] = made
        return web.json_response(entities.playlist(made, parts))

    async def _items(self, request: web.Request) -> web.Response:
        """Of uploads the newest comes first."""
        channel, parts = caller(self._world, request, ALL, READ, WRITE), wanted(request, "playlistItem")
        key, only = request.query.get("playlistId", ""), request.query.get("videoId", "")
        if key == channel.uploads:
            videos = [] if self._world.manners.lags else self._world.of(channel)[::-1]
            pairs = [(f"{key}.{video.id}", video) for video in videos]
        else:
            items = self._playlist(channel, key).items.items()
            pairs = [
                (item, self._world.videos[video]) for item, video in items if video in self._world.videos
            ]
        shown = [
            entities.entry(item, key, video, place, parts)
            for place, (item, video) in enumerate(pairs)
            if only in {"", video.id}
        ]
        return self._page(request, "playlistItem", shown)

    async def _add(self, request: web.Request) -> web.Response:
        channel, parts = caller(self._world, request, ALL, WRITE), wanted(request, "playlistItem")
        snippet = (await read_body(request)).get("snippet")
        wish = snippet if isinstance(snippet, dict) else {}
        playlist = self._playlist(channel, str(wish.get("playlistId") or ""))
        named = wish.get("resourceId")
        video = self._world.videos.get(str(named.get("videoId") or "") if isinstance(named, dict) else "")
        if video is None:
            raise not_found("videoNotFound", "Video not found.")
        item, place = f"UEw{self._world.key(24)}", len(playlist.items)
        playlist.items[item] = video.id
        return web.json_response(entities.entry(item, playlist.id, video, place, parts))

    def _playlist(self, channel: Channel, key: str) -> Playlist:
        playlist = self._world.playlists.get(key)
        if playlist is None or playlist.channel.id != channel.id:
            raise not_found("playlistNotFound", "The playlist identified with the request cannot be found.")
        return playlist

    @staticmethod
    def _page(request: web.Request, kind: str, items: list[dict[str, Json]]) -> web.Response:
        start, end, further = page(request, items, usual=5, most=50)
        return web.json_response(
            entities.listed(kind, items[start:end], total=len(items), each=end - start, further=further)
        )
