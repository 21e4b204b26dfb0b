"""hawker: the commands put together. What runs Hawker itself is handed over to its own program."""

import os
import sys
from typing import Annotated

import typer

from hawker import __version__
from hawker.cli import apps, channels, contacts, media, notices, pauses, planning, platforms, posts
from hawker.cli.command import Key, Url, Workspace
from hawker.cli.place import Place
from hawker.cli.speech import speak

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
HANDED_OVER = {"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False}


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(help=speak("A small business's whole presence on social networks."))
def hawker(
    ctx: typer.Context,
    url: Url = "",
    key: Key = "",
    workspace: Workspace = "",
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help=speak("Print the version.")),
    ] = False,
) -> None:
    ctx.obj = Place(url=url, key=key, workspace=workspace)


@app.command(help=speak("Runs Hawker on this machine."), add_help_option=False, context_settings=HANDED_OVER)
def up(ctx: typer.Context) -> None:
    _hand_over("hawker.config.up", ctx.args)


@app.command(
    help=speak("Serves the pages and the API, without a worker."),
    add_help_option=False,
    context_settings=HANDED_OVER,
)
def web(ctx: typer.Context) -> None:
    _hand_over("hawker.config.web", ctx.args)


@app.command(
    help=speak("Runs a worker, without any pages."), add_help_option=False, context_settings=HANDED_OVER
)
def worker(ctx: typer.Context) -> None:
    _hand_over("hawker.config.worker", ctx.args)


@app.command(
    help=speak("Puts everything that this installation owns into one file."),
    add_help_option=False,
    context_settings=HANDED_OVER,
)
def backup(ctx: typer.Context) -> None:
    _hand_over("hawker.config.backup", ctx.args)


@app.command(
    help=speak("Brings back what a backup holds."), add_help_option=False, context_settings=HANDED_OVER
)
def restore(ctx: typer.Context) -> None:
    _hand_over("hawker.config.restore", ctx.args)


@app.command(
    help=speak("Looks whether this installation is sound."),
    add_help_option=False,
    context_settings=HANDED_OVER,
)
def doctor(ctx: typer.Context) -> None:
    _hand_over("hawker.config.doctor", ctx.args)


def _hand_over(program: str, words: list[str]) -> None:
    os.execv(sys.executable, [sys.executable, "-m", program, *words])  # noqa: S606


platforms.register(app)
apps.register(app)
pauses.register(app)
notices.register(app)
app.add_typer(channels.app, name="channel")
app.add_typer(apps.app, name="app")
app.add_typer(posts.app, name="post")
app.add_typer(media.app, name="media")
app.add_typer(contacts.contact, name="contact")
app.add_typer(contacts.lists, name="list")
app.add_typer(planning.queue, name="queue")
app.add_typer(planning.repeat, name="repeat")
