"""Signing in by key: what relays know of somebody, and what is said where they do not."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import npub
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.information import LIMITS, limits_of, read_all
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import Reach, as_socket
from hawker.platforms.nostr.sign_in import MEDIA, SignIn
from hawker.platforms.nostr.tests.scene import Scene, other_relay
from hawker.sandbox.faults import Fault
from hawker.sandbox.faults import Kind as Trouble
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import gate
from tests.conformance.elsewhere import closed_port


def tell(scene: Scene, kind: int, content: str = "", *tags: tuple[str, ...]) -> None:
    """On the shop's own relay, as her app would."""
    assert not scene.pretend.store.keep(events.write(scene.key, kind, content=content, tags=tags))


async def test_the_profile_names_the_account(scene: Scene) -> None:
    tell(scene, Kind.profile, json.dumps({"name": "oolong", "display_name": "烏龍茶行", "about": "tea"}))
    account = await scene.sign_in()
    assert (account.name, account.handle) == ("烏龍茶行", "oolong")
    assert account.url == f"{scene.network.address}/p/{npub(scene.key.public)}"


async def test_a_name_without_end_or_of_several_lines_becomes_a_short_one(scene: Scene) -> None:
    tell(scene, Kind.profile, json.dumps({"name": "o\x00o\n long" + "g" * 300, "display_name": " "}))
    account = await scene.sign_in()
    assert (account.name, account.handle) == ("oo long" + "g" * 93, "oo long" + "g" * 93)


@pytest.mark.parametrize("content", ["", "[]", "no json", '{"name": null}', '{"name": 7}'])
async def test_without_a_name_the_public_key_stands_for_it(scene: Scene, content: str) -> None:
    tell(scene, Kind.profile, content)
    account = await scene.sign_in()
    assert (account.name, account.handle) == (npub(scene.key.public)[:12], npub(scene.key.public))


async def test_a_relay_may_be_typed_as_a_socket(scene: Scene) -> None:
    typed = f" {as_socket(scene.relay)}/ ，{scene.relay} "
    account = await scene.sign_in(server=typed)
    assert (Reach.of(account).relays, account.server) == ((scene.relay,), scene.relay)


async def test_who_names_no_relays_gets_those_of_her_profile(scene: Scene) -> None:
    """Without TLS none is taken from a list; one that cannot be reached just now may be back later."""
    listed = (("r", "wss://tea.invalid/"), ("r", "wss://read.invalid", "read"), ("r", "ws://plain.invalid"))
    tell(scene, Kind.relays, "", *listed)
    fields = scene.fields(server="", media="")
    account = await SignIn((scene.relay,)).sign_in(scene.http, "key", fields)
    assert Reach.of(account).relays == ("https://tea.invalid",)


async def test_who_has_no_list_either_gets_well_known_ones(scene: Scene) -> None:
    fields = scene.fields(server="", media="")
    account = await SignIn((scene.relay,)).sign_in(scene.http, "key", fields)
    assert Reach.of(account) == Reach(relays=(scene.relay,), enough=1, media=MEDIA)


async def test_her_own_media_server_is_taken_where_none_is_typed(scene: Scene) -> None:
    tell(scene, Kind.media_servers, "", ("server", "http://plain.invalid"), ("server", "https://a.invalid/"))
    assert Reach.of(await scene.sign_in(media="")).media == "https://a.invalid"


