"""Keys, signatures and ids, by vectors that others published.

BIP-340: bitcoin/bips, bip-0340/test-vectors.csv, 2026-08-20. NIP-19: its own examples. The event: README of
fiatjaf/nak.
"""

import json
from uuid import UUID

import pytest

from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import decode, encode, event_of, nevent, npub, nsec
from hawker.platforms.nostr.events import Event
from hawker.platforms.nostr.keys import Key, is_signed

NPUB = (
    "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
    "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
)
NSEC = (
    "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
    "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa",
)
# Public key, message, signature and verdict.
BIP_340 = (
    (
        "F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
        "0000000000000000000000000000000000000000000000000000000000000000",
        (
            "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA8215"
            "25F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0"
        ),
        True,
    ),
    (
        "D69C3509BB99E412E68B0FE8544E72837DFA30746D8BE2AA65975F29D22DC7B9",
        "4DF3C3F68FCC83B27E9D42C90431A72499F17875C81A599B566C9889B9696703",
        (
            "00000000000000000000003B78CE563F89A0ED9414F5AA28AD0D96D6795F9C63"
            "76AFB1548AF603B3EB45C9F8207DEE1060CB71C04E80F593060B07D28308D7F4"
        ),
        True,
    ),
    (
        "EEFDEA4CDB677750A420FEE807EACF21EB9898AE79B9768766E4FAA04A2D4A34",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769"
            "69E89B4C5564D00349106B8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B"
        ),
        False,
    ),
    (
        "DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
        "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
        (
            "FFF97BD5755EEEA420453A14355235D382F6472F8568A18B2F057A1460297556"
            "3CC27944640AC607CD107AE10923D9EF7A73C643E166BE5EBEAFA34B1AC553E2"
        ),
        False,
    ),
)
NAK = {
    "id": "36d88cf5fcc449f2390a424907023eda7a74278120eebab8d02797cd92e7e29c",
    "pubkey": "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    "created_at": 1699485669,
    "kind": 1,
    "tags": [],
    "content": "hello from the nostr army knife",
    "sig": (
        "68e71a192e8abcf8582a222434ac823ecc50607450ebe8cc4c145eb047794cc3"
        "82dc3f888ce879d2f404f5ba6085a47601360a0fa2dd4b50d317bd0c6197c2c2"
    ),
}
ONE = Key((1).to_bytes(32))


@pytest.mark.parametrize(("public", "message", "signature", "valid"), BIP_340)
def test_signatures_are_those_of_bip_340(public: str, message: str, signature: str, valid: bool) -> None:
    assert is_signed(bytes.fromhex(message), public, signature) is valid


def test_a_signature_of_another_form_is_none() -> None:
    assert not is_signed(bytes(32), "zz", "00")
    assert not is_signed(bytes(32), ONE.public, "00")


def test_keys_are_written_as_nip_19_writes_them() -> None:
    assert npub(NPUB[1]) == NPUB[0]
    assert nsec(bytes.fromhex(NSEC[1])) == NSEC[0]
    assert Key.read(NSEC[0]).public == NPUB[1]
    assert Key.read(NSEC[0].upper()) == Key.read(NSEC[1].upper()) == Key.read(NSEC[1])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nsec",
        "nsec1",
        NPUB[0],
        NSEC[0][:-1],
        NSEC[0][:-1] + "6",
        NSEC[0].replace("v", "b"),
        "0" * 64,
        "f" * 64,
        NSEC[1][:-1],
        encode("nsec", b"short"),
    ],
)
def test_what_was_mistyped_is_no_key(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Key.read(typed)


def test_a_key_is_not_shown() -> None:
    assert NSEC[1] not in repr(Key.read(NSEC[0]))
    assert Key.make() != Key.make()


def test_a_pointer_leads_back_to_its_event() -> None:
    pointer = nevent(NAK["id"], NAK["pubkey"], "wss://nos.lol")  # type: ignore[arg-type]
    assert event_of(pointer) == NAK["id"]
    with pytest.raises(ValueError, match="no event"):
        event_of(encode("nevent", b"\x01\x02ab"))
    with pytest.raises(ValueError, match="no nevent"):
        event_of(NPUB[0])


def test_bits_left_over_are_no_bech32() -> None:
    with pytest.raises(ValueError, match=r"left over|mistyped"):
        decode("x1" + "q" * 7, "x")


def test_an_event_that_somebody_else_published_is_genuine() -> None:
    event = events.read(NAK)
    assert event is not None
    assert json.loads(event.json_text) == NAK


@pytest.mark.parametrize(
    "change",
    [
        {"content": "hello from the nostr army knif"},
        {"created_at": 1699485670},
        {"created_at": "1699485669"},
        {"kind": 2},
        {"tags": [["t", "tea"]]},
        {"tags": [["t", None]]},
        {"tags": "none"},
        {"tags": 1},
        {"tags": ["tag"]},
        {"tags": [["t", "\ud800"]]},
        {"content": "\ud800"},
        {"id": "0" * 64},
        {"pubkey": ONE.public.replace("7", "8", 1)},
        {"sig": "0" * 128},
        {"sig": None},
    ],
)
def test_what_was_changed_on_the_way_is_none(change: dict[str, object]) -> None:
    assert events.read({**NAK, **change}) is None


@pytest.mark.parametrize("value", [None, [], "event", 1, {}])
def test_what_is_no_event_is_none(value: object) -> None:
    assert events.read(value) is None


@pytest.mark.parametrize("content", ["", '\n"\\\r\t\b\f/', "茶🍵é", "\u2028 \u007f", "a" * 70_000])
def test_every_text_gives_an_id_that_holds(content: str) -> None:
    event = events.write(ONE, 1, content=content, tags=[("t", "茶"), ("alt", '"')])
    assert event.is_genuine
    assert events.read(json.loads(event.json_text)) == event


@pytest.mark.parametrize("bits", [0, 1, 9, 12])
def test_an_id_begins_with_the_zeros_that_were_wanted(bits: int) -> None:
    plain = events.compose(ONE.public, 1, content="茶", tags=[("t", "tea")])
    worked = events.work(plain, salt=UUID(int=7).int, bits=bits).signed(ONE)
    assert worked.is_genuine
    assert int(worked.id, 16) >> 256 - bits == 0
    assert worked.tags[-1][::2] == ("nonce", str(bits))


def test_the_newest_counts_and_of_one_second_the_lowest_id() -> None:
    def told(event_id: str, at: int, kind: int = 0) -> Event:
        return Event(id=event_id, pubkey="", created_at=at, kind=kind, tags=(), content="", sig="")

    older, higher, lower, other = told("a", 1), told("c", 2), told("b", 2), told("0", 9, 3)
    assert events.newest([older, higher, lower, other], 0) is lower
    assert events.newest([other], 0) is None
