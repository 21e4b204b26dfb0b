"""From a key to a published post, typed into a terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from hawker.cli.chinese import SENTENCES
from hawker.connect.budgets import WAIT
from hawker.connect.registry import platforms
from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.models import Channel, ChannelBudget
from hawker.core.channels.rules import State as ChannelState
from hawker.core.notices import telling
from hawker.core.people import actions as people
from hawker.core.people.rules import Role
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody, too_long
from tests.handing import scene as by_hand
from tests.journeys.conftest import Worker
from tests.pictures import jpeg

AT = "2030-01-01T09:00"


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """A shell on Alice's laptop; its clock stands in Taipei."""

    def __init__(self, home: Path, **variables: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        self._variables = {**kept, "HOME": str(home), "TZ": "Asia/Taipei", "LANG": "C.UTF-8", **variables}

    def run(self, *words: str, piped: str = "", variables: Mapping[str, str] | None = None) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "hawker.cli", *words],
            env={**self._variables, **(variables or {})},
            input=piped,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def json(self, *words: str, piped: str = "") -> Any:
        ended = self.run(*words, "--json", piped=piped)
        assert (ended.code, ended.error) == (0, "")
        return ended.json


@pytest.fixture
def terminal(live_server: LiveServer, alice: Somebody, tmp_path: Path) -> Terminal:
    cache.clear()
    key = people.make_key(alice.actor, "laptop", Role.owner)
    return Terminal(tmp_path, HAWKER_URL=live_server.url, HAWKER_KEY=key)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / '茶 "1".jpg'
    file.write_bytes(jpeg())
    return file


def options(sandbox: Sandbox, name: str) -> tuple[str, dict[str, str]]:
    way, fields = sandbox.networks[name].pretend.account("teashop")
    return way, dict(fields)


def words_of(fields: Mapping[str, str]) -> list[str]:
    """Keys are drawn by lot, and some begin with a dash."""
    return [f"--{name}={value}" for name, value in fields.items()]


def connect(terminal: Terminal, sandbox: Sandbox, names: Iterable[str] | None = None) -> list[str]:
    return [
        terminal.json("channel", "add", name, *words_of(options(sandbox, name)[1]))["id"]
        for name in names or sandbox.networks
    ]


def to(ids: list[str]) -> list[str]:
    return [word for each in ids for word in ("--channel", each)]


def test_a_post_goes_from_the_terminal_to_the_networks_and_is_stopped(
    terminal: Terminal, sandbox: Sandbox, picture: Path
) -> None:
    ids = connect(
        terminal,
        sandbox,
        [name for name in sandbox.networks if platforms()[name].comments],
    )
    pictures = ["--media", str(picture), "--alt", "一杯茶", "--media", str(picture)]
    said = ["--text", "開店了", "--first-comment", "到八點", "--language", "zh-Hant", "--at", AT]
    made = terminal.json("post", "create", *to(ids), *said, *pictures)
    assert [each["alt"] for each in made["media"]] == ["一杯茶", ""]
    assert (made["state"], made["at"], made["language"]) == ("scheduled", "2030-01-01T01:00:00Z", "zh-Hant")
    shown = terminal.run("post", "show", made["id"])
    assert shown.code == 0
    assert {"開店了", "2030-01-01 09:00 +0800", "comment"} <= {
        part.strip() for line in shown.out.splitlines() for part in line.split("  ")
    }
    assert terminal.run("post", "cancel", made["id"], "--json").json["state"] == "cancelled"
    again = terminal.run("post", "cancel", made["id"])
    assert (again.code, again.out) == (1, "")
    assert "too late" in again.error


def test_a_post_without_a_time_is_published(
    terminal: Terminal, worker: Worker, sandbox: Sandbox, picture: Path
) -> None:
    ids = connect(terminal, sandbox)
    made = terminal.json("post", "create", *to(ids), "--text", "tea", "--media", str(picture), "--alt", "cup")
    worker.start()
    worker.until(lambda: set(Delivery.objects.values_list("state", flat=True)) == {State.published})
    shown = terminal.json("post", "show", made["id"])
    assert shown["state"] == "published"
    for name, network in sandbox.networks.items():
        (seen,) = network.pretend.published("teashop")
        described = platforms()[name].quality["alternative_text"] == "done"
        assert (seen.text, seen.alts) == ("tea", ("cup",) if described else ())


