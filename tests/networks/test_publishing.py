"""A post on its way to real servers, through the REST API of a real Hawker."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from tests.networks.hawker import Hawker
from tests.networks.place import Place

pytestmark = pytest.mark.networks

TEXT = "🍵 今年的高山烏龍到了，喉韻很長。 https://tea.example.com/新茶?year=2026 #烏龍茶 Fresh oolong!"
HOURS = "營業時間：每天 10:00–20:00。"
ALT = "一杯金黃色的烏龍茶"


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((640, 400)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_a_post_goes_out_on_time_once_with_picture_and_comment(hawker: Hawker, place: Place) -> None:
    resident = place.open()
    channel = hawker.connect(place.platform, resident.way, resident.fields)
    media = [{"id": hawker.add_picture(picture()), "alt": ALT}]
    post = hawker.write(channel, text=TEXT, wait=3, media=media, first_comment=HOURS)
    assert resident.posts() == []
    published = hawker.until("published", post)
    first, comment = resident.posts()
    assert (first.text, first.alts, comment.text) == (TEXT, (ALT,), HOURS)
    assert comment.reply_to == first.id
    told = [(each["remote_id"], each["url"]) for each in published["deliveries"]]
    assert told == [(first.id, first.url), (comment.id, comment.url)]
    assert Image.open(BytesIO(first.pictures[0])).size == (640, 400)
    on_time = datetime.fromisoformat(post["at"])
    assert datetime.fromisoformat(published["deliveries"][0]["published_at"]) >= on_time
