from collections.abc import AsyncIterator

import pytest

from hawker.platforms.youtube.tests.scene import Scene, opened


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with opened() as scene:
        yield scene