def test_everything_is_put_on_hold_looked_through_and_resumed(terminal: Terminal, sandbox: Sandbox) -> None:
    ids = connect(terminal, sandbox)
    assert "Nothing is on hold." in terminal.run("on-hold").out
    assert terminal.json("hold-all", "--reason", "A recall")["reason"] == "A recall"
    held = terminal.run("on-hold").out
    assert {"everything", "A recall"} <= {part.strip() for part in held.replace("\n", "  ").split("  ")}
    nothing = "Nothing has piled up. What is scheduled goes out at its time."
    assert nothing in terminal.run("resume-all", "--look").out
    post = terminal.json("post", "create", *to(ids), "--text", "Oolong")["id"]
    assert terminal.run("post", "show", post).out.count("on hold") == len(ids)
    looked = terminal.run("resume-all", "--look")
    assert looked.out.count("Oolong") == len(ids)
    assert terminal.run("resume-all").out.count("Oolong") == len(ids)
    again = terminal.run("resume-all")
    assert (again.code, again.out) == (1, "")
    assert "This is not on hold." in again.error


def test_one_channel_is_put_on_hold_and_resumed(terminal: Terminal, sandbox: Sandbox) -> None:
    first, *_ = connect(terminal, sandbox)
    assert terminal.json("hold-all", "--channel", first)["channel"] == first
    assert terminal.run("resume-all").code == 1
    assert terminal.json("resume-all", "--channel", first) == {"releases": []}


def test_channels_are_listed_checked_and_removed(terminal: Terminal, sandbox: Sandbox) -> None:
    empty = terminal.run("channel", "list")
    assert (empty.code, "channel add" in empty.out) == (0, True)
    ids = connect(terminal, sandbox)
    assert [each["id"] for each in terminal.json("channel", "list")["channels"]] == ids
    assert terminal.json("channel", "check", ids[0])["state"] == "connected"
    assert terminal.run("channel", "remove", ids[0]).out == "Removed.\n"
    gone = terminal.run("channel", "check", ids[0])
    assert (gone.code, gone.out) == (1, "")
    rest = terminal.run("channel", "list").out
    assert [each in rest for each in ids] == [False, *[True] * (len(ids) - 1)]


@pytest.mark.parametrize("name", [name for name, each in platforms().items() if not each.by_hand])
def test_a_secret_that_is_left_out_is_read_from_what_is_piped_in(
    terminal: Terminal, every_network: Sandbox, name: str
) -> None:
    way, fields = options(every_network, name)
    chosen = next(each for each in platforms()[name].signs_in.ways if each.name == way)
    secrets = [each.name for each in chosen.fields if each.kind == "password" and each.name in fields]
    told = {each: value for each, value in fields.items() if each not in secrets}
    piped = "".join(f"{fields[each]}\n" for each in secrets)
    added = terminal.json("channel", "add", name, "--way", way, *words_of(told), piped=piped)
    assert secrets
    assert added["state"] == "connected"
    refused = terminal.run("channel", "add", name, "--way", way, *words_of(told))
    assert (refused.code, refused.out) == (1, "")
    assert (
        next(each.name for each in chosen.fields if each.name in secrets and each.required) in refused.error
    )


@pytest.mark.parametrize("name", list(platforms()))
def test_an_option_that_no_network_asks_for_is_answered_with_those_that_it_does(
    terminal: Terminal, name: str
) -> None:
    refused = terminal.run("channel", "add", name, "--tea", "oolong")
    assert (refused.code, refused.out) == (1, "")
    asked = [each.name for way in platforms()[name].signs_in.ways for each in way.fields if not way.redirects]
    assert all(f"--{each} …" in refused.error for each in asked)


def test_words_without_a_name_and_networks_without_a_folder_are_refused(terminal: Terminal) -> None:
    name = next(iter(platforms()))
    assert terminal.run("channel", "add", name, "oolong").code == 2
    assert terminal.run("channel", "add", name, "--tea").code == 2
    unknown = terminal.run("channel", "add", "teahouse", "--tea=oolong")
    assert (unknown.code, unknown.out) == (1, "")
    assert all(each in unknown.error for each in platforms())


def test_networks_are_told_with_their_options(terminal: Terminal) -> None:
    told = terminal.json("platforms")["platforms"]
    assert [each["name"] for each in told] == list(platforms())
    plain = terminal.run("platforms").out
    assert all(each.title in plain for each in platforms().values())


