"""How late posts go out: from their time to the call to the network. Sums for the whole installation."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from hawker.core.publishing.models import Lateness

# Upper bounds in seconds; what is later than the last has a bucket of its own.
BOUNDS = (0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200)


@dataclass(frozen=True, kw_only=True)
class Tally:
    posts: int = 0
    seconds: float = 0


@dataclass(frozen=True)
class Bucket:
    platform: str
    number: int


def bucket(platform: str, seconds: float) -> Bucket:
    return Bucket(platform, bisect_left(BOUNDS, seconds))


@transaction.atomic
def add(tallies: Mapping[Bucket, Tally]) -> None:
    """In one order everywhere, so that no two workers wait for each other."""
    order = sorted(tallies, key=lambda each: (each.platform, each.number))
    Lateness.objects.bulk_create(
        [Lateness(platform=each.platform, bucket=each.number) for each in order], ignore_conflicts=True
    )
    for each in order:
        tally = tallies[each]
        row = Lateness.objects.filter(platform=each.platform, bucket=each.number)
        row.update(posts=F("posts") + tally.posts, seconds=F("seconds") + tally.seconds)


def known() -> dict[Bucket, Tally]:
    rows = Lateness.objects.order_by("platform", "bucket")
    return {Bucket(row.platform, row.bucket): Tally(posts=row.posts, seconds=row.seconds) for row in rows}
