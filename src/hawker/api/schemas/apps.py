"""The owner's own apps at networks: what to register, and what is kept of the keys. Never a key itself."""

from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Schema

from hawker.api.schemas.platforms import FieldOut, field_of
from hawker.api.schemas.text import Line, Wish
from hawker.connect.apps import App
from hawker.connect.platform import Platform
from hawker.core.channels import queries
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import Kept
from hawker.core.speech import speak


class KeysIn(Wish):
    """`keys` answers the `fields` of the app, and replaces all that are stored. `server` and `site` may be
    among them, where the network is reached by other addresses than its own; they stay until the keys are
    forgotten."""

    keys: dict[Line, Line]


class ScopeOut(Schema):
    name: str
    reason: str


class AppOut(Schema):
    """`ends`: the last letters of each key that is stored, none of short ones. `redirect`, `webhook` and
    `verify_token` are to be entered at the network; the latter two only work once the keys are stored."""

    platform: str
    stored: bool
    changed_at: datetime | None
    ends: dict[str, str]
    fields: list[FieldOut]
    steps: list[str]
    console: str
    scopes: list[ScopeOut]
    review: str
    redirect: str
    webhook: str
    verify_token: str
    version: str
    sunset: date | None


class AppsOut(Schema):
    apps: list[AppOut]


class StoppedOut(Schema):
    """A channel that works no more, until there are keys again."""

    id: str
    handle: str
    name: str


class ForgottenOut(Schema):
    """`others`: how many channels of other businesses stop, too."""

    stopped: list[StoppedOut]
    others: int


def app_out(request: HttpRequest, platform: Platform, app: App, kept: Kept | None) -> AppOut:
    return AppOut(
        platform=platform.name,
        stored=kept is not None,
        changed_at=kept.changed_at if kept else None,
        ends=dict(kept.ends) if kept else {},
        fields=[field_of(field) for field in app.fields],
        steps=[speak(step) for step in app.steps],
        console=app.console,
        scopes=[ScopeOut(name=scope.name, reason=speak(scope.reason)) for scope in app.scopes],
        review=speak(app.review) if app.review else "",
        redirect=_address(request, reverse("channels:back", args=[platform.name])),
        webhook=_address(request, reverse("hooks", args=[platform.name])) if platform.hears else "",
        verify_token=queries.verify_token(platform),
        version=queries.version_of(platform),
        sunset=queries.sunset_of(platform),
    )


def forgotten_out(own: list[Channel], others: int) -> ForgottenOut:
    stopped = [StoppedOut(id=str(each.id), handle=each.handle, name=each.name) for each in own]
    return ForgottenOut(stopped=stopped, others=others)


def _address(request: HttpRequest, path: str) -> str:
    return urljoin(settings.PUBLIC_URL, path) if settings.PUBLIC_URL else request.build_absolute_uri(path)