def test_a_draft_is_scheduled_held_resumed_and_deleted(terminal: Terminal, shop: list[Channel]) -> None:
    made = terminal.json("post", "create", "--draft", *to([str(shop[0].id)]), "--text", "tea")
    assert made["state"] == "draft"
    steps = [
        terminal.json("post", *step)["state"]
        for step in (
            ("schedule", made["id"], "--at", AT),
            ("hold", made["id"]),
            ("resume", made["id"]),
            ("cancel", made["id"]),
        )
    ]
    assert steps == ["scheduled", "held", "scheduled", "cancelled"]
    assert terminal.run("post", "delete", made["id"]).out == "Deleted.\n"
    assert terminal.run("post", "show", made["id"]).code == 1


def test_a_list_is_narrowed_and_cut(terminal: Terminal) -> None:
    assert "post create" in terminal.run("post", "list").out
    ids = [terminal.json("post", "create", "--draft", "--text", f"tea {n}")["id"] for n in range(3)]
    listed = terminal.json("post", "list", "--limit", "2")
    assert [each["id"] for each in listed["posts"]] == ids[:0:-1]
    assert terminal.json("post", "list", "--state", "scheduled")["posts"] == []
    plain = terminal.run("post", "list", "--state", "drafts").out
    assert all(each in plain for each in ids)
    assert terminal.run("post", "list", "--state", "lost").code == 1


def test_what_failed_is_sent_again(terminal: Terminal, shop: list[Channel]) -> None:
    made = terminal.json("post", "create", *to([str(each.id) for each in shop]), "--text", "tea", "--at", AT)
    nothing = terminal.run("post", "retry", made["id"])
    assert (nothing.code, nothing.out) == (1, "")
    terminal.json("post", "cancel", made["id"])
    first = Delivery.objects.filter(post_id=made["id"]).order_by("id")[:1]
    Delivery.objects.filter(id__in=list(first.values_list("id", flat=True))).update(state=State.failed)
    states = [each["state"] for each in terminal.json("post", "retry", made["id"])["deliveries"]]
    assert sorted(states) == sorted([*["cancelled"] * (len(shop) - 1), "scheduled"])


def test_what_its_owner_has_posted_herself_is_said_to_be_done(
    terminal: Terminal, alice: Somebody, every_network: Sandbox
) -> None:
    post = by_hand.write(alice, by_hand.connect(alice, every_network))
    early = terminal.run("post", "done", str(post.id))
    assert (early.code, early.out) == (1, "")
    by_hand.hand_over()
    assert terminal.json("post", "show", str(post.id))["state"] == "handed"
    refused = terminal.run("post", "done", str(post.id), "--link", "tea")
    assert (refused.code, "https://" in refused.error) == (1, True)
    (done,) = terminal.json("post", "done", str(post.id), "--link", by_hand.URL)["deliveries"]
    assert (done["state"], done["url"]) == ("published", by_hand.URL)


def test_one_link_is_not_said_of_several_channels(
    terminal: Terminal, alice: Somebody, every_network: Sandbox
) -> None:
    channel = by_hand.connect(alice, every_network)
    post = by_hand.write(alice, channel)
    by_hand.hand_over()
    row = by_hand.leader(post)
    other = by_hand.connect(alice, every_network, "teahouse")
    row.id, row.key, row.channel = row_id(), row_id(), other
    row.save(force_insert=True)
    refused = terminal.run("post", "done", str(post.id), "--link", by_hand.URL)
    assert (refused.code, refused.out) == (1, "")
    both = terminal.json("post", "done", str(post.id))["deliveries"]
    assert [each["state"] for each in both] == ["published", "published"]


def test_a_post_that_a_network_refuses_ends_with_one_and_every_reason(
    terminal: Terminal, shop: list[Channel]
) -> None:
    ids = [str(each.id) for each in shop]
    refused = terminal.run("post", "create", *to(ids), "--text", too_long(shop))
    assert (refused.code, refused.out) == (1, "")
    assert all(f"text {each}: " in refused.error for each in ids)


def test_more_texts_than_pictures_are_a_slip_of_the_tongue(terminal: Terminal) -> None:
    assert terminal.run("post", "create", "--draft", "--text", "tea", "--alt", "cup").code == 2


