"""What a post is at Bluesky: the record in the repository, read with the official client."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from PIL import Image

from tests.networks.bluesky import Bluesky, BlueskyResident
from tests.networks.hawker import Hawker

pytestmark = pytest.mark.networks

MENU = """<!doctype html><meta charset="utf-8"><title>新茶菜單</title>
<meta property="og:description" content="十二種烏龍。"><meta property="og:image" content="/tea.png">"""


def publish(hawker: Hawker, place: Bluesky, **wish: Any) -> tuple[BlueskyResident, Any]:
    """The account and its one post."""
    resident = place.open()
    channel = hawker.connect(place.platform, resident.way, resident.fields)
    options = wish.pop("options", {})
    hawker.until("published", hawker.write({"id": channel, "options": options}, **wish))
    (record,) = resident.records()
    return resident, record


def marked(record: Any) -> list[tuple[str, str]]:
    """What each facet covers, cut out of the text by its bytes, and what stands behind it."""
    data = record.text.encode()
    return [
        (data[facet.index.byte_start : facet.index.byte_end].decode(), target(facet.features[0]))
        for facet in record.facets
    ]


def target(feature: Any) -> str:
    known = (getattr(feature, name, "") for name in ("uri", "did", "tag"))
    return next(value for value in known if value)


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (120, 63), (120, 160, 90)).save(out, "PNG")
    return out.getvalue()


def test_links_tags_and_mentions_lie_at_their_bytes(hawker: Hawker, on_pds: Bluesky) -> None:
    friend = on_pds.open()
    text = f"🍵 早安👨‍👩‍👧 @{friend.name}，菜單在 https://127.0.0.1:9/新茶?a=1。 #烏龍茶 @nobody.test"
    _, record = publish(hawker, on_pds, text=text)
    assert record.text == text
    assert marked(record) == [
        (f"@{friend.name}", friend.did),
        ("https://127.0.0.1:9/新茶?a=1", "https://127.0.0.1:9/新茶?a=1"),
        ("#烏龍茶", "烏龍茶"),
    ]
    assert record.langs == ["zh-Hant"]


def test_a_picture_comes_with_its_text_and_shape(hawker: Hawker, on_pds: Bluesky) -> None:
    media = [{"id": hawker.add_picture(png()), "alt": "一片綠色"}]
    resident, record = publish(hawker, on_pds, text="今天的顏色", media=media)
    (image,) = record.embed.images
    assert (image.alt, image.aspect_ratio.width, image.aspect_ratio.height) == ("一片綠色", 120, 63)
    blob = resident.blob(image.image.cid.encode())
    assert len(blob) == image.image.size
    opened = Image.open(BytesIO(blob))
    assert (opened.size, Image.MIME[str(opened.format)]) == ((120, 63), image.image.mime_type)
    assert opened.getpixel((5, 5)) == (120, 160, 90)


def test_a_link_without_a_picture_gets_a_card(hawker: Hawker, on_pds: Bluesky) -> None:
    with shop_page() as address:
        resident, record = publish(hawker, on_pds, text=f"菜單：{address}/menu")
    card = record.embed.external
    assert (card.uri, card.title, card.description) == (f"{address}/menu", "新茶菜單", "十二種烏龍。")
    assert Image.open(BytesIO(resident.blob(card.thumb.cid.encode()))).size == (120, 63)


def test_a_comment_names_the_version_that_it_answers(hawker: Hawker, on_pds: Bluesky) -> None:
    resident = on_pds.open()
    channel = hawker.connect(on_pds.platform, resident.way, resident.fields)
    hawker.until("published", hawker.write(channel, text="新茶", first_comment="營業到八點。"))
    found = resident.client.com.atproto.repo.list_records(
        {"repo": resident.did, "collection": "app.bsky.feed.post", "reverse": True}
    )
    first, comment = found.records
    reply = comment.value.reply
    assert [(each.uri, each.cid) for each in (reply.root, reply.parent)] == [(first.uri, first.cid)] * 2


def test_a_post_for_those_who_are_signed_in_says_so(hawker: Hawker, on_pds: Bluesky) -> None:
    _, record = publish(hawker, on_pds, text="給熟客。", options={"audience": "signed_in"})
    assert [label.val for label in record.labels.values] == ["!no-unauthenticated"]


@contextmanager
def shop_page() -> Iterator[str]:
    """The shop's own website, with one page and one picture."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = ("image/png", png()) if self.path == "/tea.png" else ("text/html", MENU.encode())
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Not among the tests' words."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
