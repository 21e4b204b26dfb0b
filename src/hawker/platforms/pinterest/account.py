"""Who an account is at Pinterest, and which boards it may put Pins on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from hawker.connect.apps import VERSION
from hawker.connect.http import Http
from hawker.connect.refusals import read
from hawker.connect.values import Account, Own
from hawker.platforms.pinterest.app import APP, place
from hawker.platforms.pinterest.limits import LIMITS
from hawker.platforms.pinterest.options import BOARD
from hawker.platforms.pinterest.refusals import NAME
from hawker.platforms.pinterest.wire import Api, Word

# An account has 2,000 boards at most (help.pinterest.com, “Limits for Pins, boards and follows”, 2026-11).
BOARDS = 2_000
SECRET, PUBLIC = "SECRET", "PUBLIC"


class _Person(BaseModel):
    username: Annotated[str, Field(min_length=1)]
    id: Word = ""
    business_name: Word = ""


class _Owner(BaseModel):
    username: Word = ""


class Board(BaseModel):
    id: str
    name: Word = ""
    privacy: Word = PUBLIC
    is_ads_only: Annotated[bool, BeforeValidator(bool)] = False
    owner: Annotated[_Owner, BeforeValidator(lambda value: value or {})] = _Owner()

    def own(self, username: str) -> Own:
        """Boards of a group say whose they are."""
        whose = self.owner.username
        label = self.name if whose in {"", username} else f"{self.name} ({whose})"
        return Own(option=BOARD, value=self.id, label=label or self.id)


async def read_account(
    http: Http, keys: Mapping[str, str], secrets: Mapping[str, str], expires_at: datetime | None
) -> Account:
    """`keys`: those of the owner's app, with the places where Pinterest is."""
    server, site = place(keys)
    api = Api(http, f"{server}/{APP.version(keys)}", secrets["access_token"])
    person = read(NAME, await api.ask("user_account"), _Person)
    own = tuple(board.own(person.username) for board in await boards(api))
    return Account(
        remote_id=person.id or person.username,
        handle=person.username,
        name=person.business_name or person.username,
        server=server,
        site=site,
        url=f"{site}/{person.username}/",
        limits=replace(LIMITS, own=own),
        secrets=secrets,
        expires_at=expires_at,
        app={name: keys[name] for name in (*APP.names, VERSION) if keys.get(name)},
    )


async def boards(api: Api) -> list[Board]:
    """Those that others see, the public ones first: secret ones, which Hawker asks no right for, and those
    for advertisements only are left out."""
    found = list[Board]()
    async for _, page in api.pages("boards", Board):
        found += [board for board in page if board.privacy != SECRET and not board.is_ads_only]
        if len(found) >= BOARDS:
            break
    return sorted(found[:BOARDS], key=lambda board: board.privacy not in {"", PUBLIC})
