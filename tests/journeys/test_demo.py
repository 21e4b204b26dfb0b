"""The shop that `make run` shows: a newcomer sees it work at every network."""

from django.utils import timezone

from hawker.config import demo
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
    ended = {State.published, State.failed}
    worker.until(lambda: set(Delivery.objects.values_list("state", flat=True)) <= ended)
    failed = Delivery.objects.filter(state=State.failed)
    assert list(failed.values_list("channel__platform", "error")) == []
    assert set(Delivery.objects.values_list("channel__platform", flat=True)) == set(every_network.networks)
