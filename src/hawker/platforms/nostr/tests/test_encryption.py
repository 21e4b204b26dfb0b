"""NIP-44, version 2, by its own vectors.

They are from nip44.vectors.json of paulmillr/nip44 (public domain), which the NIP names by its hash.
"""

import base64

import pytest

from hawker.platforms.nostr import encryption
from hawker.platforms.nostr.encryption import LONGEST, decrypt, encrypt, padded_length, shared_key
from hawker.platforms.nostr.keys import Key, is_public

# Secret key of the one, public key of the other, and what they share.
SHARED = (
    (
        "315e59ff51cb9209768cf7da80791ddcaae56ac9775eb25b6dee1234bc5d2268",
        "c2f9d9948dc8c7c38321e4b85c8558872eafa0641cd269db76848a6073e69133",
        "3dfef0ce2a4d80a25e7a328accf73448ef67096f65f79588e358d9a0eb9013f1",
    ),
    (
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364139",
        "0000000000000000000000000000000000000000000000000000000000000002",
        "8b6392dbf2ec6a2b2d5b1477fc2be84d63ef254b667cadd31bd3f444c44ae6ba",
    ),
    (
        "0000000000000000000000000000000000000000000000000000000000000002",
        "1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdeb",
        "be234f46f60a250bef52a5ee34c758800c4ca8e5030bf4cc1a31d37ba2104d43",
    ),
)
# What is shared, the nonce, the text and the payload.
PAYLOADS = (
    (
        "c41c775356fd92eadc63ff5a0dc1da211b268cbea22316767095b2871ea1412d",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "a",
        (
            "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABee0G5VSK0/9YypIObAtDKfYEAjD35uVkHyB0F4DwrcNaCXlCWZKaArsGrY6M"
            "9wnuTMxWfp1RTN9Xga8no+kF5Vsb"
        ),
    ),
    (
        "c41c775356fd92eadc63ff5a0dc1da211b268cbea22316767095b2871ea1412d",
        "f00000000000000000000000000000f00000000000000000000000000000000f",
        "🍕🫃",
        (
            "AvAAAAAAAAAAAAAAAAAAAPAAAAAAAAAAAAAAAAAAAAAPSKSK6is9ngkX2+cSq85Th16oRTISAOfhStnixqZziKMDvB0QQzgFZdjLTPic"
            "CJaV8nDITO+QfaQ61+KbWQIOO2Yj"
        ),
    ),
    (
        "d5a2f879123145a4b291d767428870f5a8d9e5007193321795b40183d4ab8c2b",
        "b20989adc3ddc41cd2c435952c0d59a91315d8c5218d5040573fc3749543acaf",
        "ability🤝的 ȺȾ",
        (
            "ArIJia3D3cQc0sQ1lSwNWakTFdjFIY1QQFc/w3SVQ6yvbG2S0x4Yu86QGwPTy7mP3961I1XqB6SFFTzqDZZavhxoWMj7mEVGMQIsh2RL"
            "WI5EYQaQDIePSnXPlzf7CIt+voTD"
        ),
    ),
)
LENGTHS = {1: 32, 32: 32, 33: 64, 65: 96, 100: 128, 200: 224, 250: 256, 320: 320, 383: 384, 400: 448}
LONG_LENGTHS = {515: 640, 700: 768, 900: 1024, 1020: 1024, LONGEST: 65_536}
NOWHERE = (
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef",
    "0000000000000000000000000000000000000000000000000000000000000000",
)
OURS = shared_key(Key((1).to_bytes(32)), Key((2).to_bytes(32)).public)


@pytest.mark.parametrize(("secret", "public", "shared"), SHARED)
def test_two_keys_share_what_the_vectors_say(secret: str, public: str, shared: str) -> None:
    assert shared_key(Key(bytes.fromhex(secret)), public).hex() == shared


def test_both_sides_share_the_same() -> None:
    one, other = Key.make(), Key.make()
    assert shared_key(one, other.public) == shared_key(other, one.public)


@pytest.mark.parametrize("public", NOWHERE)
def test_with_what_is_no_key_nothing_is_shared(public: str) -> None:
    assert not is_public(public)
    with pytest.raises(ValueError, match=r"."):
        shared_key(Key((2).to_bytes(32)), public)


@pytest.mark.parametrize(("shared", "nonce", "text", "payload"), PAYLOADS)
def test_payloads_are_those_of_the_vectors(shared: str, nonce: str, text: str, payload: str) -> None:
    key = bytes.fromhex(shared)
    assert encrypt(text, key, bytes.fromhex(nonce)) == payload
    assert decrypt(payload, key) == text


@pytest.mark.parametrize(("length", "padded"), [*LENGTHS.items(), *LONG_LENGTHS.items()])
def test_texts_are_padded_as_the_vectors_say(length: int, padded: int) -> None:
    assert padded_length(length) == padded


@pytest.mark.parametrize("text", ["", "a" * (LONGEST + 1)])
def test_what_is_empty_or_too_long_is_no_payload(text: str) -> None:
    with pytest.raises(ValueError, match="no payload"):
        encrypt(text, OURS)


@pytest.mark.parametrize("place", [0, 1, 40, -1])
def test_what_was_changed_on_the_way_is_refused(place: int) -> None:
    data = bytearray(base64.b64decode(encrypt("Tea", OURS)))
    data[place] ^= 1
    with pytest.raises(ValueError, match=r"version|changed"):
        decrypt(base64.b64encode(data).decode(), OURS)


@pytest.mark.parametrize("payload", ["", "#tea", "Ag==", "T" * 131, "茶"])
def test_what_is_no_payload_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decrypt(payload, OURS)


@pytest.mark.parametrize("length", [33, 64])
def test_what_is_padded_in_another_way_is_refused(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    """Its check is right: whoever has the key wrote it so."""
    with monkeypatch.context() as other:
        other.setattr(encryption, "padded_length", lambda _: length)
        payload = encrypt("elliptic-curve cryptography", OURS)
    with pytest.raises(ValueError, match="another way"):
        decrypt(payload, OURS)
