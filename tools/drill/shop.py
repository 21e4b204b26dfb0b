"""The shop whose posts are drilled: its business, its channels, and what is written there under fire."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

from hawker.config import demo_film, demo_pictures
from hawker.connect.registry import platforms
from tools.drill.api import Api, Away, Refusal
from tools.drill.count import Wanted
from tools.drill.marks import mark, worded
from tools.drill.networks import Networks, Place
from tools.kinds import KINDS, Kind, answers

PATIENCE_SECONDS = 120.0
WORDS = "今年的高山烏龍到了，本週來店裡先喝一杯再決定。"
OTHER_WORDS = "更正：高山烏龍下週才到，請多等幾天。"


def connect(api: Api, networks: Networks, places: Sequence[Place]) -> dict[str, Place]:
    """The account of each channel, by the channel's id."""
    found = {}
    for place in places:
        key = networks.account(place)
        if key.app:
            api.keep_app(place.platform, dict(key.app), PATIENCE_SECONDS)
        wish = {"platform": place.platform, "way": key.way, "fields": dict(key.fields)}
        found[api.connect(wish, PATIENCE_SECONDS)] = place
    return found


@dataclass(frozen=True)
class Media:
    """Ids of what the shop has to show."""

    pictures: Sequence[str]
    film: str


def add_media(api: Api) -> Media:
    drawn = (demo_pictures.tea_cup(), demo_pictures.tea_hills(), demo_pictures.gift_boxes())
    pictures = [api.add_medium("tea.jpg", "image/jpeg", each, PATIENCE_SECONDS) for each in drawn]
    film = api.add_medium("hills.mp4", "video/mp4", demo_film.hills().read(), PATIENCE_SECONDS)
    return Media(pictures, film)


class Writer:
    """Writes posts as its shop's program would, and goes on asking where Hawker is away. It changes some of
    them, and cancels some. `posts`: how many Hawker said it has, `promised`: what must come of them."""

    def __init__(self, api: Api, random: Random, channels: Mapping[str, Place], media: Media) -> None:
        self._api = api
        self._random = random
        self._channels = channels
        self._media = media
        self._written = 0
        self._pen = ThreadPoolExecutor(max_workers=1)
        self._may_write = threading.Event()
        self._may_write.set()
        self._writing = threading.Lock()
        self.posts = 0
        self.promised: list[Wanted] = []
        self.cancelled: set[str] = set()

    def begin(self, posts: int) -> Future[None]:
        """Writes so many posts beside whatever else happens; the result raises what went wrong."""
        return self._pen.submit(self._write_all, posts)

    def _write_all(self, posts: int) -> None:
        for _ in range(posts):
            self._may_write.wait()
            with self._writing:
                self._write()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nothing is written in this block; what is being written is finished before."""
        self._may_write.clear()
        with self._writing:
            yield
        self._may_write.set()

    def _write(self) -> None:
        number, self._written = self._written, self._written + 1
        wish = self._wish(number)
        post = self._api.write(wish, str(uuid4()), PATIENCE_SECONDS)
        self.posts += 1
        parts = [0, 1] if wish["first_comment"] else [0]
        self.promised += [
            Wanted(mark=mark(number, part), place=self._channels[channel])
            for channel in (each["id"] for each in wish["channels"])
            for part in parts
        ]
        self._change_mind(number, post)

    def _wish(self, number: int) -> Any:
        channels, kind, shown = self._drawn()
        commentable = all(self._answers(each, kind, comment=True) is not None for each in channels)
        commented = commentable and self._random.random() < 0.15
        return {
            "text": worded(mark(number), WORDS),
            "language": "zh-Hant",
            "channels": [
                {"id": each, "options": self._answers(each, kind, comment=commented)} for each in channels
            ],
            "media": [{"id": each, "alt": "一杯烏龍茶"} for each in shown],
            "first_comment": worded(mark(number, 1), "營業到八點。") if commented else "",
        }

    def _drawn(self) -> tuple[list[str], Kind, list[str]]:
        """Some channels, and what all of their networks take: whatever the first of them takes."""
        order = self._random.sample(list(self._channels), len(self._channels))
        kinds = [each for each in KINDS if self._answers(order[0], each) is not None]
        kind = self._random.choice(kinds)
        taking = [each for each in order if self._answers(each, kind) is not None]
        pictures, videos = kind
        shown = [*self._random.sample(self._media.pictures, pictures), *[self._media.film] * videos]
        return taking[: self._random.randint(1, len(taking))], kind, shown

    def _answers(self, channel: str, kind: Kind, *, comment: bool = False) -> Mapping[str, str] | None:
        return answers(platforms()[self._channels[channel].platform], kind, comment=comment)

    def _change_mind(self, number: int, post: str) -> None:
        """What is in hand by now cannot be changed any more, which is as good."""
        drawn = self._random.random()
        try:
            if drawn < 0.08:
                self._api.change(f"/posts/{post}", {"text": worded(mark(number), OTHER_WORDS)})
            elif drawn < 0.14:
                self.cancelled |= {mark(number, 0), mark(number, 1)}
                self._api.post(f"/posts/{post}/cancel")
        except (Away, Refusal):
            return
