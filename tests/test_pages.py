"""Every address of the pages: as nobody, as Charlie (a stranger), and as Alice, whose it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from html.parser import HTMLParser

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from hawker.connect.registry import platform, platforms
from hawker.core.channels.models import Channel
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.media import actions as media
from hawker.core.notices import telling
from hawker.core.notices.models import Notice
from hawker.core.people import actions as people
from hawker.core.people.models import ApiKey, Invitation, Membership
from hawker.core.people.rules import Role
from hawker.core.planning import repeating
from hawker.core.planning.rules import Kind, Rhythm
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.audience.conftest import channel, herald, keys, pretend, regulars
from tests.cast import PASSWORD, Somebody
from tests.handing.scene import connect
from tests.handing.scene import writing as handed_writing
from tests.pictures import jpeg

# One network more, which delivers to people.
__all__ = ["channel", "herald", "keys", "pretend", "regulars"]
DAILY = Rhythm(kind=Kind.daily, wall=time(9), start=date(2031, 1, 1))
SIGN_IN = 302
QUERIES = 8
# Pages that prove who one is keep a challenge in the session, in a transaction of its own, and ask which
# second factors there are.
PROVING = 13
# Where a network delivers to people, the composer of a written post asks for their lists, too.
DELIVERING = 9
REDIRECTING = {"home", "favicon", "account_logout", "settings:index"}
# The API is walked by its own document, in src/hawker/api/tests/test_strangers.py.
# Webhooks know no people: tests/audience/test_hooks.py.
ELSEWHERE = {"api", "healthz", "metrics", "hooks"}


@dataclass(frozen=True)
class Page:
    """How an address answers. `args` names Alice's things; `nobody`, `charlie`, `alice` are statuses."""

    args: tuple[str, ...] = ()
    post: bool = False
    nobody: int = SIGN_IN
    charlie: int = 200
    alice: int = 200
    queries: int = QUERIES
    sent: dict[str, str] = field(default_factory=dict)


def proving(*args: str, charlie: int = 302, alice: int = 200) -> Page:
    return Page(args=args, charlie=charlie, alice=alice, queries=PROVING)


def of_alice(*args: str, alice: int = 200) -> Page:
    return Page(args=args, charlie=404, alice=alice)


def command(*args: str, charlie: int = 404, **sent: str) -> Page:
    return Page(args=args, post=True, charlie=charlie, alice=0, sent=sent)


def entrance(*args: str, nobody: int = 200, signed_in: int = 200) -> Page:
    return Page(args=args, nobody=nobody, charlie=signed_in, alice=signed_in)


