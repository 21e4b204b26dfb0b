"""What every command that talks to Hawker has in common: where it is, how it answers, how it fails."""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer

from hawker.cli.answers import Json
from hawker.cli.client import Client
from hawker.cli.failure import Failed
from hawker.cli.place import Place, find
from hawker.cli.speech import speak

_PANEL = speak("Which Hawker")
Url = Annotated[str, typer.Option(help=speak("Address of the server [HAWKER_URL]."), rich_help_panel=_PANEL)]
Key = Annotated[str, typer.Option(help=speak("API key [HAWKER_KEY]."), rich_help_panel=_PANEL)]
Workspace = Annotated[
    str,
    typer.Option(help=speak("Id of the business, for the machine's own key."), rich_help_panel=_PANEL),
]
AsJson = Annotated[bool, typer.Option("--json", help=speak("Print the server's answer as it is."))]


@dataclass(frozen=True)
class Said:
    """The server's answer, and what a person reads of it."""

    answer: Json
    text: str


def add(
    app: typer.Typer, name: str, summary: str, *, open_ended: bool = False
) -> Callable[[Callable[..., Said]], Callable[..., Said]]:
    """Adds a function as a command: a client comes first among its arguments, the rest are its own.

    An `open_ended` command takes options that it does not name; the server is named before it then, so that
    no option of a network is taken for one of ours.
    """

    def added(work: Callable[..., Said]) -> Callable[..., Said]:
        settings = {"ignore_unknown_options": open_ended}
        app.command(name, help=speak(summary), context_settings=settings)(_told(work, open_ended))
        return work

    return added


def _told(work: Callable[..., Said], open_ended: bool) -> Callable[..., None]:
    def run(
        ctx: typer.Context, as_json: bool, url: str = "", key: str = "", workspace: str = "", **own: object
    ) -> None:
        before = ctx.find_object(Place) or Place()
        asked = Place(url=url or before.url, key=key or before.key, workspace=workspace or before.workspace)
        try:
            said = work(Client(find(asked)), **own)
        except Failed as failed:
            typer.echo(str(failed), err=True)
            raise typer.Exit(1) from failed
        typer.echo(json.dumps(said.answer, ensure_ascii=False, indent=2) if as_json else said.text)

    run.__signature__ = _signature(work, open_ended)  # type: ignore[attr-defined]
    return run


def _signature(work: Callable[..., Said], open_ended: bool) -> inspect.Signature:
    """The function's own arguments without the client, and ours."""
    named = inspect.Parameter.KEYWORD_ONLY
    _, *own = inspect.signature(work).parameters.values()
    where = [] if open_ended else [("url", Url), ("key", Key), ("workspace", Workspace)]
    ours = [
        inspect.Parameter("as_json", named, annotation=AsJson, default=False),
        *(inspect.Parameter(name, named, annotation=kind, default="") for name, kind in where),
        inspect.Parameter("ctx", named, annotation=typer.Context),
    ]
    return inspect.Signature([each.replace(kind=named) for each in own] + ours)
