"""The shop that `make run` shows: a newcomer sees it work at every network."""

from django.utils import timezone

from hawker.config import demo
from hawker.connect.registry import platforms
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.journeys.conftest import Worker


def test_all_that_the_shop_has_planned_goes_out_at_every_network(
    worker: Worker, every_network: Sandbox
) -> None:
    demo.fill(every_network)
    now = timezone.now()
    Delivery.objects.filter(follows=None).update(due_at=now, look_at=now)
    worker.start()
    # Where its owner posts herself, the first comment waits for her as well.
    ended, along = (
        {State.published, State.failed, State.handed},
        Delivery.objects.exclude(follows__state=State.handed),
    )
    worker.until(lambda: set(along.values_list("state", flat=True)) <= ended)
    by_hand = {name for name, each in platforms().items() if each.by_hand}
    handed = Delivery.objects.filter(state=State.handed)
    assert set(handed.values_list("channel__platform", flat=True)) == by_hand
    failed = Delivery.objects.filter(state=State.failed)
    assert list(failed.values_list("channel__platform", "error")) == []
    assert set(Delivery.objects.values_list("channel__platform", flat=True)) == set(every_network.networks)