PAGES: dict[str, Page] = {
    "home": entrance(nobody=302, signed_in=302),
    "manifest": entrance(),
    "favicon": entrance(nobody=302, signed_in=302),
    "setup": entrance("token", nobody=404, signed_in=404),
    "join": entrance("token", nobody=404, signed_in=404),
    "fetched_medium": entrance("token", "token", nobody=404, signed_in=404),
    "language": Page(post=True, nobody=400, charlie=400, alice=0),
    "account": Page(),
    "enter_business": command("workspace"),
    "settings:index": Page(charlie=302, alice=302),
    "settings:business": Page(),
    "settings:people": Page(),
    "settings:invite": command(charlie=200),
    "settings:withdraw": command("invitation"),
    "settings:role": command("membership", role="analyst"),
    "settings:remove": command("membership"),
    "settings:keys": Page(),
    "settings:make_key": command(charlie=200),
    "settings:revoke_key": command("key"),
    "settings:log": Page(),
    "settings:notices": Page(),
    "notices:list": Page(),
    "notices:open": of_alice("notice", alice=302),
    "notices:read": command("notice"),
    "notices:read_all": command(charlie=302),
    "posts:list": Page(),
    "posts:new": Page(),
    "posts:check": command(charlie=200),
    "posts:shape": command(charlie=200, do="add"),
    "posts:reshape": command("post", do="add"),
    "posts:edit_repeat": of_alice("recurrence"),
    "posts:reshape_repeat": command("recurrence", do="add"),
    "planning:queue": Page(),
    "planning:slots": command("channel", wall="09:00", weekdays="0"),
    "planning:repeats": Page(),
    "planning:repeat": of_alice("recurrence"),
    "planning:give": Page(args=("recurrence", "pause"), post=True, charlie=404, alice=0),
    "planning:end": of_alice("recurrence"),
    "posts:page": of_alice("post"),
    "posts:progress": of_alice("post"),
    "posts:edit": replace(of_alice("post"), queries=DELIVERING),
    "posts:move": of_alice("post"),
    "posts:delete": of_alice("post"),
    "posts:give": Page(args=("post", "word"), post=True, charlie=404, alice=0),
    "posts:retry": command("delivery"),
    "posts:cancel_delivery": command("delivery"),
    "posts:asked": of_alice("delivery"),
    "posts:handed": of_alice("by_hand"),
    "posts:handed_file": of_alice("by_hand", "media"),
    "posts:messages": of_alice("broadcast", "herald"),
    "posts:asked_messages": of_alice("broadcast", "herald"),
    "posts:give_messages": Page(args=("broadcast", "herald", "word"), post=True, charlie=404, alice=0),
    "contacts:list": Page(),
    "contacts:add": Page(),
    "contacts:export": Page(),
    "contacts:import": Page(),
    "contacts:lists": Page(),
    "contacts:rename_list": command("list", name="Friends"),
    "contacts:delete_list": of_alice("list"),
    "contacts:person": of_alice("contact"),
    "contacts:consent": command("contact", source="paper", words="Yes."),
    "contacts:place": command("contact"),
    "contacts:forget": of_alice("contact"),
    "posts:hold_all": Page(),
    "posts:hold_channel": of_alice("channel"),
    "posts:resume_all": Page(),
    "posts:resume_channel": of_alice("channel"),
    "posts:take_down": of_alice("delivery"),
    "media:add": command(charlie=422),
    "media:small": of_alice("media"),
    "media:file": of_alice("media"),
    "channels:list": Page(),
    "channels:add": Page(),
    "channels:sign_in": Page(args=("platform", "way")),
    # For Charlie, whom another business's owner lets in, it says whom to ask.
    "channels:app": Page(args=("network_with_app",)),
    "channels:forget_app": Page(args=("network_with_app",), charlie=403),
    "channels:reached": Page(args=("platform",), charlie=400, alice=400),
    "channels:back": Page(args=("platform",), charlie=400, alice=400),
    "channels:check": command("channel"),
    "channels:again": of_alice("channel", alice=302),
    "channels:remove": of_alice("channel"),
    "account_login": entrance(signed_in=302),
    "account_logout": entrance(nobody=302),
    "account_inactive": entrance(),
    "account_signup": entrance(signed_in=302),
    "account_reauthenticate": proving(charlie=200),
    "account_email": Page(),
    "account_email_verification_sent": entrance(),
    "account_confirm_email": entrance("token"),
    "account_change_password": Page(),
    "account_set_password": Page(charlie=302, alice=302),
    "account_reset_password": entrance(),
    "account_reset_password_done": entrance(),
    "account_reset_password_from_key": entrance("uid", "token"),
    "account_reset_password_from_key_done": entrance(),
    "account_confirm_login_code": entrance(nobody=302, signed_in=302),
    "mfa_index": Page(),
    "mfa_authenticate": entrance(nobody=302, signed_in=302),
    "mfa_reauthenticate": proving(),
    "mfa_activate_totp": proving(alice=302),
    "mfa_deactivate_totp": proving(charlie=404),
    "mfa_view_recovery_codes": proving(charlie=404),
    "mfa_generate_recovery_codes": proving(),
    "mfa_download_recovery_codes": proving(charlie=404),
    "mfa_list_webauthn": Page(),
    "mfa_add_webauthn": proving(),
    "mfa_reauthenticate_webauthn": proving(alice=302),
    # Keys that are there are shown in tests/browser/test_passkeys.py, where a browser makes one.
    "mfa_remove_webauthn": proving("nothing", alice=404),
    "mfa_edit_webauthn": proving("nothing", alice=404),
    "mfa_login_webauthn": entrance(nobody=302, signed_in=302),
}


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


NAMES = sorted({name for name in names(get_resolver()) if name.partition(":")[0] not in ELSEWHERE})


def test_every_address_is_in_the_table() -> None:
    assert [name for name in NAMES if name not in PAGES] == []


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    cache.clear()


