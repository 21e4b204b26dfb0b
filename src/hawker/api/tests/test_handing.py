"""Over the API a program says that its owner has posted what was handed to her."""

import pytest

from hawker.api.tests.program import Program, key_of
from hawker.core.people.rules import Role
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody
from tests.handing.conftest import diary, handed, post
from tests.handing.scene import URL

__all__ = ["diary", "handed", "post"]


def path(row: Delivery) -> str:
    return f"/deliveries/{row.id}/done"


def test_what_waits_for_its_owner_is_handed_and_done_once(program: Program, handed: Delivery) -> None:
    told = program.get(f"/posts/{handed.post_id}").body
    assert (told["state"], told["deliveries"][0]["state"]) == ("handed", "handed")
    assert [each["id"] for each in program.get("/posts?state=attention").body["posts"]] == [told["id"]]
    done = program.post(path(handed), {"url": URL}).body
    assert (done["state"], done["url"], done["published_at"] is not None) == ("published", URL, True)
    again = program.post(path(handed), {"url": URL})
    assert (again.status, again.code) == (409, "conflict")


def test_the_link_may_be_left_out(program: Program, handed: Delivery) -> None:
    assert program.post(path(handed), {}).body["state"] == "published"


@pytest.mark.parametrize("url", ["tea", "javascript:alert(1)"])
def test_what_is_no_link_is_refused_at_its_field(program: Program, handed: Delivery, url: str) -> None:
    answer = program.post(path(handed), {"url": url})
    assert (answer.status, answer.fields) == (422, ["url"])
    assert Delivery.objects.get(id=handed.id).state == State.handed


def test_who_only_reads_says_nothing(alice: Somebody, handed: Delivery) -> None:
    reader = Program(key_of(alice, Role.analyst))
    answer = reader.post(path(handed), {"url": URL})
    assert (answer.status, answer.code) == (403, "not_allowed")
