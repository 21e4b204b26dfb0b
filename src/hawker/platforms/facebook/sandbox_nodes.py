"""The nodes that the pretend Facebook answers with (Graph API reference v26.0, read 2026-11-22)."""

from hawker.connect.http import Json
from hawker.connect.pretend_graph_fields import Edge, Node, Value, stamp
from hawker.platforms.facebook.sandbox_world import Medium, Page, Person, Post, World

WAITING: Json = {"status": "not_started"}


def person(each: Person) -> Node:
    return Node(kind="User", fields={"id": each.id, "name": each.name}, thin=("name",))


def page(world: World, each: Page, token: str = "") -> Node:
    fields: dict[str, Value] = {
        "id": each.id,
        "name": each.handle,
        "username": each.handle,
        "link": f"{world.site}/{each.handle}",
        "category": "Bakery",
        "tasks": [*each.tasks],
        "followers_count": 0,
        "access_token": token,
        "picture": {"data": {"url": f"{world.site}/media/{each.id}", "is_silhouette": True}},
        "instagram_business_account": None,
    }
    return Node(kind="Page", fields=fields, thin=("name",))


def post(world: World, each: Post) -> Node:
    count: dict[str, Json] = {"total_count": len(world.comments_on(each.id)), "order": "ranked"}
    comments = [comment(world, below) for below in world.comments_on(each.id)]
    fields: dict[str, Value] = {
        "id": each.id,
        "message": each.text,
        "story": None,
        "created_time": stamp(each.created_at),
        "updated_time": stamp(each.created_at),
        "permalink_url": f"{world.site}/{each.id}",
        "status_type": "added_photos" if each.media else "mobile_status_update",
        "is_published": True,
        "is_hidden": False,
        "full_picture": _source(world, each.media[0]) if each.media else None,
        "from": _author(world, each),
        "attachments": _attachments(world, each),
        "shares": None,
        "comments": Edge(nodes=comments, summary=count),
        "reactions": Edge(nodes=(), summary={"total_count": 0, "viewer_reaction": "NONE"}),
    }
    return Node(kind="Post", fields=fields, thin=("message", "created_time"))


def comment(world: World, each: Post) -> Node:
    below = [comment(world, reply) for reply in world.comments_on(each.id)]
    picture: Json = (
        {"type": "photo", "media": {"image": {"src": _source(world, each.media[0])}}} if each.media else None
    )
    fields: dict[str, Value] = {
        "id": each.id,
        "message": each.text,
        "created_time": stamp(each.created_at),
        "from": _author(world, each),
        "parent": None,
        "permalink_url": f"{world.site}/{each.parent}?comment_id={each.id}",
        "like_count": 0,
        "comment_count": len(below),
        "is_hidden": False,
        "can_hide": False,
        "can_remove": True,
        "attachment": picture,
        "comments": Edge(nodes=below, summary={"total_count": len(below)}),
    }
    return Node(kind="Comment", fields=fields, thin=("created_time", "from", "message"))


def photo(world: World, each: Medium) -> Node:
    fields: dict[str, Value] = {
        "id": each.id,
        "alt_text_custom": each.alt,
        "images": [{"source": _source(world, each), "width": 1, "height": 1}],
        "link": f"{world.site}/photo/{each.id}",
        "created_time": stamp(world.now()),
    }
    return Node(kind="Photo", fields=fields, thin=("created_time",))


def video(world: World, each: Medium) -> Node:
    shown = world.posts.get(each.id)
    fields: dict[str, Value] = {
        "id": each.id,
        "title": each.title,
        "description": shown.text if shown else None,
        "status": _status(world, each),
        "published": shown is not None,
        "post_id": f"{each.page.id}_{each.id}" if shown else None,
        "permalink_url": f"/{each.page.id}/videos/{each.id}/",
        "source": _source(world, each),
        "created_time": stamp(world.now()),
        "updated_time": stamp(world.now()),
    }
    return Node(kind="Video", fields=fields, thin=("updated_time", "description"))


def story(world: World, each: Post) -> Node:
    medium = each.media[0]
    fields: dict[str, Value] = {
        "post_id": each.id,
        "status": "PUBLISHED",
        "creation_time": str(int(each.created_at.timestamp())),
        "media_type": "photo" if medium.kind == "photo" else "video",
        "media_id": medium.id,
        "url": f"{world.site}/stories/{each.page.id}/{each.id}",
    }
    thin = ("post_id", "status", "creation_time", "media_type", "media_id", "url")
    return Node(kind="PageStory", fields=fields, thin=thin)


def _source(world: World, medium: Medium) -> str:
    return f"{world.site}/media/{medium.id}"


def _author(world: World, each: Post) -> Json:
    """Privacy may withhold it."""
    return None if world.manners.withholds else {"id": each.page.id, "name": each.page.handle}


def _attachments(world: World, each: Post) -> Value:
    if each.link:
        wrapped = f"https://l.facebook.com/l.php?u={each.link}"
        link: dict[str, Value] = {"media_type": "link", "type": "share", "title": each.link, "url": wrapped}
        return Edge(nodes=[_attachment({**link, "unshimmed_url": each.link})])
    shown = [_picture(world, medium) for medium in each.media]
    if len(shown) < 2:
        return Edge(nodes=shown) if shown else None
    album: dict[str, Value] = {"media_type": "album", "type": "album", "subattachments": Edge(nodes=shown)}
    return Edge(nodes=[_attachment(album)])


def _picture(world: World, medium: Medium) -> Node:
    source = _source(world, medium)
    return _attachment(
        {
            "media_type": "photo",
            "type": "photo",
            "url": f"{world.site}/photo/{medium.id}",
            "media": {"image": {"src": source, "width": 1, "height": 1}},
            "target": {"id": medium.id, "url": f"{world.site}/photo/{medium.id}"},
        }
    )


def _attachment(fields: dict[str, Value]) -> Node:
    """It has no id."""
    known = ("media_type", "type", "url", "unshimmed_url", "title", "media", "target", "subattachments")
    every: dict[str, Value] = {**dict.fromkeys(known), **fields}
    return Node(kind="StoryAttachment", fields=every, thin=("media_type", "type", "url", "media", "target"))


def _status(world: World, each: Medium) -> Json:
    working = each.is_whole and each.looks > 0
    told = "error" if each.trouble else "processing" if working or not each.is_whole else "ready"
    if world.manners.bare:
        return {"video_status": told}
    shown = each.id in world.posts or each.in_story
    errors: Json = [{"code": 1363008, "message": each.trouble}] if each.trouble else []
    process = "error" if each.trouble else "complete" if told == "ready" else "in_progress"
    publishing: Json = {"status": "complete", "publish_status": "published"} if shown else WAITING
    return {
        "video_status": told,
        "uploading_phase": {
            "status": "complete" if each.is_whole else "in_progress",
            "bytes_transferred": len(each.content),
            "source_file_size": each.total,
        },
        "processing_phase": {"status": process, "errors": errors},
        "publishing_phase": publishing,
    }
