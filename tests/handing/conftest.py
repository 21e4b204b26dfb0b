"""Alice's channel, at each of the networks that let no program post."""

import pytest

from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.handing.scene import BY_HAND, COMMENT, connect, hand_over, leader, write


@pytest.fixture(params=BY_HAND)
def diary(alice: Somebody, every_network: Sandbox, request: pytest.FixtureRequest) -> Channel:
    return connect(alice, every_network, name=request.param)


@pytest.fixture
def post(alice: Somebody, diary: Channel) -> Post:
    """Due now, with a picture and a first comment."""
    return write(alice, diary, comment=COMMENT)


@pytest.fixture
def handed(post: Post) -> Delivery:
    hand_over()
    return leader(post)
