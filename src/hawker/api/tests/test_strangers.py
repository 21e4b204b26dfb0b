"""Every route of the API's own document, walked as a stranger and without a key."""

import json
import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.utils import timezone

from hawker.api.rest.api import api
from hawker.api.tests.program import Program, picture
from hawker.connect.registry import platforms
from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.models import AppKeys, Channel
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.notices import telling
from hawker.core.notices.models import Copy, Notice
from hawker.core.people.models import Workspace
from hawker.core.planning.models import Recurrence
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery, Pause
from tests.audience.conftest import channel, herald, keys, pretend, regulars

# One network more, which delivers to people.
__all__ = ["channel", "herald", "keys", "pretend", "regulars"]

BODIES: dict[tuple[str, str], object] = {
    ("post", "/api/v1/deliveries/{delivery_id}/settle"): {"there": True},
    ("post", "/api/v1/deliveries/{delivery_id}/done"): {"url": "https://network.example/1"},
    ("post", "/api/v1/posts"): {"text": "tea"},
    ("put", "/api/v1/channels/{channel_id}/slots"): {"slots": []},
    ("post", "/api/v1/recurrences"): {"text": "tea", "kind": "daily", "time": "09:00"},
    ("post", "/api/v1/channels"): {"platform": "nowhere", "fields": {}},
    ("post", "/api/v1/posts/{post_id}/messages/{channel_id}/settle"): {"there": True},
    ("post", "/api/v1/contacts"): {"platform": "nowhere", "address": "886912345678"},
    ("post", "/api/v1/contacts/import"): {"platform": "nowhere", "text": "886912345678"},
    ("patch", "/api/v1/contacts/{contact_id}"): {"name": "Mine"},
    ("post", "/api/v1/contacts/{contact_id}/consent"): {"given": True, "source": "paper", "words": "Yes."},
    ("post", "/api/v1/lists"): {"name": "Friends"},
    ("patch", "/api/v1/lists/{list_id}"): {"name": "Mine"},
    ("put", "/api/v1/apps/{platform}"): {"keys": {"client_id": "mine"}},
}
ROUTES = [(method, path) for path, methods in api.get_openapi_schema()["paths"].items() for method in methods]
OF_ONE = [route for route in ROUTES if "{" in route[1]]


@dataclass(frozen=True)
class Owned:
    """What Alice has, by the names that paths use."""

    post_id: UUID
    channel_id: UUID
    delivery_id: UUID
    media_id: UUID
    recurrence_id: UUID
    pause_id: UUID
    notice_id: UUID
    contact_id: UUID
    list_id: UUID
    platform: str


@pytest.fixture
def owned(program: Program, shop: list[Channel], regulars: ContactList) -> Owned:
    media_id = program.upload("tea.jpg", picture()).body["id"]
    wish = {"text": "Oolong", "channels": [str(shop[0].id)], "media": [media_id], "at": "2030-01-01T09:00"}
    post = program.post("/posts", wish).body
    rule = {"text": "Oolong", "channels": [str(shop[0].id)], "kind": "daily", "time": "09:00"}
    recurrence = program.post("/recurrences", {**rule, "start": "2031-01-01"}).body
    pause = program.post("/pauses", {"channel": str(shop[0].id)}).body
    mark_signed_out(shop[1].id)
    telling.tell(timezone.now())
    return Owned(
        post_id=UUID(post["id"]),
        channel_id=shop[0].id,
        delivery_id=UUID(post["deliveries"][0]["id"]),
        media_id=UUID(media_id),
        recurrence_id=UUID(recurrence["id"]),
        pause_id=UUID(pause["id"]),
        notice_id=Notice.objects.get().id,
        contact_id=Contact.objects.filter(workspace=regulars.workspace)[0].id,
        list_id=regulars.id,
        platform=next(name for name, each in platforms().items() if each.app),
    )


def call(program: Program, method: str, path: str, owned: Owned | None) -> tuple[int, str]:
    filled = re.sub(r"{(\w+)}", lambda found: str(getattr(owned, found[1], UUID(int=0))), path)
    answer = program.call(method.upper(), filled.removeprefix("/api/v1"), BODIES.get((method, path), {}))
    return answer.status, json.dumps(answer.body)


def everything() -> list[object]:
    models = (AppKeys, Contact, ContactList, Post, Channel, Delivery, Pause, Recurrence, Workspace, Copy)
    return [row for model in models for row in model.objects.order_by("pk").values()]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_comes_in_without_a_key(db: None, method: str, path: str) -> None:
    status, body = call(Program(), method, path, None)
    assert status == 401
    assert json.loads(body)["error"]["code"] == "unauthorised"


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_stranger_sees_and_changes_nothing(owned: Owned, stranger: Program, method: str, path: str) -> None:
    before = everything()
    status, body = call(stranger, method, path, owned)
    assert not any(
        str(each) in body for each in (owned.post_id, owned.channel_id, owned.delivery_id, owned.pause_id)
    )
    assert "Oolong" not in body
    assert [row for row in everything() if row in before] == before
    if "{" in path:
        assert status == (403 if "{platform}" in path else 404)


def test_the_walk_names_every_kind_of_id() -> None:
    named = {name for _, path in OF_ONE for name in re.findall(r"{(\w+)}", path)}
    assert named == {
        "post_id",
        "channel_id",
        "delivery_id",
        "pause_id",
        "notice_id",
        "recurrence_id",
        "contact_id",
        "list_id",
        "platform",
    }


def test_what_the_stranger_asks_for_is_there_for_its_owner(owned: Owned, program: Program) -> None:
    found = [call(program, method, path, owned)[0] for method, path in OF_ONE if method == "get"]
    assert found == [200] * len(found)
    assert len(found) >= 2


@pytest.mark.parametrize("thing", ["channels", "media"])
def test_a_stranger_cannot_use_what_is_not_hers(owned: Owned, stranger: Program, thing: str) -> None:
    ids = {"channels": owned.channel_id, "media": owned.media_id}
    answer = stranger.post("/posts", {"text": "mine", thing: [str(ids[thing])], "draft": True})
    assert (answer.status, answer.fields) == (422, [thing])
    assert stranger.get("/posts").body == {"posts": [], "next": None}
