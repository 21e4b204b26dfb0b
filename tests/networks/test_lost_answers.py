"""Calls that were lost between Hawker and real servers: one post each, however it was lost."""

import pytest

from tests.networks.hawker import Hawker, wait
from tests.networks.line import Fault
from tests.networks.place import Place, Resident

pytestmark = pytest.mark.networks

TEXT = "端午節公休一天，初六照常營業。 #公休"


def connect(hawker: Hawker, place: Place) -> tuple[Resident, str]:
    resident = place.open()
    return resident, hawker.connect(place.platform, resident.way, resident.fields)


@pytest.mark.parametrize("fault", [Fault.answer_lost, Fault.request_lost])
def test_whatever_was_lost_the_post_is_there_once(hawker: Hawker, place: Place, fault: Fault) -> None:
    resident, channel = connect(hawker, place)
    place.line.fail(place.send, fault)
    published = hawker.until("published", hawker.write(channel, text=TEXT))
    (seen,) = resident.posts()
    assert (seen.text, place.line.lost, place.line.count(place.send)) == (TEXT, [place.send], 1)
    assert [each["remote_id"] for each in published["deliveries"]] == [seen.id]


def test_a_comment_whose_answer_was_lost_is_there_once(hawker: Hawker, place: Place) -> None:
    resident, channel = connect(hawker, place)
    place.line.fail(place.send, Fault.answer_lost, after=1)
    hawker.until("published", hawker.write(channel, text=TEXT, first_comment="營業到八點。"))
    first, comment = resident.posts()
    assert (first.reply_to, comment.reply_to) == ("", first.id)
    assert (place.line.lost, place.line.count(place.send)) == ([place.send], 2)


def test_an_older_post_with_the_same_words_is_not_taken_for_it(hawker: Hawker, place: Place) -> None:
    resident, channel = connect(hawker, place)
    posts = [hawker.until("published", hawker.write(channel, text=TEXT))]
    place.line.fail(place.send, Fault.request_lost)
    posts.append(hawker.until("published", hawker.write(channel, text=TEXT)))
    ids = [post["deliveries"][0]["remote_id"] for post in posts]
    assert [seen.id for seen in resident.posts()] == ids


def test_a_power_cut_while_all_servers_answer_doubles_nothing(
    hawker: Hawker, everywhere: list[Place]
) -> None:
    connected = [connect(hawker, place) for place in everywhere]
    for place in everywhere:
        place.line.fail(place.send, Fault.answer_late)
    post = hawker.write(*(channel for _, channel in connected), text=TEXT)
    wait(lambda: all(place.line.lost for place in everywhere))
    hawker.die()
    hawker.start()
    hawker.until("published", post)
    assert [[seen.text for seen in resident.posts()] for resident, _ in connected] == [[TEXT]] * 3
    assert [place.line.count(place.send) for place in everywhere] == [1, 1, 1]
