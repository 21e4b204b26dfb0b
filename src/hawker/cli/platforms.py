"""hawker platforms."""

import typer

from hawker.cli import answers
from hawker.cli.answers import Platform, Way
from hawker.cli.client import Client
from hawker.cli.command import Said, add
from hawker.cli.speech import speak
from hawker.cli.table import table


def register(app: typer.Typer) -> None:
    add(app, "platforms", "The networks, and what each asks for to connect a channel.")(show)


def show(client: Client) -> Said:
    answer = client.get("/platforms")
    known = [answers.platform(each) for each in answers.rows(answer, "platforms")]
    rows = [
        (each.name, each.title, " ".join(each.kinds), each.version, _app(each), way.name, _options(way))
        for each in known
        for way in each.ways
    ]
    return Said(answer, table(("NAME", "NETWORK", "KINDS", "API", "APP", "WAY", "OPTIONS"), rows))


def _app(found: Platform) -> str:
    """Whether the keys of an app are stored; nothing where the network wants none."""
    return "" if found.app is None else speak("stored" if found.app else "lacking")


def _options(way: Way) -> str:
    return speak("in the browser") if way.redirects else " ".join(f"--{field.name}" for field in way.fields)
