"""What one sign-in opens: nothing, one account, or several to choose from."""

from dataclasses import replace

import pytest

from hawker.core.channels import actions, queries, reaching
from hawker.core.channels.models import Channel
from hawker.core.channels.reaching import Several
from hawker.core.problems import Invalid, NotAllowed
from hawker.core.seal import unseal
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, fields, network, reach
from tests.cast import Somebody


def test_where_nothing_is_opened_it_is_said(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 0)
    with pytest.raises(Invalid, match="opens nothing at") as refused:
        actions.connect(alice.actor, NAME, *fields(sandbox))
    assert network().title in str(refused.value.sentence)
    assert not Channel.objects.exists()


def test_the_one_account_that_is_opened_is_connected(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 1)
    channel = actions.connect(alice.actor, NAME, *fields(sandbox))
    assert channel.name == "Branch 1"
    assert queries.account_of(channel).secrets["page_token"] == "a-secret-of-page-1"


def test_of_several_none_is_connected_before_somebody_chose(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 3)
    with pytest.raises(Several) as asked:
        actions.connect(alice.actor, NAME, *fields(sandbox))
    assert [each.name for each in asked.value.candidates] == ["Branch 1", "Branch 2", "Branch 3"]
    assert not any(each.connected for each in asked.value.candidates)
    assert not Channel.objects.exists()


def test_what_was_chosen_is_connected_and_known_the_next_time(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 3)
    opened = actions.open_up(alice.actor, NAME, *fields(sandbox))
    chosen = reaching.chosen(opened, [opened[0].remote_id, opened[2].remote_id])
    kept = actions.keep(alice.actor, NAME, chosen)
    assert [channel.name for channel in kept] == ["Branch 1", "Branch 3"]
    again = actions.open_up(alice.actor, NAME, *fields(sandbox))
    known = [each.connected for each in queries.candidates(alice.actor, NAME, again)]
    assert known == [True, False, True]
    assert [each.id for each in actions.keep(alice.actor, NAME, [again[2]])] == [kept[1].id]
    assert Channel.objects.count() == 2


def test_a_name_of_whatever_length_is_kept_as_far_as_it_fits(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 1)
    (opened,) = actions.open_up(alice.actor, NAME, *fields(sandbox))
    actions.keep(alice.actor, NAME, [replace(opened, name="茶" * 300, handle="壺" * 300)])
    channel = Channel.objects.get()
    assert (channel.name, channel.handle) == ("茶" * 255, "壺" * 255)


@pytest.mark.parametrize(("ids", "said"), [([], "Choose at least one"), (["0"], "does not open")])
def test_a_choice_of_nothing_or_of_what_is_not_there_is_refused(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, ids: list[str], said: str
) -> None:
    reach(monkeypatch, 2)
    opened = actions.open_up(alice.actor, NAME, *fields(sandbox))
    with pytest.raises(Invalid, match=said):
        reaching.chosen(opened, ids)


def test_accounts_are_packed_whole_and_without_the_keys_of_the_app(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 2)
    opened = actions.open_up(alice.actor, NAME, *fields(sandbox))
    packed = reaching.packed(opened)
    assert opened[0].app["client_secret"] not in packed
    kept = actions.keep(alice.actor, NAME, reaching.unpacked(packed))
    assert [queries.account_of(channel) for channel in kept] == opened


def test_who_may_not_manage_channels_connects_nothing(
    alice: Somebody, bob: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 1)
    with pytest.raises(NotAllowed):
        actions.open_up(bob.actor, NAME, *fields(sandbox))
    opened = actions.open_up(alice.actor, NAME, *fields(sandbox))
    with pytest.raises(NotAllowed):
        actions.keep(bob.actor, NAME, opened)


def test_the_secrets_of_a_page_are_sealed(
    alice: Somebody, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 1)
    channel = actions.connect(alice.actor, NAME, *fields(sandbox))
    assert "a-secret-of-page-1" not in channel.secrets
    assert unseal(channel.secrets)["page_token"] == "a-secret-of-page-1"
