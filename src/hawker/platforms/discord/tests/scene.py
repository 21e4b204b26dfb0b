"""A shop signed in at the pretend Discord, and what it does there."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.sandbox import PretendDiscord
from hawker.platforms.discord.sandbox_world import Channel, Message, World
from hawker.sandbox.tests import scene
from tests.openapi import OpenApi
from tests.overheard import Talk

# The file tells where it is from.
DOCUMENT = OpenApi(Path(__file__).with_name("openapi.json"))
_API = re.compile(r"/api(?:/v\d+)?(?P<path>/.+)")


class Scene(scene.Scene):
    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, PretendDiscord)
        return self.network.pretend.world

    @property
    def channel(self) -> Channel:
        return self.world.open(self.handle)

    @property
    def messages(self) -> list[Message]:
        return list(self.channel.messages.values())

    @property
    def address(self) -> str:
        return self.fields()["webhook"]


problems = partial(scene.problems, PLATFORM)


def faults_of(talks: Iterable[Talk]) -> list[str]:
    """Where an answer, or what Hawker asked and was given, is not as Discord's document says, which is
    silent about a network that is broken."""
    calls = [(match["path"], talk) for talk in talks if (match := _API.fullmatch(talk.path))]
    return [fault for path, talk in calls if talk.status < 500 for fault in _faults(path, talk)]


def _faults(path: str, talk: Talk) -> Iterator[str]:
    """Not what discord.py asks: its “wait=1”, file ids that are numbers and “tts” in an edit are others than
    the document's, and go through all the same."""
    yield from DOCUMENT.faults_of_answer(talk.method, path, talk.status, talk.answer)
    if talk.status >= 400 or "Hawker" not in talk.caller:
        return
    yield from DOCUMENT.faults_of_query(talk.method, path, talk.query)
    if talk.method == "POST":
        body = asked_by(talk)
        yield from DOCUMENT.faults_of_request(talk.method, path, body)
        told = [f"files[{each['id']}]" for each in body.get("attachments", ())]
        yield from () if told == list(talk.files) else (f"{path}: {talk.files} are not {told}",)


def asked_by(talk: Talk) -> dict[str, Any]:
    asked = json.loads(talk.form.get("payload_json", "null")) or talk.body
    assert isinstance(asked, dict)
    return asked
