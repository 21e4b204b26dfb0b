"""Every network by name; one whose folder is not filled in yet is skipped by name."""

from collections.abc import AsyncIterator, Iterator

import pytest

from hawker.connect.platform import Platform
from hawker.connect.registry import every_folder
from hawker.connect.values import Draft
from tests.conformance.calls import Calls
from tests.conformance.drafts import KINDS, of_kind
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


@pytest.fixture(params=KINDS)
def draft(request: pytest.FixtureRequest, stage: Stage) -> Draft:
    """A post of words, one with pictures, one with a video; skipped where the network wants no such post."""
    made = of_kind(stage.platform, stage.account.limits, request.param)
    if made is None:
        pytest.skip(f"{stage.platform.name} takes no such post: {request.param}")
    return made


@pytest.fixture
def calls(caplog: pytest.LogCaptureFixture) -> Calls:
    return Calls(caplog)
