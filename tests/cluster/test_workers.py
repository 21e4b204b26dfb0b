"""Workers that share the work, and workers that vanish."""

import signal
from dataclasses import replace
from pathlib import Path

from hawker.sandbox.app import Sandbox
from hawker.worker.duties import PARTS
from tests.cluster.house import House, blind, gets_plans, is_ready, published_at, slow, stop, until

ACCOUNTS = 6


def shares(house: House) -> list[int]:
    return sorted(house.duties().values())


def evenly(house: House, workers: int) -> bool:
    """All parts and jobs are in hand, none of the workers with much more than another."""
    found = shares(house)
    return len(found) == workers and sum(found) >= PARTS and found[-1] <= sum(found) / workers + workers


def one_has_all(house: House) -> bool:
    found = shares(house)
    return len(found) == 1 and found[0] > PARTS


def test_all_start_at_once_on_an_empty_database(house: House) -> None:
    begun = [house.begin("worker"), house.begin("web", "--port", "0"), house.begin("worker")]
    begun.append(house.begin("web", "--port", "0"))
    for process in begun:
        is_ready(process)
    until(lambda: evenly(house, 2))
    assert [stop(process) for process in begun] == [0, 0, 0, 0]
    assert house.duties() == {}
    assert house.rows("SELECT count(*) FROM publishing_heartbeat") == [(0,)]


def test_two_workers_share_the_duties_and_publish_each_post_once(house: House, sandbox: Sandbox) -> None:
    house.start("worker")
    house.open_shop(sandbox, ACCOUNTS)
    until(lambda: evenly(house, 1))
    house.start("worker")
    until(lambda: evenly(house, 2))
    slow(sandbox, 0.2)
    house.inside("plan", "5", "3", "tea")
    until(house.all_published)
    found = published_at(sandbox, ACCOUNTS)
    commented = list(filter(gets_plans, sandbox.networks))
    assert len(found) == 2 * 5 * ACCOUNTS * len(commented)
    assert set(found.values()) == {1}


def test_what_a_killed_worker_had_in_hand_is_settled_within_a_minute(house: House, sandbox: Sandbox) -> None:
    workers = [house.start("worker"), house.start("worker")]
    house.open_shop(sandbox, ACCOUNTS)
    until(lambda: evenly(house, 2))
    slow(sandbox, 0.5)
    house.inside("plan", "5", "0", "tea")
    until(lambda: house.states().get("published", 0) > 5)
    workers[0].send_signal(signal.SIGKILL)
    assert not house.settled()
    assert until(house.settled) < 60
    assert set(published_at(sandbox, ACCOUNTS).values()) == {1}
    assert set(house.asked()) <= blind(sandbox)
    until(lambda: evenly(house, 1))


def test_a_frozen_worker_gives_up_what_another_has_taken_meanwhile(house: House) -> None:
    workers = [house.start("worker"), house.start("worker")]
    until(lambda: evenly(house, 2))
    workers[0].send_signal(signal.SIGSTOP)
    until(lambda: one_has_all(house))
    workers[0].send_signal(signal.SIGCONT)
    until(lambda: evenly(house, 2))


def test_a_worker_that_stops_ends_what_it_sends_and_hands_on_the_rest(house: House, sandbox: Sandbox) -> None:
    workers = [house.start("worker"), house.start("worker")]
    house.open_shop(sandbox, ACCOUNTS)
    until(lambda: evenly(house, 2))
    slow(sandbox, 0.5)
    house.inside("plan", "5", "0", "tea")
    until(lambda: house.states().get("sending", 0) > 0)
    assert stop(workers[0]) == 0
    assert until(lambda: evenly(house, 1)) < 10
    # Of a send that was cut off nobody could know what came of it, where nobody can look.
    until(house.all_published)
    assert set(published_at(sandbox, ACCOUNTS).values()) == {1}


def test_a_machine_with_other_keys_does_not_start(house: House, tmp_path: Path) -> None:
    stop(house.start("worker"))
    stranger = replace(
        house, environment=house.environment | {"HAWKER_DATA": str(tmp_path / "other")}, started=[]
    )
    refused = stranger.begin("web", "--port", "0")
    assert refused.wait(timeout=60) == 1
    assert "Copy the file from the machine that was set up first" in stranger.log(refused)
    stranger.environment["HAWKER_NEW_KEYS"] = "1"
    stop(stranger.start("worker"))
    stranger.end()
