"""A shop signed in at the pretend Instagram, and what it does there."""

from dataclasses import dataclass, replace
from uuid import uuid4

from aiohttp import web

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.platforms.instagram.containers import state_of, whole_of
from hawker.platforms.instagram.hosts import api_of
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.sandbox_world import Container, Post, World
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests import scene
from hawker.sandbox.tests.films import moving
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.strangers import Stranger


@dataclass(frozen=True, kw_only=True)
class Scene(scene.Scene):
    """`files`: where Instagram fetches pictures and videos."""

    files: Stranger

    @property
    def pretend(self) -> Sandbox:
        return pretend_of(self.network)

    @property
    def world(self) -> World:
        return self.pretend.world

    @property
    def posts(self) -> list[Post]:
        return list(self.world.posts.values())

    @property
    def containers(self) -> list[Container]:
        return list(self.world.containers.values())

    def behave(self, **changes: object) -> None:
        self.world.manners = replace(self.world.manners, **changes)  # type: ignore[arg-type]

    def break_once(self, kind: Kind, call: str = "send") -> None:
        self.network.faults.add(Fault(kind=kind, call=call))

    def picture(self, alt: str = "Steam over bao", *, public: bool = True) -> Media:
        return self.medium(pixels("JPEG"), "image/jpeg", alt, public=public)

    def video(self, seconds: int = 4, *, public: bool = True) -> Media:
        return self.medium(moving(seconds), "video/mp4", seconds=seconds, public=public)

    def medium(
        self, content: bytes, content_type: str, alt: str = "", *, seconds: float = 0, public: bool = True
    ) -> Media:
        name = str(uuid4())
        self.files.says[f"GET /{name}"] = web.Response(body=content, content_type=content_type)

        def address() -> str:
            if not public:
                raise Refused(say("Hawker has no public address."), code="private", field="media")
            return f"{self.files.address}/{name}"

        return Media(
            id=name,
            content_type=content_type,
            size=len(content),
            width=40,
            height=30,
            alt=alt,
            seconds=seconds,
            read=lambda: content,
            address=address,
        )

    def was_fetched(self, medium: Media) -> bool:
        return f"GET /{medium.id}" in self.files.heard

    async def state(self, done: dict[str, str]) -> str:
        return (await state_of(api_of(self.http, self.shop), whole_of(done))).status_code


def pretend_of(network: Network) -> Sandbox:
    assert isinstance(network.pretend, Sandbox)
    return network.pretend
