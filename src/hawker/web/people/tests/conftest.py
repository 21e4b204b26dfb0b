"""Each test with its own count of tries."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import Somebody


@pytest.fixture(autouse=True)
def _forget_tries() -> None:
    cache.clear()


@pytest.fixture
def as_alice(client: Client, alice: Somebody) -> Client:
    client.force_login(alice.user)
    return client


@pytest.fixture
def as_bob(bob: Somebody) -> Client:
    client = Client()
    client.force_login(bob.user)
    return client