def test_the_machine_that_runs_hawker_needs_no_key(
    live_server: LiveServer, alice: Somebody, settings: Settings, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    for folder in ("run", "keys"):
        (data / folder).mkdir(parents=True)
    (data / "run/up.json").write_text(json.dumps({"url": live_server.url, "pid": os.getpid()}))
    (data / "keys/keys.json").write_text(json.dumps({"machine": settings.MACHINE_KEY}))
    terminal = Terminal(tmp_path, HAWKER_DATA=str(data))
    assert terminal.json("post", "create", "--draft", "--text", "tea")["state"] == "draft"


def test_the_terminal_speaks_chinese_where_its_owner_does(terminal: Terminal) -> None:
    terminal.json("post", "create", "--draft", "--text", "茶")
    listed = terminal.run("post", "list", variables={"LANG": "zh_TW.UTF-8"}).out
    assert {"狀態", "草稿"} <= set(listed.split())


def test_every_state_has_its_chinese() -> None:
    sums = {"draft", "publishing", "partly_published"}
    assert {*State, *ChannelState, *sums} - SENTENCES.keys() == set()


def test_what_a_network_still_takes_of_a_channel_is_told(terminal: Terminal, sandbox: Sandbox) -> None:
    ids = connect(terminal, sandbox)
    channel = Channel.objects.filter(id__in=ids).first()
    assert channel is not None
    resets_at = timezone.now() + timedelta(minutes=5)
    ChannelBudget.objects.create(
        workspace_id=channel.workspace_id,
        holder=channel.id,
        name=WAIT.name,
        left=3,
        limit=8,
        resets_at=resets_at,
        learnt_at=timezone.now(),
    )
    told = {each["id"]: each["budgets"] for each in terminal.json("channel", "list")["channels"]}
    (budget,) = told.pop(str(channel.id))
    assert (budget["left"], budget["limit"], budget["scope"]) == (3, 8, "channel")
    assert not any(told.values())
    assert "3 of 8 calls in a short time until" in terminal.run("channel", "list").out


def test_what_needs_somebody_is_told_in_the_terminal_until_it_is_read(
    terminal: Terminal, shop: list[Channel]
) -> None:
    mark_signed_out(shop[0].id)
    telling.tell(timezone.now())
    (notice,) = terminal.json("notices")["notices"]
    told = terminal.run("notices").out
    assert notice["headline"] in told
    assert notice["advice"] in told
    assert terminal.run("notices", "--read", notice["id"]).out == "Nothing needs you.\n"
    assert notice["id"] in terminal.run("notices", "--all").out


def test_a_thread_is_written_and_its_parts_are_named(terminal: Terminal, shop: list[Channel]) -> None:
    threaded = [str(each.id) for each in shop if platforms()[each.platform].threads]
    said = ["--text", "one", "--thread", "two", "--thread", "three", "--at", AT]
    made = terminal.json("post", "create", *to(threaded), *said)
    assert [each["text"] for each in made["thread"]] == ["two", "three"]
    shown = terminal.run("post", "show", made["id"]).out
    parts = [line.split("  ") for line in shown.splitlines()[-3 * len(threaded) :]]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in parts]
    assert [line[2] for line in cells] == ["post", "2", "3"] * len(threaded)


def test_weekly_times_are_set_and_posts_take_them(terminal: Terminal, shop: list[Channel]) -> None:
    channel = str(shop[0].id)
    assert "monday@09:00" in terminal.run("queue", "set", channel, "Monday@09:00", "friday@18:30").out
    queued = terminal.json("post", "create", "--queue", "--channel", channel, "--text", "tea")
    draft = terminal.json("post", "create", "--draft", "--channel", channel, "--text", "cake")
    later = terminal.json("queue", "add", draft["id"])
    shown = terminal.json("queue", "show")["queues"]
    taken = {queued["at"], later["at"]}
    assert len(taken) == 2
    assert not taken & {at for queue in shown for at in queue["free"]}
    wrong = terminal.run("queue", "set", channel, "someday")
    assert (wrong.code, wrong.out) == (1, "")
    assert terminal.json("queue", "set", channel)["slots"] == []


def test_a_post_comes_back_until_it_is_ended(terminal: Terminal, shop: list[Channel]) -> None:
    assert "Nothing comes back yet" in terminal.run("repeat", "list").out
    rule = ["--kind", "weekly", "--on", "monday", "--on", "friday", "--time", "09:00"]
    made = terminal.json("repeat", "create", *rule, "--channel", str(shop[0].id), "--text", "Market day")
    assert len(made["posts"]) == 4
    assert "weekly monday friday 09:00" in terminal.run("repeat", "list").out
    shown = terminal.run("repeat", "show", made["id"]).out
    assert all(each["post"] in shown for each in made["posts"])
    assert terminal.json("repeat", "pause", made["id"])["posts"] == []
    assert terminal.json("repeat", "resume", made["id"])["state"] == "active"
    assert terminal.run("repeat", "end", made["id"]).out == "Ended.\n"
    assert terminal.run("repeat", "show", made["id"]).code == 1
