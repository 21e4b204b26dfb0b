"""hawker contact list · show · add · agree · stop · forget · import; list show · open · put · delete."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Json
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.failure import Failed
from hawker.cli.speech import speak
from hawker.cli.table import pairs, table

contact = typer.Typer(no_args_is_help=True, help=speak("People whom the business may write to."))
lists = typer.Typer(no_args_is_help=True, help=speak("Lists of contacts: whom a post goes to."))

Id = Annotated[str, typer.Argument(metavar="ID", help=speak("The contact's id."))]
ListId = Annotated[str, typer.Argument(metavar="ID", help=speak("The list's id."))]
Network = Annotated[str, typer.Option(metavar="NETWORK", help=speak("The network's name."))]
Search = Annotated[str, typer.Option(help=speak("Part of a name or number."))]
On = Annotated[str, typer.Option(metavar="LIST", help=speak("Only those on this list."))]
Name = Annotated[str, typer.Option(help=speak("The person's name."))]
Source = Annotated[str, typer.Option(help=speak("Where it was said: spoken, paper, form or message."))]
Words = Annotated[str, typer.Option(help=speak("In which words it was said: your proof."))]
Country = Annotated[str, typer.Option(help=speak("The country code for numbers that begin with 0."))]
Onto = Annotated[str, typer.Option("--list", metavar="LIST", help=speak("Put them on this list."))]
Everybody = Annotated[
    bool, typer.Option("--everybody", help=speak("All agreed whose line does not say otherwise."))
]
People = Annotated[list[str], typer.Argument(metavar="ID …", help=speak("The contacts' ids."))]


@add(contact, "list", "The contacts, by name.")
def show_all(client: Client, search: Search = "", on: On = "") -> Said:
    named = {name: value for name, value in (("search", search), ("on", on)) if value}
    answer = client.get(path("contacts", **named))
    return Said(answer, _people(answers.rows(answer, "contacts")))


@add(contact, "show", "A contact, and what was agreed to.")
def show(client: Client, contact: Id) -> Said:
    return _one(client.get(path("contacts", contact)))


@add(contact, "add", "Adds a person. With --words her consent is recorded as well.")
def join(
    client: Client,
    address: Annotated[str, typer.Argument(help=speak("The phone number with its country code."))],
    *,
    platform: Network,
    name: Name = "",
    source: Source = "spoken",
    words: Words = "",
) -> Said:
    consent = {"consent": {"source": source, "words": words}} if words else {}
    wish: dict[str, Json] = {"platform": platform, "address": address, "name": name, **consent}
    return _one(client.post("/contacts", wish))


@add(contact, "agree", "Records that a person agrees to get messages.")
def agree(client: Client, contact: Id, words: Words, source: Source = "spoken") -> Said:
    return _say(client, contact, given=True, source=source, words=words)


@add(contact, "stop", "Records that a person wants no more messages; none goes out from then on.")
def stop(client: Client, contact: Id, words: Words = "", source: Source = "spoken") -> Said:
    return _say(client, contact, given=False, source=source, words=words)


@add(contact, "forget", "Erases a contact, and all that is known of the person.")
def forget(client: Client, contact: Id) -> Said:
    return Said(client.delete(path("contacts", contact)), speak("Removed."))


@add(contact, "import", "Takes in a CSV file: number, name, “yes” where the person agreed.")
def take_in(
    client: Client,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    platform: Network,
    country: Country = "",
    onto: Onto = "",
    everybody: Everybody = False,
    source: Source = "form",
    words: Words = "",
) -> Said:
    wish: dict[str, Json] = {
        "platform": platform,
        "text": _text(file),
        "country": country,
        "everybody": everybody,
        "source": source,
        "words": words,
        **({"list": onto} if onto else {}),
    }
    return _report(client.post("/contacts/import", wish))


@add(lists, "show", "The lists, and how many are on each.")
def show_lists(client: Client) -> Said:
    answer = client.get("/lists")
    return Said(answer, _lists(answers.rows(answer, "lists")))


@add(lists, "open", "Opens a list.")
def open_list(client: Client, name: Annotated[str, typer.Argument(help=speak("The list's name."))]) -> Said:
    answer = client.post("/lists", {"name": name})
    return Said(answer, _lists([answer]))


@add(lists, "put", "Puts contacts on a list.")
def put(client: Client, list_id: ListId, people: People) -> Said:
    answer = client.post(path("lists", list_id, "people"), {"add": people})
    return Said(answer, _lists([answer]))


@add(lists, "delete", "Deletes a list; the people on it stay.")
def delete(client: Client, list_id: ListId) -> Said:
    return Said(client.delete(path("lists", list_id)), speak("Deleted."))


def _say(client: Client, contact: str, *, given: bool, source: str, words: str) -> Said:
    wish: dict[str, Json] = {"given": given, "source": source, "words": words}
    return _one(client.post(path("contacts", contact, "consent"), wish))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failed(speak("This file is no UTF-8 text. Save it as CSV (UTF-8) and try again.")) from error


def _one(answer: Json) -> Said:
    names = ("id", "platform", "address", "name", "consent")
    titles = ("ID", "NETWORK", "ADDRESS", "NAME", "CONSENT")
    head = pairs([(title, answers.text(answer, name)) for title, name in zip(titles, names, strict=True)])
    history = [
        (
            answers.when(each, "at"),
            speak("agreed" if answers.is_true(each, "given") else "withdrew"),
            answers.text(each, "source"),
            answers.text(each, "words"),
        )
        for each in answers.rows(answer, "history")
    ]
    said = table(("TIME", "SAID", "SOURCE", "WORDS"), history)
    return Said(answer, f"{head}\n\n{said}" if history else head)


def _people(found: Iterable[Json]) -> str:
    names = ("id", "address", "name", "consent")
    rows = [tuple(answers.text(each, name) for name in names) for each in found]
    return table(("ID", "ADDRESS", "NAME", "CONSENT"), rows) if rows else speak("There is no contact here.")


def _lists(found: Iterable[Json]) -> str:
    rows = [
        (
            answers.text(each, "id"),
            answers.text(each, "name"),
            answers.number(each, "people"),
            answers.number(each, "agreed"),
        )
        for each in found
    ]
    return table(("ID", "NAME", "PEOPLE", "AGREED"), rows) if rows else speak("There is no list here.")


def _report(answer: Json) -> Said:
    names = (("TAKEN", "taken"), ("KNOWN", "known"), ("DOUBLED", "doubled"))
    counted = pairs([(title, answers.number(answer, name)) for title, name in names])
    rows = [
        (answers.number(each, "line"), answers.text(each, "text"), answers.text(each, "sentence"))
        for each in answers.rows(answer, "refused")
    ]
    refused = table(("LINE", "TEXT", "WHY"), rows)
    return Said(answer, f"{counted}\n\n{refused}" if rows else counted)
