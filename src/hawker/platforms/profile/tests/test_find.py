"""Nobody but its owner can look at a page."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from hawker.connect.errors import CannotLook
from hawker.connect.http import Http
from hawker.connect.values import Draft
from hawker.platforms.profile import PLATFORM


async def test_hawker_never_says_that_a_post_is_not_there(http: Http) -> None:
    typed = {"name": "Mei", "profile": "https://friends.example/mei"}
    mei = await PLATFORM.signs_in.sign_in(http, "profile", typed)
    draft = Draft(key=UUID(int=1), text="Tea", language="en")
    with pytest.raises(CannotLook, match="Look there yourself"):
        await PLATFORM.publishes.find(http, mei, draft, {}, since=datetime.now(UTC))