@pytest.fixture
def things(
    alice: Somebody, bob: Somebody, shop: list[Channel], regulars: ContactList, every_network: Sandbox
) -> dict[str, object]:
    """One of everything that Alice has, by the names that `Page.args` uses."""
    picture = media.add(alice.actor, "tea.jpg", jpeg())
    channel = next(each for each in shop if each.platform != "herald")
    through = Channel.objects.get(platform="herald")
    letter = Wording(channel=through.id, audience=regulars.id)
    broadcast = publishing.compose(alice.actor, Writing(text="Tea", language="en", wordings=(letter,)))
    writing = Writing(text="Oolong", language="en", wordings=(Wording(channel=channel.id),))
    post = publishing.compose(alice.actor, writing)
    Delivery.objects.filter(post=post).update(state=State.late, look_at=None)
    telling.tell(timezone.now())
    diary = connect(alice, every_network)
    shown = Picture(media=picture.id, alt="Tea")
    by_hand = publishing.compose(alice.actor, handed_writing(diary, shown, comment="Until eight."))
    Delivery.objects.filter(post=by_hand, part=0).update(state=State.handed, look_at=None)
    people.invite(alice.actor, Role.editor)
    people.make_key(alice.actor, "till", Role.editor)
    TOTP.activate(alice.user, generate_totp_secret())
    RecoveryCodes.activate(alice.user)
    return {
        "token": "a-token-that-opens-nothing",
        "uid": "1",
        "word": "cancel",
        "platform": channel.platform,
        "network_with_app": next(name for name, network in platforms().items() if network.app),
        "way": platform(channel.platform).signs_in.ways[0].name,
        "workspace": alice.actor.workspace,
        "membership": Membership.objects.get(user=bob.user).id,
        "invitation": Invitation.objects.get().id,
        "key": ApiKey.objects.get().id,
        "post": post.id,
        "delivery": post.deliveries.get().id,
        "by_hand": by_hand.deliveries.get(part=0).id,
        "broadcast": broadcast.id,
        "herald": through.id,
        "contact": Contact.objects.filter(consent="given")[0].id,
        "list": regulars.id,
        "media": picture.id,
        "channel": channel.id,
        "recurrence": repeating.repeat(alice.actor, writing, DAILY).id,
        "pause": "pause",
        "notice": Notice.objects.get().id,
        "nothing": 0,
    }


def ask(client: Client, name: str, things: dict[str, object]) -> HttpResponse:
    page = PAGES[name]
    path = reverse(name, args=[things[each] for each in page.args])
    # On localhost pages offer passkeys, too.
    headers = {"host": "localhost"}
    if page.post:
        return client.post(path, page.sent, headers=headers)  # type: ignore[return-value]
    return client.get(path, headers=headers)  # type: ignore[return-value]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_comes_in_without_signing_in(client: Client, name: str, things: dict[str, object]) -> None:
    answer = ask(client, name, things)
    assert answer.status_code == PAGES[name].nobody
    if PAGES[name].nobody == SIGN_IN and name not in REDIRECTING:
        assert re.match(r"/accounts/(login|signup)/", answer["Location"])


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_sees_and_changes_nothing_of_alice(
    client: Client, name: str, things: dict[str, object], charlie: Somebody
) -> None:
    client.force_login(charlie.user)
    before = rows()
    answer = ask(client, name, things)
    assert answer.status_code == PAGES[name].charlie
    assert b"Alice" not in answer.content
    assert rows() == before


def rows() -> list[object]:
    return [
        list(model.objects.order_by("pk").values()) for model in (Membership, Invitation, ApiKey, Channel)
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if not PAGES.get(name, Page()).post])
def test_a_page_is_cheap_and_holds_no_script_or_style(
    client: Client, name: str, things: dict[str, object], alice: Somebody
) -> None:
    client.force_login(alice.user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    ask(client, name, things)
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, name, things)
    assert answer.status_code == PAGES[name].alice
    assert len(queries) <= PAGES[name].queries
    assert "script-src 'self';" in answer["Content-Security-Policy"] + ";"
    if not answer.streaming and answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert inline(page) == []
        assert forged(page) == []


def inline(page: str) -> list[str]:
    """What the content security policy would stop a browser from running or drawing."""
    found = Inline()
    found.feed(page)
    found.close()
    return found.found


class Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_data = given.get("type") == "application/json" or "src" in given
        if tag == "style" or (tag == "script" and not is_data):
            self.found.append(tag)
        self.found += [name for name in given if name == "style" or name.startswith(("on", "hx-on"))]


def forged(page: str) -> list[str]:
    """The forms that Django would refuse, for they lack its token."""
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    return [each[:80] for each in forms if 'name="csrfmiddlewaretoken"' not in each]


def test_the_policy_lets_nothing_inline_run() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert {each: directives[each] for each in ("default-src", "script-src", "style-src")} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    }