async def test_what_somebody_else_says_in_her_name_is_not_believed(scene: Scene) -> None:
    forged = events.write(Key.make(), Kind.profile, content='{"name": "Mallory"}')
    scene.pretend.store.keep(forged.model_copy(update={"pubkey": scene.key.public}))
    assert (await scene.sign_in()).name == npub(scene.key.public)[:12]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("key", "", "begins with nsec1"),
        ("key", npub(Key.make().public), "public key"),
        (
            "key",
            "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yphnm8623nsl",
            "locked",
        ),
        ("server", "ftp://tea.example", "is not a web address"),
        ("server", " ".join(f"r{number}.invalid" for number in range(9)), "keep 8"),
        ("media", "ftp://tea.example", "is not a web address"),
        ("enough", "none", "from 1 to 1"),
        ("enough", "0", "from 1 to 1"),
        ("enough", "2", "from 1 to 1"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(scene: Scene, field: str, typed: str, told: str) -> None:
    with pytest.raises(Refused) as caught:
        await scene.sign_in(**{field: typed})
    assert caught.value.field == field
    assert told in str(caught.value)


@pytest.mark.parametrize("field", ["name", "server", "media", "site"])
async def test_a_secret_key_in_a_field_that_others_see_goes_nowhere(
    scene: Scene, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    key = scene.fields()["key"]
    with caplog.at_level("DEBUG"), pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "new", scene.fields(**{"name": "Tea", field: f" {key}"}))
    assert caught.value.field == field
    assert key not in f"{caught.value}{caplog.text}"
    assert {event.pubkey for event in scene.pretend.store.find([{}])} == {scene.key.public}


async def test_a_relay_that_is_away_does_not_keep_her_out_where_others_are_enough(scene: Scene) -> None:
    relays = f"{closed_port()} {scene.relay}"
    account = await scene.sign_in(server=relays)
    assert len(Reach.of(account).relays) == 2
    with pytest.raises(Later):
        await scene.sign_in(server=relays, enough="2")


async def test_a_relay_that_became_something_else_does_not_hinder_the_others(scene: Scene) -> None:
    async with gate() as bakery:
        with pytest.raises(Refused) as caught:
            await scene.sign_in(server=f"{bakery} {scene.relay}")
        assert caught.value.field == "server"
        assert (await scene.on(bakery, scene.relay).check()).name == "teashop"
        with pytest.raises(Refused):
            await scene.on(bakery, scene.relay, enough=2).check()


async def test_the_strictest_relay_sets_the_limits(scene: Scene) -> None:
    async with other_relay() as other:
        other.rules.content, other.rules.message, other.rules.work = 500, 20_000, 3
        account = await scene.sign_in(server=f"{scene.relay} {other.address}")
        assert (account.limits.text, account.limits.text_bytes) == (500, 11_808)
        assert Reach.of(account).work == 3
        other.rules.content, other.rules.work = 400, 4
        checked = await scene.at(account).check()
    assert (checked.limits.text, Reach.of(checked).work) == (400, 4)


async def test_a_key_never_runs_out(scene: Scene) -> None:
    worn = replace(scene.shop, expires_at=datetime.now(UTC))
    assert await scene.signs_in.refresh(scene.http, worn) == scene.shop


async def test_work_beyond_reason_is_not_promised(scene: Scene) -> None:
    scene.pretend.relay.rules.work = 40
    assert Reach.of(await scene.sign_in()).work == 0


async def test_a_key_that_is_made_here_introduces_itself(scene: Scene) -> None:
    fields = {**scene.fields(), "name": "  包子舖 "}
    account = await scene.signs_in.sign_in(scene.http, "new", fields)
    assert (account.name, account.handle) == ("包子舖", "包子舖")
    told = scene.pretend.store.find([{"authors": [account.remote_id]}])
    assert {event.kind: event.tags for event in told} == {0: (), 10_002: (("r", as_socket(scene.relay)),)}
    published = await scene.at(account).post(draft("早安"))
    assert [note.id for note in scene.pretend.store.notes(account.remote_id)] == [published.remote_id]
    assert account.remote_id != (await scene.signs_in.sign_in(scene.http, "new", fields)).remote_id


async def test_a_key_that_is_made_here_needs_a_name(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "new", scene.fields(name=" "))
    assert caught.value.field == "name"


async def test_a_key_that_too_few_relays_take_in_is_none(scene: Scene) -> None:
    """Nothing of hers is out yet: she is told what the relay says, and not that a post is offered again."""
    scene.pretend.relay.rules.refusal = "restricted: members only"
    async with other_relay() as other:
        both = scene.fields(name="Tea", server=f"{scene.relay} {other.address}", enough="2")
        for fields in (scene.fields(name="Tea"), both):
            with pytest.raises(SignInAgain) as caught:
                await scene.signs_in.sign_in(scene.http, "new", fields)
            assert "“members only”" in str(caught.value)


async def test_a_relay_that_wants_to_know_who_speaks_is_told(scene: Scene) -> None:
    scene.pretend.relay.rules.members = True
    account = await scene.sign_in()
    assert account.name == "teashop"
    assert replace(await scene.at(account).check(), secrets={}) == replace(account, secrets={})


@pytest.mark.parametrize(
    ("kind", "status"), [(Trouble.reset_before, 0), (Trouble.error_before, 404), (Trouble.error_before, 403)]
)
async def test_a_relay_without_a_document_has_the_usual_limits(
    scene: Scene, kind: Trouble, status: int
) -> None:
    """The one that nostr-sdk carries breaks off when it is asked for it."""
    scene.network.faults.add(Fault(kind=kind, call="relay", status=status, times=2))
    assert limits_of(await read_all(scene.http, [scene.relay])) == LIMITS


async def test_a_relay_that_is_in_trouble_is_asked_later(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Trouble.error_before, call="relay", status=503))
    with pytest.raises(Later):
        await read_all(scene.http, [scene.relay])
