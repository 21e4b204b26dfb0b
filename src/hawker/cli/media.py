"""hawker media add."""

from pathlib import Path
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Json
from hawker.cli.client import Client
from hawker.cli.command import Said, add
from hawker.cli.speech import speak
from hawker.cli.table import pairs

app = typer.Typer(no_args_is_help=True, help=speak("Pictures and videos for posts."))

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", exists=True, dir_okay=False, readable=True, help=speak("A picture or a video.")
    ),
]


@app.callback()
def media() -> None:
    """Keeps the one command below its name."""


@add(app, "add", "Adds a picture or a video; its id can be used in posts.")
def add_file(client: Client, file: File) -> Said:
    answer = client.upload("/media", file)
    return Said(answer, _shown(answer))


def _shown(answer: Json) -> str:
    added = answers.medium(answer)
    size = f"{added.width} × {added.height}"
    rows = (("ID", added.id), ("NAME", added.name), ("TYPE", added.type), ("SIZE", size))
    return pairs((*rows, ("SECONDS", added.seconds)))
