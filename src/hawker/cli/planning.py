"""hawker queue show · set · add; hawker repeat create · list · show · pause · resume · end."""

from collections.abc import Iterable
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Json, Queue, Recurrence
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.posts import Alts, Channels, Comment, Files, Language, PostId, Text, Thread, upload
from hawker.cli.posts import one as one_post
from hawker.cli.speech import speak
from hawker.cli.table import pairs, shorten, table

queue = typer.Typer(no_args_is_help=True, help=speak("Weekly times that take the next post from the queue."))
repeat = typer.Typer(no_args_is_help=True, help=speak("Posts that come back by a rule."))
A_LINE = 40

ChannelId = Annotated[str, typer.Argument(metavar="ID", help=speak("The channel's id."))]
Slots = Annotated[
    list[str] | None,
    typer.Argument(metavar="WEEKDAY@TIME …", help=speak("Such as monday@09:00 friday@18:30; none clears.")),
]
RecurrenceId = Annotated[str, typer.Argument(metavar="ID", help=speak("The recurrence's id."))]
Kind = Annotated[str, typer.Option(help=speak("daily, weekdays, weekly or monthly."))]
Time = Annotated[str, typer.Option(help=speak("Such as 09:00, in the business's time zone."))]
On = Annotated[list[str] | None, typer.Option(help=speak("A weekday such as monday; repeat it for more."))]
Day = Annotated[int, typer.Option(help=speak("Day of the month; 31 is the last one."))]
Start = Annotated[str, typer.Option(metavar="DAY", help=speak("The first day, such as 2026-12-01."))]
Until = Annotated[str, typer.Option(metavar="DAY", help=speak("The last day."))]
Count = Annotated[int, typer.Option(help=speak("How many times."))]


@add(queue, "show", "Each channel's weekly times, and the next free ones.")
def show_queues(client: Client) -> Said:
    answer = client.get("/queue")
    return Said(answer, _queues(answers.queue(each) for each in answers.rows(answer, "queues")))


@add(queue, "set", "Replaces a channel's weekly times.")
def set_slots(client: Client, channel: ChannelId, slots: Slots = None) -> Said:
    split = [each.partition("@") for each in slots or []]
    wish: list[Json] = [{"weekday": weekday.lower(), "time": time} for weekday, _, time in split]
    answer = client.put(path("channels", channel, "slots"), {"slots": wish})
    return Said(answer, _queues([answers.queue(answer)]))


@add(queue, "add", "Sends a draft out at the next free weekly time of each of its channels.")
def enqueue(client: Client, post: PostId) -> Said:
    return one_post(client.post(path("posts", post, "queue")))


@add(repeat, "create", "Lets a post come back by a rule.")
def create(
    client: Client,
    *,
    kind: Kind,
    time: Time,
    on: On = None,
    day: Day = 1,
    start: Start = "",
    until: Until = "",
    count: Count = 0,
    channel: Channels = None,
    text: Text = "",
    media: Files = None,
    alt: Alts = None,
    thread: Thread = None,
    first_comment: Comment = "",
    language: Language = "",
) -> Said:
    wish: dict[str, Json] = {
        "kind": kind,
        "time": time,
        "weekdays": on or [],
        "day": day,
        "text": text,
        "channels": channel or [],
        "media": upload(client, media or [], alt or []),
        "thread": [{"text": each} for each in thread or []],
        "first_comment": first_comment,
    }
    more: dict[str, Json] = {"start": start, "until": until, "count": count, "language": language}
    return _one(client.make("/recurrences", wish | {name: value for name, value in more.items() if value}))


@add(repeat, "list", "The posts that come back.")
def show_all(client: Client) -> Said:
    answer = client.get("/recurrences")
    return Said(answer, _table(answers.recurrence(each) for each in answers.rows(answer, "recurrences")))


@add(repeat, "show", "A post that comes back, and its next posts.")
def show(client: Client, recurrence: RecurrenceId) -> Said:
    return _one(client.get(path("recurrences", recurrence)))


@add(repeat, "pause", "Takes back what has not gone out, and makes no more until it is resumed.")
def pause(client: Client, recurrence: RecurrenceId) -> Said:
    return _one(client.post(path("recurrences", recurrence, "pause")))


@add(repeat, "resume", "Lets it come back again from now on.")
def resume(client: Client, recurrence: RecurrenceId) -> Said:
    return _one(client.post(path("recurrences", recurrence, "resume")))


@add(repeat, "end", "Lets it come back no more; what is published stays.")
def end(client: Client, recurrence: RecurrenceId) -> Said:
    return Said(client.delete(path("recurrences", recurrence)), speak("Ended."))


def _queues(queues: Iterable[Queue]) -> str:
    rows = [(each.channel, each.platform, each.handle, each.slots, each.free) for each in queues]
    if not rows:
        return speak("There is no channel yet. Connect one with “hawker channel add”.")
    return table(("ID", "NETWORK", "HANDLE", "WEEKLY", "FREE NEXT"), rows)


def _one(answer: Json) -> Said:
    row = answers.recurrence(answer)
    head = pairs((("ID", row.id), ("STATE", speak(row.state)), ("RULE", row.rule), ("TEXT", row.text)))
    posts = [(answers.text(each, "post"), answers.when(each, "at")) for each in answers.rows(answer, "posts")]
    said = [each for each in (head, table(("POST", "TIME"), posts) if posts else "", row.trouble) if each]
    return Said(answer, "\n\n".join(said))


def _table(recurrences: Iterable[Recurrence]) -> str:
    rows = [
        (each.id, speak(each.state), each.rule, each.next, shorten(each.text, A_LINE)) for each in recurrences
    ]
    if not rows:
        return speak("Nothing comes back yet. Make it so with “hawker repeat create”.")
    return table(("ID", "STATE", "RULE", "NEXT", "TEXT"), rows)
