"""Programs with keys."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from hawker.api.tests.program import Program, key_of
from tests.cast import Somebody


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Wrong keys are counted in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def program(alice: Somebody) -> Program:
    """Alice's own."""
    return Program(key_of(alice))


@pytest.fixture
def stranger(charlie: Somebody) -> Program:
    """Charlie's."""
    return Program(key_of(charlie))
