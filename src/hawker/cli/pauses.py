"""hawker hold-all · on-hold · resume-all."""

from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Json, Pause
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.failure import Failed
from hawker.cli.speech import speak
from hawker.cli.table import shorten, table

A_LINE = 40
Channel = Annotated[str, typer.Option(metavar="ID", help=speak("Only this channel."))]
Reason = Annotated[str, typer.Option(help=speak("Why, for your colleagues."))]
Look = Annotated[bool, typer.Option("--look", help=speak("Only show what would go out, and when."))]


def register(app: typer.Typer) -> None:
    add(app, "hold-all", "Stops publishing at once, until it is resumed.")(hold)
    add(app, "on-hold", "What is on hold now.")(show)
    add(app, "resume-all", "Lets publishing go on; what piled up goes out one after the other.")(resume)


def hold(client: Client, channel: Channel = "", reason: Reason = "") -> Said:
    wish = {"reason": reason} | ({"channel": channel} if channel else {})
    answer = client.post("/pauses", wish)
    return Said(answer, _table([answers.pause(answer)]))


def show(client: Client) -> Said:
    answer = client.get("/pauses")
    found = [answers.pause(each) for each in answers.rows(answer, "pauses")]
    return Said(answer, _table(found) if found else speak("Nothing is on hold."))


def resume(client: Client, channel: Channel = "", look: Look = False) -> Said:
    pause = _open(client, channel)
    one = path("pauses", pause.id)
    answer = client.get(one) if look else client.post(f"{one}/resume")
    return Said(answer, _releases(answer))


def _open(client: Client, channel: str) -> Pause:
    rows = answers.rows(client.get("/pauses"), "pauses")
    found = [each for each in map(answers.pause, rows) if each.channel == channel]
    if not found:
        raise Failed(speak("This is not on hold. “hawker on-hold” shows what is."))
    return found[0]


def _table(pauses: list[Pause]) -> str:
    rows = [
        (each.handle or speak("everything"), each.since, each.by, each.reason, each.channel)
        for each in pauses
    ]
    return table(("ON HOLD", "SINCE", "BY", "REASON", "CHANNEL"), rows)


def _releases(answer: Json) -> str:
    found = [answers.release(each) for each in answers.rows(answer, "releases")]
    if not found:
        return speak("Nothing has piled up. What is scheduled goes out at its time.")
    rows = [
        (each.at or speak("too late: asks you"), each.platform, each.handle, shorten(each.text, A_LINE))
        for each in found
    ]
    return table(("TIME", "NETWORK", "HANDLE", "TEXT"), rows)
