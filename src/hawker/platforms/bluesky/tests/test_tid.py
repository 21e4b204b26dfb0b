"""Record keys."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some
from uuid6 import uuid7

from hawker.platforms.bluesky.tid import ALPHABET, stamp, tid

SYNTAX = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def decoded(key: str) -> int:
    number = 0
    for letter in key:
        number = number * 32 + ALPHABET.index(letter)
    return number


@given(some.uuids(allow_nil=True))
def test_every_key_gives_a_valid_tid_and_always_the_same(key: UUID) -> None:
    assert SYNTAX.fullmatch(tid(key))
    assert tid(key) == tid(UUID(int=key.int))


def test_a_tid_tells_the_millisecond_of_its_key() -> None:
    key = uuid7()
    assert decoded(tid(key)) >> 10 == pytest.approx((key.int >> 80) * 1000, abs=999)


@pytest.mark.parametrize("bit", [0, 61, 64, 75, 80, 127])
def test_keys_that_differ_anywhere_give_other_tids(bit: int) -> None:
    key = UUID("018f3f5e-7b1c-7a3d-9c2e-4f5a6b7c8d9e")
    assert tid(UUID(int=key.int ^ 1 << bit)) != tid(key)


def test_thousand_keys_of_one_moment_hardly_ever_meet() -> None:
    keys = {tid(UUID(int=0x018F3F5E7B1C7000 << 64 | number)) for number in range(1000)}
    assert len(keys) >= 999


def test_the_longest_time_still_begins_with_a_letter_that_is_allowed() -> None:
    assert stamp((1 << 53) - 1, 0x3FF) == "bzzzzzzzzzzzz"
    assert stamp(0, 0) == "2222222222222"
    assert decoded(stamp(1_234_567_890_123_456, 42)) == 1_234_567_890_123_456 << 10 | 42
