"""hawker channel add · list · check · remove."""

import getpass
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Channel, Field, Json, Platform, Way
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.failure import Failed
from hawker.cli.speech import speak
from hawker.cli.table import table

app = typer.Typer(no_args_is_help=True, help=speak("The accounts that Hawker publishes on."))
ChannelId = Annotated[str, typer.Argument(metavar="ID", help=speak("The channel's id."))]


@add(
    app, "add", "Connects an account. “hawker platforms” names the options of each network.", open_ended=True
)
def connect(
    client: Client,
    platform: Annotated[str, typer.Argument(help=speak("The network's name."))],
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar="--OPTION VALUE …", help=speak("What the network asks for.")),
    ] = None,
    way: Annotated[str, typer.Option(help=speak("The way to sign in, where there are several."))] = "",
) -> Said:
    given = _read(fields or [])
    chosen = _choose(_known(client, platform), way, given)
    asked = {field.name: _secret(field) for field in chosen.fields if _is_asked(field, given)}
    body: dict[str, Json] = {"platform": platform, "way": chosen.name, "fields": {**given, **asked}}
    return _one(client.post("/channels", body))


@add(app, "list", "The channels of the business.")
def show_all(client: Client) -> Said:
    answer = client.get("/channels")
    return Said(answer, _table(answers.channel(each) for each in answers.rows(answer, "channels")))


@add(app, "check", "Asks the network whether the channel still works.")
def check(client: Client, channel: ChannelId) -> Said:
    return _one(client.post(path("channels", channel, "check")))


@add(app, "remove", "Forgets the channel. What was published stays on its network.")
def remove(client: Client, channel: ChannelId) -> Said:
    return Said(client.delete(path("channels", channel)), speak("Removed."))


def _read(words: Sequence[str]) -> dict[str, str]:
    """`--name value` and `--name=value`."""
    given, rest = {}, list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or not (equals or rest):
            raise typer.BadParameter(speak("Write what the network asks for as “--name value”."))
        given[name.removeprefix("--").replace("-", "_")] = value if equals else rest.pop(0)
    return given


def _known(client: Client, name: str) -> Platform:
    known = [answers.platform(each) for each in answers.rows(client.get("/platforms"), "platforms")]
    for each in known:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in known)
    raise Failed(speak("Hawker does not know “%(name)s”. It knows: %(names)s.", name=name, names=names))


def _choose(platform: Platform, named: str, given: Mapping[str, str]) -> Way:
    ways = [way for way in platform.ways if not way.redirects and named in ("", way.name)]
    for way in ways:
        if given.keys() <= {field.name for field in way.fields}:
            return way
    known = [way for way in platform.ways if not way.redirects]
    if not known:
        raise Failed(speak("%(title)s is connected in the browser, on Hawker's page.", title=platform.title))
    lines = "\n".join(f"  --way {way.name} {_options(way)}" for way in known)
    raise Failed(
        speak("%(title)s does not ask for this. It asks for:\n%(ways)s", title=platform.title, ways=lines)
    )


def _options(way: Way) -> str:
    return " ".join(f"--{field.name} …" for field in way.fields)


def _is_asked(field: Field, given: Mapping[str, str]) -> bool:
    """Also one that is not required: its answer may be empty."""
    return field.secret and not given.get(field.name)


def _secret(field: Field) -> str:
    """Typed without being shown, or a line of what is piped in: so it stands in no list of processes."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{field.label}: ")
    return sys.stdin.readline().rstrip("\r\n")


def _one(answer: Json) -> Said:
    return Said(answer, _table([answers.channel(answer)]))


def _table(channels: Iterable[Channel]) -> str:
    rows = [
        (each.id, each.platform, each.handle, each.name, speak(each.state), _left(each)) for each in channels
    ]
    if not rows:
        return speak("There is no channel yet. Connect one with “hawker channel add”.")
    return table(("ID", "NETWORK", "HANDLE", "NAME", "STATE", "LEFT"), rows)


def _left(channel: Channel) -> str:
    """What is left of its budgets, as far as that is known."""
    return "; ".join(
        speak(
            "%(left)s of %(limit)s %(what)s until %(time)s",
            left=each.left,
            limit=each.limit,
            what=each.title,
            time=each.resets,
        )
        for each in channel.budgets
    )
