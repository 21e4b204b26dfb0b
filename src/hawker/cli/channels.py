"""hawker channel add · list · check · remove."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Channel, Json, Platform, Way
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.failure import Failed
from hawker.cli.speech import speak
from hawker.cli.table import table
from hawker.cli.typed import completed, read

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
    *,
    way: Annotated[str, typer.Option(help=speak("The way to sign in, where there are several."))] = "",
    accounts: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            metavar="ID",
            help=speak("Of several accounts that the sign-in opens, this one; repeat it for more."),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=speak("All accounts that the sign-in opens."))
    ] = False,
) -> Said:
    given = read(fields or [])
    chosen = _choose(_known(client, platform), way, given)
    body: dict[str, Json] = {
        "platform": platform,
        "way": chosen.name,
        "fields": completed(chosen.fields, given),
        "accounts": "all" if everything else accounts or None,
    }
    answer = client.post("/channels", body)
    connected = answers.rows(answer, "channels") or [answer]
    return Said(answer, _table(answers.channel(each) for each in connected))


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
