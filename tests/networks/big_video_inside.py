"""What the test of big videos asks of an installation that is not its own: run with that one's settings.

Its argument is a video on the disk, which goes out on the one channel now.
"""

import sys
from pathlib import Path

import django

django.setup()

from django.core.files import File

from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.people import actions as people
from hawker.core.people.models import Membership
from hawker.core.people.rules import Role
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions as publishing
from tools.kinds import VIDEO, answers


def publish(path: Path) -> None:
    membership, channel = Membership.objects.select_related("user").get(), Channel.objects.get()
    actor = people.actor_of(membership.user, membership.workspace_id, Role.owner)
    with path.open("rb") as file:
        row = media.add_file(actor, path.name, File(file))
    options = answers(platforms()[channel.platform], VIDEO)
    assert options is not None
    writing = Writing(
        text="Steam over the baskets",
        language="en",
        pictures=(Picture(media=row.id, alt=""),),
        wordings=(Wording(channel=channel.id, options=options),),
    )
    publishing.compose(actor, writing, None)


if __name__ == "__main__":
    publish(Path(sys.argv[1]))
