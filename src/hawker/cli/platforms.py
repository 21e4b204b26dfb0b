"""hawker platforms."""

import typer

from hawker.cli import answers
from hawker.cli.client import Client
from hawker.cli.command import Said, add
from hawker.cli.table import table


def register(app: typer.Typer) -> None:
    add(app, "platforms", "The networks, and what each asks for to connect a channel.")(show)


def show(client: Client) -> Said:
    answer = client.get("/platforms")
    known = [answers.platform(each) for each in answers.rows(answer, "platforms")]
    rows = [
        (each.name, each.title, way.name, " ".join(f"--{field.name}" for field in way.fields))
        for each in known
        for way in each.ways
        if not way.redirects
    ]
    return Said(answer, table(("NAME", "NETWORK", "WAY", "OPTIONS"), rows))
