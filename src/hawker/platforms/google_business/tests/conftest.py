from collections.abc import AsyncIterator

import pytest

from hawker.platforms.google_business.tests.scene import Business, opened


@pytest.fixture
async def scene() -> AsyncIterator[Business]:
    async with opened() as scene:
        yield scene
