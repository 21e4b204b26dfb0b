"""What a test asks of an installation that is not its own: run with that one's settings.

`open WORD …` makes a shop with the apps and channels that the words tell; `plan POSTS SECONDS` schedules
posts on all of them that get such; with 0 seconds they go out now.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.people import actions as people
from hawker.core.people.models import Membership
from hawker.core.people.rules import Actor, Role
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions as publishing
from tests.cluster.house import gets_plans
from tests.pictures import jpeg


def open_shop(words: list[str]) -> None:
    """Each word is the keys of an app, or how to sign in to an account, as JSON."""
    person = people.Person(name="Alice", email="a@example.com", password="correct-horse-42", language="en")
    user = people.open_account(person)
    business = people.Business(name="Tea", language="en", time_zone="Asia/Taipei")
    workspace = people.make_business(user, business)
    actor = people.actor_of(user, workspace.id, Role.owner)
    for word in words:
        match json.loads(word):
            case {"app": name, "keys": keys}:
                channels.keep_app(actor, name, keys)
            case {"platform": name, "way": way, "fields": fields}:
                channels.connect(actor, name, way, fields)


def plan(posts: int, seconds: float, name: str) -> None:
    taking = [each for each in Channel.objects.all() if gets_plans(each.platform)]
    wordings = tuple(Wording(channel=channel.id) for channel in taking)
    picture = Picture(media=media.add(_owner(), "tea.jpg", jpeg()).id, alt="tea")
    for number in range(posts):
        writing = Writing(
            text=f"{name} {number}",
            language="en",
            wordings=wordings,
            pictures=(picture,),
            first_comment=f"comment on {name} {number}",
        )
        # Counted anew for each: on a slow machine the first take longer than a second.
        at = timezone.now() + timedelta(seconds=seconds) if seconds else None
        publishing.compose(_owner(), writing, at)


def _owner() -> Actor:
    membership = Membership.objects.select_related("user").get()
    return people.actor_of(membership.user, membership.workspace_id, Role.owner)


if __name__ == "__main__":
    task, *words = sys.argv[1:]
    if task == "open":
        open_shop(words)
    else:
        plan(int(words[0]), float(words[1]), words[2])
