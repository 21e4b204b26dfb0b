"""Alice's channel at a network that lets no program post."""

import pytest

from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.handing.scene import COMMENT, connect, hand_over, leader, write


@pytest.fixture
def diary(alice: Somebody, every_network: Sandbox) -> Channel:
    return connect(alice, every_network)


@pytest.fixture
def post(alice: Somebody, diary: Channel) -> Post:
    """Due now, with a picture and a first comment."""
    return write(alice, diary, comment=COMMENT)


@pytest.fixture
def handed(post: Post) -> Delivery:
    hand_over()
    return leader(post)
