"""Every network by name; one whose folder is not filled in yet is skipped by name."""

from collections.abc import AsyncIterator, Iterator

import pytest

from hawker.connect.platform import Platform
from hawker.connect.registry import every_folder
from hawker.connect.values import Draft
from tests.conformance.calls import Calls
from tests.conformance.drafts import compose, most_pictures
from tests.conformance.stage import Stage, staged


def _networks() -> Iterator[object]:
    for name, platform in every_folder().items():
        blank = pytest.mark.skipif(not platform.filled_in, reason=f"{name} is not filled in yet")
        yield pytest.param(platform, id=name, marks=blank)


@pytest.fixture(params=_networks())
def platform(request: pytest.FixtureRequest) -> Platform:
    assert isinstance(request.param, Platform)
    return request.param


@pytest.fixture
async def stage(platform: Platform) -> AsyncIterator[Stage]:
    async with staged(platform) as stage:
        yield stage


@pytest.fixture(params=["words", "pictures"])
def draft(request: pytest.FixtureRequest, stage: Stage) -> Draft:
    """A post of words, and one with pictures; skipped where the network wants no such post."""
    limits = stage.account.limits
    pictures = most_pictures(stage.platform, limits) if request.param == "pictures" else 0
    if request.param == "pictures" and not pictures:
        pytest.skip(f"{stage.platform.name} takes no pictures")
    made = compose(stage.platform, limits, pictures=pictures)
    stage.needs_to_take(made)
    return made


@pytest.fixture
def calls(caplog: pytest.LogCaptureFixture) -> Calls:
    return Calls(caplog)
