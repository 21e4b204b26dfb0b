"""What /metrics tells, and whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from hawker.core.channels.models import Channel, ChannelBudget
from hawker.core.posts.models import Post
from hawker.core.publishing import lateness, ledger
from hawker.core.publishing.lateness import BOUNDS, Tally
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from tests.cast import Somebody

TOKEN = "s3cret"


def told(client: Client) -> dict[tuple[str, tuple[str, ...]], float]:
    """Every sample by its name and the values of its labels, in the order of their names."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.content.decode())
    samples = [sample for family in families for sample in family.samples]
    return {(each.name, tuple(each.labels.values())): each.value for each in samples}


def here() -> Client:
    return Client(SERVER_NAME="localhost")


def far() -> Client:
    return Client(REMOTE_ADDR="192.0.2.7")


def test_a_stranger_learns_not_even_that_there_are_figures(db: None) -> None:
    assert far().get("/metrics").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_what_comes_through_a_proxy_of_this_machine_is_a_stranger(db: None, header: str) -> None:
    assert here().get("/metrics").status_code == 200
    assert here().get("/metrics", headers={header: "192.0.2.7"}).status_code == 404


def test_a_proxy_that_says_nothing_of_itself_lets_no_stranger_in(db: None, settings: Settings) -> None:
    assert Client(SERVER_NAME="tea.example").get("/metrics").status_code == 404
    settings.PUBLIC_URL = "https://tea.example"
    assert here().get("/metrics").status_code == 404


def test_whoever_has_the_token_is_told_from_anywhere(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client = far()
    refused = client.get("/metrics")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.content == b""
    for wrong in ("Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN}é"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_without_a_token_none_opens(db: None) -> None:
    assert far().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_an_empty_installation_has_figures_too(db: None) -> None:
    found = told(here())
    assert found["hawker_queue_due", ()] == found["hawker_queue_oldest_seconds", ()] == 0
    assert found["hawker_deliveries", ("scheduled",)] == 0
    assert found["hawker_workers", ()] == 0


def test_lateness_is_a_histogram_of_each_network(db: None) -> None:
    for seconds in (0.1, 0.25, 0.3, 9000):
        lateness.add({lateness.bucket("tea", seconds): Tally(posts=1, seconds=seconds)})
    found = told(here())
    buckets = [found["hawker_lateness_seconds_bucket", (str(float(bound)), "tea")] for bound in BOUNDS]
    assert buckets == [2, *[3] * (len(BOUNDS) - 1)]
    assert found["hawker_lateness_seconds_bucket", ("+Inf", "tea")] == 4
    assert found["hawker_lateness_seconds_count", ("tea",)] == 4
    assert found["hawker_lateness_seconds_sum", ("tea",)] == pytest.approx(9000.65)


def due(channel: Channel, minutes: float, state: State = State.scheduled) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    post = Post.objects.create(workspace_id=channel.workspace_id, text="tea", language="en", planned_at=at)
    Delivery(
        workspace_id=channel.workspace_id,
        post=post,
        channel=channel,
        state=state,
        due_at=at,
        look_at=None if state is State.late else at,
        key=row_id(),
    ).save()


def test_the_queue_its_states_and_who_works_on_it_are_counted(shop: list[Channel]) -> None:
    for minutes in (-5, 0.5, 3):
        due(shop[0], minutes)
    due(shop[1], 300, State.late)
    ledger.beat("one", timezone.now() - timedelta(seconds=20))
    ledger.beat("two", timezone.now())
    ledger.beat("gone", timezone.now() - timedelta(minutes=5))
    found = told(here())
    assert (found["hawker_queue_due", ()], found["hawker_queue_overdue", ()]) == (2, 1)
    assert 170 < found["hawker_queue_oldest_seconds", ()] < 200
    assert found["hawker_deliveries", ("scheduled",)] == 3
    assert found["hawker_deliveries", ("late",)] == 1
    assert found["hawker_workers", ()] == 2
    beat_at = found["hawker_workers_beat_timestamp_seconds", ()]
    assert timezone.now().timestamp() - beat_at >= 20


def test_channels_and_what_is_left_to_them_are_told_by_network(shop: list[Channel]) -> None:
    for left, channel in ((30, shop[0]), (3, shop[1])):
        for platform in ("tea", "coffee"):
            ChannelBudget.objects.create(
                workspace_id=channel.workspace_id,
                holder=channel.id,
                platform=platform,
                name=f"{platform}-calls",
                left=left,
                limit=100,
                resets_at=timezone.now() + timedelta(minutes=1 if platform == "tea" else -1),
                learnt_at=timezone.now(),
            )
    found = told(here())
    assert found["hawker_budget_left_ratio", ("tea-calls", "tea", "channel")] == pytest.approx(0.03)
    assert found["hawker_budgets_low", ("tea-calls", "tea", "channel")] == 1
    assert ("hawker_budgets_low", ("coffee-calls", "coffee", "channel")) not in found
    assert all(found["hawker_channels", (channel.platform, "connected")] == 1 for channel in shop)


def test_nobody_is_named(alice: Somebody, shop: list[Channel]) -> None:
    due(shop[0], 1)
    page = here().get("/metrics").content.decode()
    for secret in (str(alice.actor.workspace), *(str(each.id) for each in shop), shop[0].handle, "Alice"):
        assert secret not in page


def test_few_questions_are_asked_however_much_there_is(shop: list[Channel]) -> None:
    client, counts = here(), []
    for _ in range(2):
        due(shop[0], 1)
        lateness.add({lateness.bucket("tea", 1): Tally(posts=1, seconds=1)})
        with CaptureQueriesContext(connection) as asked:
            told(client)
        counts.append(len(asked))
    assert counts == [6, 6]
