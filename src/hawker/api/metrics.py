"""/metrics: figures for Prometheus, for who has the token, or asks from this very machine."""

import secrets
from collections.abc import Iterator
from ipaddress import ip_address
from itertools import accumulate

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from hawker.core.publishing.figures import Figures, figures
from hawker.core.publishing.lateness import BOUNDS, Bucket, Tally

# What a proxy in front of Hawker adds: then the machine that asks is not the one that wants to know.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
NAMES = {"localhost", "127.0.0.1", "[::1]"}


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not (_is_from_here(request) or _has_token(request)):
        if not settings.METRICS_TOKEN:
            raise Http404
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(figures(timezone.now())))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _has_token(request: HttpRequest) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and kind == "Bearer" and secrets.compare_digest(given.encode(), wanted.encode())


def _is_from_here(request: HttpRequest) -> bool:
    """Not through a proxy: to Hawker all that a proxy passes on comes from the machine of the proxy."""
    if settings.PUBLIC_URL or any(name in request.headers for name in FORWARDED):
        return False
    name = request.get_host().rpartition(":")[0] or request.get_host()
    return name in NAMES and ip_address(request.META["REMOTE_ADDR"]).is_loopback


class _Told(Collector):
    def __init__(self, told: Figures) -> None:
        self._told = told

    def collect(self) -> Iterator[Metric]:
        yield _lateness(self._told)
        yield from _counts(self._told)
        yield from _queue(self._told)
        yield from _budgets(self._told)
        yield from _workers(self._told)


def _lateness(told: Figures) -> Metric:
    family = HistogramMetricFamily(
        "hawker_lateness_seconds", "From a post's time to the call to its network.", labels=["platform"]
    )
    for platform in sorted({bucket.platform for bucket in told.lateness}):
        tallies = [told.lateness.get(Bucket(platform, number), Tally()) for number in range(len(BOUNDS) + 1)]
        counts = accumulate(tally.posts for tally in tallies)
        bounds = [*(str(float(bound)) for bound in BOUNDS), "+Inf"]
        seconds = sum(tally.seconds for tally in tallies)
        family.add_metric([platform], list(zip(bounds, counts, strict=True)), sum_value=seconds)
    return family


def _counts(told: Figures) -> Iterator[Metric]:
    deliveries = GaugeMetricFamily(
        "hawker_deliveries", "Posts on channels that have not ended well, by state.", labels=["state"]
    )
    for state, number in told.deliveries.items():
        deliveries.add_metric([state.value], number)
    channels = GaugeMetricFamily(
        "hawker_channels", "Channels by network and state.", labels=["platform", "state"]
    )
    for (platform, channel_state), number in told.channels.items():
        channels.add_metric([platform, channel_state.value], number)
    yield from (deliveries, channels)


def _queue(told: Figures) -> Iterator[Metric]:
    queue, now = told.queue, timezone.now()
    oldest = max((now - queue.oldest).total_seconds(), 0) if queue.oldest else 0
    yield GaugeMetricFamily("hawker_queue_due", "Posts that could be taken in hand now.", queue.due)
    yield GaugeMetricFamily("hawker_queue_overdue", "Those of them a minute past that.", queue.overdue)
    yield GaugeMetricFamily("hawker_queue_oldest_seconds", "For how long the oldest of them waits.", oldest)


def _budgets(told: Figures) -> Iterator[Metric]:
    labels = ["platform", "scope", "budget"]
    least = GaugeMetricFamily(
        "hawker_budget_left_ratio", "The smallest share left of what a network allows.", labels=labels
    )
    low = GaugeMetricFamily("hawker_budgets_low", "How many have less than a tenth left.", labels=labels)
    for purse, share in told.budgets.items():
        least.add_metric([purse.platform, purse.scope, purse.budget], share.least)
        low.add_metric([purse.platform, purse.scope, purse.budget], share.low)
    yield from (least, low)


def _workers(told: Figures) -> Iterator[Metric]:
    beat_at = told.workers.beat_at.timestamp() if told.workers.beat_at else 0
    yield GaugeMetricFamily("hawker_workers", "Workers that gave a sign of life.", told.workers.alive)
    yield GaugeMetricFamily(
        "hawker_workers_beat_timestamp_seconds", "The last sign of life of the quietest of them.", beat_at
    )
