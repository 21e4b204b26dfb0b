"""hawker apps · app show · keep · forget: the keys of the owner's own apps at networks."""

from collections.abc import Iterable
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import OwnApp
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.speech import speak
from hawker.cli.table import pairs, table
from hawker.cli.typed import completed, read

app = typer.Typer(no_args_is_help=True, help=speak("The keys of your own apps at networks."))
Name = Annotated[str, typer.Argument(metavar="NETWORK", help=speak("The network's name."))]


def register(commands: typer.Typer) -> None:
    add(commands, "apps", "The networks that want an app of your own, and whether its keys are stored.")(
        show_all
    )


def show_all(client: Client) -> Said:
    answer = client.get("/apps")
    return Said(answer, _table(answers.own_app(each) for each in answers.rows(answer, "apps")))


@add(app, "show", "What to register at the network, and what is stored.")
def show(client: Client, platform: Name) -> Said:
    answer = client.get(path("apps", platform))
    return Said(answer, _guide(answers.own_app(answer)))


@add(app, "keep", "Stores the keys of your app. “hawker app show” names its options.", open_ended=True)
def keep(
    client: Client,
    platform: Name,
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="--OPTION VALUE …", help=speak("What the network asks for.")),
    ] = None,
) -> Said:
    asked = answers.own_app(client.get(path("apps", platform)))
    answer = client.put(path("apps", platform), {"keys": completed(asked.fields, read(keys or []))})
    return Said(answer, _table([answers.own_app(answer)]))


@add(app, "forget", "Forgets the keys. Channels that work through the app wait until there are some again.")
def forget(client: Client, platform: Name) -> Said:
    answer = client.delete(path("apps", platform))
    stopped = [
        (answers.text(each, "id"), answers.text(each, "handle")) for each in answers.rows(answer, "stopped")
    ]
    if not stopped:
        return Said(answer, speak("Removed."))
    lines = table(("ID", "HANDLE"), stopped)
    return Said(
        answer, speak("Removed. These channels wait until there are keys again:\n%(lines)s", lines=lines)
    )


def _table(apps: Iterable[OwnApp]) -> str:
    rows = [
        (each.platform, speak("stored" if each.stored else "lacking"), _version(each), _options(each))
        for each in apps
    ]
    return table(("NETWORK", "KEYS", "API", "OPTIONS"), rows)


def _guide(found: OwnApp) -> str:
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(found.steps, 1))
    about = pairs(
        (
            ("KEYS", speak("stored" if found.stored else "lacking")),
            ("OPTIONS", _options(found)),
            ("REDIRECT", found.redirect),
            ("WEBHOOK", found.webhook),
            ("VERIFY TOKEN", found.verify_token),
            ("RIGHTS", " ".join(found.scopes)),
            ("API", _version(found)),
            ("CONSOLE", found.console),
        )
    )
    return f"{steps}\n\n{about}"


def _options(found: OwnApp) -> str:
    return " ".join(f"--{field.name}" for field in found.fields)


def _version(found: OwnApp) -> str:
    if not found.sunset:
        return found.version
    return speak("%(version)s until %(day)s", version=found.version, day=found.sunset)
