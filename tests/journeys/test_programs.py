"""From a program's request to the network and back."""

from collections.abc import Callable

from hawker.api.tests.program import Program, key_of
from hawker.core.channels.models import Channel
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.cast import Somebody
from tests.journeys.conftest import Worker


def all_are(state: State) -> Callable[[], bool]:
    return lambda: set(Delivery.objects.values_list("state", flat=True)) == {state}


def test_a_post_is_published_and_taken_down(
    worker: Worker, alice: Somebody, erasable: list[Channel], sandbox: Sandbox
) -> None:
    program = Program(key_of(alice))
    made = program.post("/posts", {"text": "tea", "channels": [str(each.id) for each in erasable]}).body
    worker.start()
    worker.until(all_are(State.published))
    post = program.get(f"/posts/{made['id']}").body
    assert post["state"] == "published"
    for delivery in post["deliveries"]:
        assert delivery["url"].startswith(sandbox.address)
        assert delivery["remote_id"]
        assert delivery["published_at"] >= delivery["due_at"]
        taken = program.post(f"/deliveries/{delivery['id']}/take-down")
        assert (taken.status, taken.body["state"]) == (200, "removed")
    there = {each.platform: sandbox.networks[each.platform].pretend.published("teashop") for each in erasable}
    assert set(there.values()) == {()}
    assert program.get(f"/posts/{made['id']}").body["state"] == "removed"


def test_a_network_that_does_not_answer_leaves_the_post_where_it_is(
    worker: Worker, alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    program = Program(key_of(alice))
    made = program.post("/posts", {"text": "tea", "channels": [str(each.id) for each in shop]}).body
    worker.start()
    worker.until(all_are(State.published))
    worker.stop()
    for delivery in made["deliveries"]:
        sandbox.networks[delivery["platform"]].faults.add(
            Fault(kind=Kind.error_before, call="any", status=503)
        )
        refused = program.post(f"/deliveries/{delivery['id']}/take-down")
        assert (refused.status, refused.code) == (502, "network")
        assert refused.sentence
    assert program.get(f"/posts/{made['id']}").body["state"] == "published"
