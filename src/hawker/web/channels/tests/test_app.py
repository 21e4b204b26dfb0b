"""The owner's own app: its guide, its keys, and the way from there to a connected account."""

from dataclasses import replace
from typing import cast

import pytest

from hawker.connect.hooks import Hears
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.core.channels import actions, queries
from hawker.core.channels.models import AppKeys
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody, colleague, visitor

ASKING = [each for each in platforms().values() if each.app]
SECRET = "a-secret-that-nobody-may-see-9876"


@pytest.fixture(params=ASKING, ids=lambda each: each.name)
def network(request: pytest.FixtureRequest, db: None) -> Platform:
    found: Platform = request.param
    return found


def way(network: Platform) -> str:
    return f"/channels/add/{network.name}/{network.signs_in.ways[0].name}"


def guide(network: Platform) -> str:
    return f"/channels/apps/{network.name}"


def typed(network: Platform) -> dict[str, str]:
    """The word that proves webhooks is none of the keys: it is shown, to be entered at the network."""
    assert network.app is not None
    names = (field.name for field in network.app.fields if field.name != queries.VERIFY_TOKEN)
    return {name: f"{name}-{SECRET}" for name in names}


def test_without_keys_the_sign_in_leads_to_the_guide(alice: Somebody, network: Platform) -> None:
    page = visitor(alice).get(way(network), follow=True)
    assert page.redirect_chain == [(guide(network), 302)]
    shown, app = page.content.decode(), network.app
    assert app is not None
    redirects = any(each.redirects for each in network.signs_in.ways)
    assert (f'value="http://testserver/channels/back/{network.name}"' in shown) == redirects
    assert ("What Hawker asks for" in shown) == bool(app.scopes)
    assert [scope.name for scope in app.scopes if f"<code>{scope.name}</code>" not in shown] == []
    assert shown.count("<li>") >= len(app.steps)
    assert [field.name for field in app.fields if f'name="{field.name}"' not in shown] == []
    assert not app.console or f'href="{app.console}"' in shown


def test_the_keys_are_entered_once_and_never_shown_again(alice: Somebody, network: Platform) -> None:
    client = visitor(alice)
    saved = client.post(guide(network), typed(network), follow=True)
    for page in (saved, client.get(guide(network)), client.get(way(network)), client.get("/settings/log")):
        assert SECRET not in page.content.decode()
    assert "…9876" in client.get(guide(network)).content.decode()
    kept = queries.app_of(network)
    assert {name: kept[name] for name in typed(network)} == typed(network)


def test_what_is_missing_is_said_at_its_field(alice: Somebody, network: Platform) -> None:
    assert network.app is not None
    required = [field.name for field in network.app.fields if field.required]
    client = visitor(alice)
    reply = client.post(guide(network), {})
    if not required:
        assert (reply.status_code, client.get(way(network)).status_code) == (302, 200)
        return
    assert reply.status_code == 422
    assert [name for name in required if f'id="id_{name}_error"' not in reply.content.decode()] == []


def test_with_keys_one_button_leads_to_the_network(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    ways = [each for each in network.signs_in.ways if each.redirects]
    if not ways:
        pytest.skip(f"{network.name} sends nobody to pages of its own")
    shown = visitor(alice).get(f"/channels/add/{network.name}/{ways[0].name}").content.decode()
    assert f"Continue to {network.title}" in shown
    assert guide(network) in shown


def test_a_manager_connects_but_asks_the_owner_for_the_keys(
    alice: Somebody, network: Platform, every_network: Sandbox
) -> None:
    manager = visitor(colleague(alice, "Dora", Role.manager))
    assert guide(network) not in manager.get(way(network)).content.decode()
    AppKeys.objects.all().delete()
    asked = manager.get(way(network), follow=True).content.decode()
    assert "Ask: Alice" in asked
    assert "<input" not in asked.replace('<input type="hidden"', "")
    assert manager.post(guide(network), typed(network)).status_code == 403
    assert not AppKeys.objects.exists()


def test_a_guest_is_told_no_names(alice: Somebody, charlie: Somebody, network: Platform) -> None:
    shown = visitor(charlie).get(guide(network)).content.decode()
    assert "Ask the person who set up this Hawker." in shown
    assert "Alice" not in shown
    assert visitor(charlie).post(guide(network), typed(network)).status_code == 403


def test_an_editor_has_no_business_there(alice: Somebody, bob: Somebody, network: Platform) -> None:
    assert visitor(bob).get(guide(network)).status_code == 403


def test_a_network_without_such_an_app_has_no_guide(alice: Somebody) -> None:
    without = next(name for name, each in platforms().items() if not each.app)
    assert visitor(alice).get(f"/channels/apps/{without}").status_code == 404
    assert visitor(alice).get("/channels/apps/nowhere").status_code == 404


def test_the_address_of_webhooks_is_told_where_the_network_has_any(
    alice: Somebody, network: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing = replace(network, hears=cast(Hears, object()))
    monkeypatch.setitem(platforms(), network.name, hearing)
    client = visitor(alice)
    assert "/hooks/" not in client.get(guide(network)).content.decode()
    saved = client.post(guide(network), typed(network), follow=True)
    assert saved.redirect_chain == [(guide(network), 302)]
    shown = saved.content.decode()
    assert f'value="http://testserver/hooks/{network.name}"' in shown
    token = queries.app_keys(network.name)["verify_token"]
    assert len(token) == 32
    assert f'value="{token}"' in shown


def test_removing_the_keys_names_the_channels_that_stop(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    channel = actions.connect(
        alice.actor, network.name, *every_network.networks[network.name].pretend.account("teashop")
    )
    client = visitor(alice)
    asked = client.get(f"{guide(network)}/forget").content.decode()
    assert channel.handle in asked
    assert "stop working" in asked
    gone = client.post(f"{guide(network)}/forget", follow=True)
    assert "are removed." in gone.content.decode()
    assert not AppKeys.objects.filter(platform=network.name).exists()
    assert client.get(f"{guide(network)}/forget").status_code == 404


def test_the_choice_of_networks_says_which_need_an_app(
    alice: Somebody, every_network: Sandbox, network: Platform
) -> None:
    client = visitor(alice)
    assert "needs an app of your own" not in client.get("/channels/add").content.decode()
    AppKeys.objects.all().delete()
    assert client.get("/channels/add").content.decode().count("needs an app of your own") == len(ASKING)


def test_what_was_done_to_keys_is_told_in_the_log(alice: Somebody, network: Platform) -> None:
    client = visitor(alice)
    client.post(guide(network), typed(network))
    client.post(f"{guide(network)}/forget")
    log = client.get("/settings/log").content.decode()
    assert f"entered the keys of the developer app at {network.title}" in log
    assert f"removed the keys of the developer app at {network.title}" in log
