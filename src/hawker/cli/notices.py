"""hawker notices."""

from collections.abc import Iterable
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Notice
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.speech import speak
from hawker.cli.table import table

All = Annotated[bool, typer.Option("--all", help=speak("Also those that are read or settled."))]
Read = Annotated[
    list[str] | None, typer.Option(metavar="ID", help=speak("Mark this one as read; repeat it for more."))
]
Limit = Annotated[int, typer.Option(min=1, max=100, help=speak("How many at most."))]


def register(app: typer.Typer) -> None:
    add(app, "notices", "What needs you, and what to do about it.")(show)


def show(client: Client, *, everything: All = False, read: Read = None, limit: Limit = 20) -> Said:
    for each in read or []:
        client.post(path("notices", each, "read"))
    answer = client.get(path("notices", unread=str(not everything).lower(), limit=str(limit)))
    return Said(answer, _table(answers.notice(each) for each in answers.rows(answer, "notices")))


def _table(notices: Iterable[Notice]) -> str:
    rows = [
        (each.id, each.at, speak("open" if each.stands else "settled"), f"{each.headline} {each.advice}")
        for each in notices
    ]
    if not rows:
        return speak("Nothing needs you.")
    return table(("ID", "TIME", "STATE", "WHAT"), rows)
