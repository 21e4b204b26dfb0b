"""Two workers at once: each notice and each mail comes from one of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.notices import letters, telling
from hawker.core.notices.models import Copy, Letter, Notice
from hawker.core.notices.rules import Kind
from tests.cast import Somebody
from tests.notices.scene import stand, write

T = TypeVar("T")
POSTS = 30


@pytest.fixture
def _two(transactional_db: None) -> Iterator[None]:
    """Both workers must see what the other has committed."""
    yield
    connections.close_all()


def both(work: Callable[[], T]) -> list[T]:
    """Two threads do the same at the same moment."""
    start = Barrier(2)

    def done() -> T:
        start.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        return [each.result() for each in [threads.submit(done) for _ in range(2)]]


def test_two_workers_tell_of_everything_once(_two: None, alice: Somebody, one: list[Channel]) -> None:
    for number in range(POSTS):
        stand(write(alice, one, f"post {number}"), Kind.late)
    told = both(lambda: telling.tell(timezone.now()))
    assert sum(told) + telling.tell(timezone.now()) == POSTS
    assert [model.objects.count() for model in (Notice, Copy, Letter)] == [POSTS] * 3


def test_two_workers_send_one_letter(_two: None, alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.late)
    telling.tell(timezone.now())
    later = timezone.now() + timedelta(minutes=2)
    (to,) = letters.due(later, limit=1)
    parcels = both(lambda: letters.intend(to, later))
    assert len([parcel for parcel in parcels if parcel is not None]) == 1
