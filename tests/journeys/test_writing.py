"""From an empty business to a scheduled post, by the pages alone."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.media.models import MediaFile
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody, visitor, writing_networks
from tests.pictures import jpeg


@pytest.mark.parametrize("name", writing_networks())
def test_connect_write_with_a_picture_schedule_and_see_it_in_the_list(
    alice: Somebody, sandbox: Sandbox, name: str
) -> None:
    client = visitor(alice)
    way, fields = sandbox.networks[name].pretend.account("teashop")
    client.post(f"/channels/add/{name}/{way}", fields)
    channel = Channel.objects.get()

    client.post("/media/", {"files": [SimpleUploadedFile("tea.jpg", jpeg())]})
    picture = MediaFile.objects.get()
    sent = {
        "text": "Oolong is back",
        "language": "en",
        "media": [str(picture.id)],
        f"alt-{picture.id}": "A cup of oolong",
        "channels": [str(channel.id)],
        "first_comment": "Open till eight",
        "when": "later",
        "at": "2031-03-04T09:30",
    }
    if not platforms()[name].comments:
        del sent["first_comment"]
    checked = client.post("/posts/check", sent).content.decode()
    assert "Oolong is back" in checked
    page = client.post("/posts/new", sent, follow=True).content.decode()
    assert "Tue 4 Mar 2031, 09:30" in page
    assert "Oolong is back" in client.get("/posts/?shelf=scheduled").content.decode()

    post = Post.objects.get()
    assert [(row.media_id, row.alt) for row in post.attachments.all()] == [(picture.id, "A cup of oolong")]
    rows = [(row.part, row.state, row.due_at) for row in Delivery.objects.order_by("part")]
    due_at = datetime(2031, 3, 4, 1, 30, tzinfo=UTC)
    parts = (0, 1) if platforms()[name].comments else (0,)
    assert rows == [(part, State.scheduled, due_at) for part in parts]
