"""Who and what the tests of notices are about."""

import pytest

from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from tests.cast import Somebody, colleague


@pytest.fixture
def one(shop: list[Channel]) -> list[Channel]:
    return shop[:1]


@pytest.fixture
def anna(alice: Somebody) -> Somebody:
    """Reads everything, changes nothing."""
    return colleague(alice, "Anna", Role.analyst)
