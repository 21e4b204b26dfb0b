"""The pretend YouTube's resources, part by part, as the discovery document (revision 20261104) has them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from hawker.connect.http import Json
from hawker.platforms.youtube.sandbox_world import Channel, Comment, Playlist, Video, World

PARTS = {
    "video": ("snippet", "status", "statistics", "contentDetails", "processingDetails", "fileDetails"),
    "channel": ("snippet", "status", "statistics", "contentDetails"),
    "playlist": ("snippet", "status", "contentDetails"),
    "playlistItem": ("snippet", "status", "contentDetails"),
    "commentThread": ("snippet", "replies"),
}


def time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def etag(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:27]


def resource(kind: str, key: str, parts: Mapping[str, Json], wanted: Iterable[str]) -> dict[str, Json]:
    shown = {name: part for name, part in parts.items() if name in set(wanted)}
    return {"kind": f"youtube#{kind}", "etag": etag([key, shown]), "id": key, **shown}


def listed(
    kind: str, items: list[dict[str, Json]], *, total: int, each: int, further: str = ""
) -> dict[str, Json]:
    page: dict[str, Json] = {
        "kind": f"youtube#{kind}ListResponse",
        "etag": etag(items),
        "pageInfo": {"totalResults": total, "resultsPerPage": each},
        "items": [*items],
    }
    return {**page, "nextPageToken": further} if further else page


def thumbnails(world: World, video: Video) -> dict[str, Json]:
    sizes = {"default": (120, 90), "medium": (320, 180), "high": (480, 360)}
    url = f"{world.site}/thumbnail/{video.id}"
    return {name: {"url": url, "width": width, "height": height} for name, (width, height) in sizes.items()}


def video(world: World, found: Video, wanted: Iterable[str]) -> dict[str, Json]:
    snippet: dict[str, Json] = {
        "publishedAt": time(found.created_at),
        "channelId": found.channel.id,
        "channelTitle": found.channel.handle,
        "liveBroadcastContent": "none",
        "thumbnails": thumbnails(world, found),
        "categoryId": "22",
        "localized": {"title": found.text("title"), "description": found.text("description")},
        **found.snippet,
    }
    status = {**found.status, "privacyStatus": found.privacy(world.now()), "madeForKids": False}
    if "selfDeclaredMadeForKids" in found.status:
        status["madeForKids"] = found.status["selfDeclaredMadeForKids"]
    parts: dict[str, Json] = {
        "snippet": snippet,
        "status": status,
        "statistics": {
            "viewCount": str(world.visits.of(found.id)),
            "likeCount": "0",
            "favoriteCount": "0",
            "commentCount": str(len(world.under(found.id))),
        },
        "contentDetails": {
            "duration": f"PT{int(found.film.seconds)}S",
            "dimension": "2d",
            "definition": "hd",
            "caption": "false",
            "licensedContent": False,
            "projection": "rectangular",
        },
        "processingDetails": _processing(found),
        "fileDetails": {"fileName": "unknown", "fileType": "video", "fileSize": str(len(found.content))},
    }
    return resource("video", found.id, parts, wanted)


def _processing(found: Video) -> dict[str, Json]:
    stage = found.status["uploadStatus"]
    known = {"processed": "succeeded", "failed": "failed", "rejected": "terminated"}
    shown: dict[str, Json] = {"processingStatus": known.get(str(stage), "processing")}
    if stage == "uploaded":
        shown["processingProgress"] = {"partsTotal": "10", "partsProcessed": "4", "timeLeftMs": "1000"}
    return {**shown, "fileDetailsAvailability": "available"}


def channel(world: World, found: Channel, wanted: Iterable[str]) -> dict[str, Json]:
    status: dict[str, Json] = {"privacyStatus": "public", "isLinked": True, "madeForKids": False}
    if world.manners.tells:
        status["longUploadsStatus"] = "allowed" if world.manners.verified else "eligible"
    lists: dict[str, Json] = {"likes": "", "uploads": found.uploads}
    counts: dict[str, Json] = {"viewCount": "0", "subscriberCount": "12", "hiddenSubscriberCount": False}
    parts: dict[str, Json] = {
        "snippet": {
            "title": found.handle,
            "description": "",
            "customUrl": f"@{found.handle}",
            "publishedAt": "2020-01-01T00:00:00Z",
            "thumbnails": {},
        },
        "status": status,
        "statistics": {**counts, "videoCount": str(len(world.on(found)))},
        "contentDetails": {"relatedPlaylists": lists},
    }
    return resource("channel", found.id, parts, wanted)


def playlist(found: Playlist, wanted: Iterable[str]) -> dict[str, Json]:
    parts: dict[str, Json] = {
        "snippet": {
            "title": found.title,
            "description": "",
            "channelId": found.channel.id,
            "channelTitle": found.channel.handle,
            "publishedAt": "2020-01-01T00:00:00Z",
        },
        "status": {"privacyStatus": found.privacy},
        "contentDetails": {"itemCount": len(found.items)},
    }
    return resource("playlist", found.id, parts, wanted)


def entry(key: str, playlist_id: str, found: Video, place: int, wanted: Iterable[str]) -> dict[str, Json]:
    parts: dict[str, Json] = {
        "snippet": {
            "publishedAt": time(found.created_at),
            "channelId": found.channel.id,
            "title": found.text("title"),
            "description": found.text("description"),
            "playlistId": playlist_id,
            "position": place,
            "resourceId": {"kind": "youtube#video", "videoId": found.id},
        },
        "status": {"privacyStatus": str(found.status["privacyStatus"])},
        "contentDetails": {"videoId": found.id, "videoPublishedAt": time(found.created_at)},
    }
    return resource("playlistItem", key, parts, wanted)


def thread(world: World, found: Comment, wanted: Iterable[str]) -> dict[str, Json]:
    name = f"@{found.channel.handle}"
    said: dict[str, Json] = {
        "channelId": world.videos[found.video].channel.id,
        "videoId": found.video,
        "textDisplay": found.text,
        "textOriginal": found.text,
        "authorDisplayName": name,
        "authorChannelUrl": f"{world.site}/{name}",
        "authorChannelId": {"value": found.channel.id},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": time(found.created_at),
        "updatedAt": time(found.created_at),
    }
    parts: dict[str, Json] = {
        "snippet": {
            "channelId": world.videos[found.video].channel.id,
            "videoId": found.video,
            "topLevelComment": resource("comment", found.id, {"snippet": said}, ["snippet"]),
            "canReply": True,
            "totalReplyCount": 0,
            "isPublic": True,
        }
    }
    return resource("commentThread", found.id, parts, wanted)
