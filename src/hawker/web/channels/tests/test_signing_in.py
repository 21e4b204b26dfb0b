"""Connecting an account: forms made of what the networks ask, and the way to a network and back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from pytest_django import Settings

from hawker.connect.abilities import Way
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.people import actions as people
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.web.channels import errands
from hawker.web.channels.tests.consent import answer
from hawker.web.session import WORKSPACE_KEY
from tests.cast import Somebody, visitor

BY_SCRIPT = {"HX-Request": "true"}
EVERY_WAY = [(network, way) for network in platforms().values() for way in network.signs_in.ways]
ANSWERING = [network for network in platforms().values() if not network.by_hand]
REDIRECTING = [pair for pair in EVERY_WAY if pair[1].redirects]


def address(network: Platform, way: Way) -> str:
    return f"/channels/add/{network.name}/{way.name}"


def account(every_network: Sandbox, network: Platform) -> tuple[str, dict[str, str]]:
    way, fields = every_network.networks[network.name].pretend.account("teashop")
    return f"/channels/add/{network.name}/{way}", dict(fields)


def test_every_network_is_offered_with_its_icon(alice: Somebody) -> None:
    page = visitor(alice).get("/channels/add").content.decode()
    for network in platforms().values():
        assert network.title in page
        assert network.icon.strip() in page


@pytest.mark.parametrize(("network", "way"), EVERY_WAY)
def test_the_form_asks_what_the_way_names(
    alice: Somebody, every_network: Sandbox, network: Platform, way: Way
) -> None:
    page = visitor(alice).get(address(network, way)).content.decode()
    for field in way.fields:
        control = re.search(rf'<input[^>]*name="{field.name}"[^>]*>', page)
        assert control is not None
        assert ('type="password"' in control[0]) == (field.kind == "password")
        assert f'value="{field.default}"' in control[0] or not field.default


@pytest.mark.parametrize(("network", "way"), [pair for pair in EVERY_WAY if pair[1].fields])
def test_an_empty_form_is_refused_at_its_required_fields(
    alice: Somebody, every_network: Sandbox, network: Platform, way: Way
) -> None:
    reply = visitor(alice).post(address(network, way), {})
    assert reply.status_code == 422
    for field in way.fields:
        shown = f'id="id_{field.name}_error"' in reply.content.decode()
        assert shown == field.required


@pytest.mark.parametrize("network", list(platforms().values()))
def test_what_was_typed_connects_the_account(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    path, fields = account(every_network, network)
    page = visitor(alice).post(path, fields, follow=True)
    assert page.redirect_chain == [("/channels/", 302)]
    assert "is connected." in page.content.decode()
    assert Channel.objects.get().platform == network.name


@pytest.mark.parametrize("network", ANSWERING)
def test_a_wrong_secret_is_said_at_its_field_and_the_rest_stays_typed(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    path, fields = account(every_network, network)
    way = next(way for way in network.signs_in.ways if path == address(network, way))
    secret = next(field.name for field in way.fields if field.kind == "password")
    reply = visitor(alice).post(path, {**fields, secret: "aaaa-bbbb-cccc-dddd"})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert f'id="id_{secret}_error"' in page
    assert "aaaa-bbbb-cccc-dddd" not in page
    kept = [field.name for field in way.fields if field.kind != "password" and field.name in fields]
    assert [name for name in kept if f'value="{fields[name]}"' not in page] == []


@pytest.mark.parametrize("network", ANSWERING)
def test_a_network_that_does_not_answer_is_said_above_the_form(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    path, fields = account(every_network, network)
    every_network.networks[network.name].faults.add(Fault(kind=Kind.reset_before, call="any", times=9))
    reply = visitor(alice).post(path, fields)
    assert reply.status_code == 422
    assert "broke off before it answered" in reply.content.decode()


def test_signing_in_again_knows_the_channel(alice: Somebody, shop: list[Channel]) -> None:
    for channel in shop:
        page = visitor(alice).get(f"/channels/{channel.id}/again", follow=True).content.decode()
        ways = platforms()[channel.platform].signs_in.ways
        typed = any(field.name == "server" for way in ways for field in way.fields)
        assert not typed or channel.server in page


def test_a_network_or_way_that_is_unknown_is_not_found(alice: Somebody) -> None:
    client = visitor(alice)
    some = next(iter(platforms()))
    assert client.get("/channels/add/nowhere/none").status_code == 404
    assert client.get(f"/channels/add/{some}/none").status_code == 404
    assert client.get("/channels/back/nowhere").status_code == 404


@pytest.fixture(params=REDIRECTING, ids=lambda pair: f"{pair[0].name}-{pair[1].name}")
def errand(request: pytest.FixtureRequest, alice: Somebody, every_network: Sandbox) -> "Errand":
    network, way = request.param
    return Errand(visitor(alice), every_network, network, way)


class Errand:
    """A sign-in that goes by the network's own page, as Alice's browser does it."""

    def __init__(self, client: Client, every_network: Sandbox, network: Platform, way: Way) -> None:
        self.client, self.network, self.way = client, network, way
        pretend = every_network.networks[network.name].pretend
        _, self.fields = pretend.account("teashop")
        self.faults = every_network.networks[network.name].faults
        self.back = f"/channels/back/{network.name}"

    def start(self) -> str:
        """Where the network is to be asked."""
        reply = self.client.post(address(self.network, self.way), self.fields, headers=BY_SCRIPT)
        return str(reply["HX-Redirect"])

    def state(self, url: str) -> str:
        return parse_qs(urlsplit(url).query)["state"][0]


def test_the_browser_is_sent_on_by_script_or_by_a_link_never_by_a_redirect(errand: Errand) -> None:
    url = errand.start()
    assert parse_qs(urlsplit(url).query)["redirect_uri"] == [f"http://testserver{errand.back}"]
    plain = errand.client.post(address(errand.network, errand.way), errand.fields)
    assert plain.status_code == 200
    assert "Continue to 127.0.0.1" in plain.content.decode()


def test_the_way_back_follows_the_public_address(errand: Errand, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://hawker.example"
    query = parse_qs(urlsplit(errand.start()).query)
    assert query["redirect_uri"] == [f"https://hawker.example{errand.back}"]


def test_what_is_remembered_meanwhile_is_sealed(errand: Errand) -> None:
    state = errand.state(errand.start())
    assert state not in str(dict(errand.client.session))


def test_a_yes_connects_the_account(errand: Errand) -> None:
    page = errand.client.get(answer(errand.start(), button=0), follow=True).content.decode()
    assert "is connected." in page
    assert Channel.objects.get().platform == errand.network.name


def test_a_no_is_said_with_the_way_to_begin_again(errand: Errand) -> None:
    back = errand.client.get(answer(errand.start(), button=1))
    assert back.status_code == 400
    assert address(errand.network, errand.way) in back.content.decode()
    assert not Channel.objects.exists()


def test_a_network_that_breaks_on_the_way_back_is_said(errand: Errand) -> None:
    way_back = answer(errand.start(), button=0)
    errand.faults.add(Fault(kind=Kind.error_before, call="any", times=9))
    page = errand.client.get(way_back)
    assert page.status_code == 400
    assert "has a fault just now" in page.content.decode()


def test_a_forged_return_connects_nothing_and_ends_the_errand(errand: Errand) -> None:
    url = errand.start()
    forged = errand.client.get(errand.back, {"code": "x", "state": "forged"})
    assert forged.status_code == 400
    again = errand.client.get(errand.back, {"code": "x", "state": errand.state(url)})
    assert "was not begun here" in again.content.decode()
    assert not Channel.objects.exists()


def test_a_return_that_nobody_began_is_said(errand: Errand) -> None:
    reply = errand.client.get(errand.back, {"code": "x", "state": "y"})
    assert reply.status_code == 400
    assert "was not begun here" in reply.content.decode()


def test_an_errand_under_a_lost_key_is_begun_again(errand: Errand, settings: Settings) -> None:
    url = errand.start()
    settings.SEAL_KEYS = (Fernet.generate_key().decode(),)
    reply = errand.client.get(errand.back, {"code": "x", "state": errand.state(url)})
    assert reply.status_code == 400
    assert "was not begun here" in reply.content.decode()


def test_an_errand_belongs_to_the_business_in_which_it_was_begun(errand: Errand, alice: Somebody) -> None:
    url = errand.start()
    other = people.make_business(
        alice.user, people.Business(name="Stall", language="en", time_zone="Asia/Taipei")
    )
    session = errand.client.session
    session[WORKSPACE_KEY] = str(other.id)
    session.save()
    reply = errand.client.get(errand.back, {"code": "x", "state": errand.state(url)})
    assert reply.status_code == 400
    assert errand.client.session[errands.KEY] == {}
