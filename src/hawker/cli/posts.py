"""hawker post create · show · list · schedule · hold · resume · cancel · retry · done · delete."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import typer

from hawker.cli import answers
from hawker.cli.answers import Delivery, Json, Post
from hawker.cli.client import Client, path
from hawker.cli.command import Said, add
from hawker.cli.failure import Failed
from hawker.cli.speech import speak
from hawker.cli.table import pairs, shorten, table

app = typer.Typer(no_args_is_help=True, help=speak("Posts: written, scheduled, published."))
A_LINE = 40
DELIVERIES = ("NETWORK", "HANDLE", "PART", "STATE", "TIME", "MORE")

PostId = Annotated[str, typer.Argument(metavar="ID", help=speak("The post's id."))]
Channels = Annotated[
    list[str] | None, typer.Option(metavar="ID", help=speak("A channel; repeat it for more."))
]
Text = Annotated[str, typer.Option(help=speak("What the post says."))]
Files = Annotated[
    list[Path] | None,
    typer.Option(
        exists=True, dir_okay=False, readable=True, help=speak("A picture or a video; repeat it for more.")
    ),
]
Alts = Annotated[
    list[str] | None, typer.Option(help=speak("What the picture shows, in the order of --media."))
]
At = Annotated[
    str, typer.Option(metavar="TIME", help=speak("Such as 2026-12-01T09:00, in the business's time zone."))
]
Comment = Annotated[str, typer.Option(help=speak("A comment that follows the post."))]
Thread = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT", help=speak("What goes on from the post; repeat it for a longer thread.")),
]
Language = Annotated[str, typer.Option(help=speak("Of the text, such as zh-Hant or en."))]
To = Annotated[
    str, typer.Option(metavar="LIST", help=speak("Whom it goes to, on networks that deliver to people."))
]
Draft = Annotated[bool, typer.Option("--draft", help=speak("Only write it; send nothing out."))]
Queued = Annotated[bool, typer.Option("--queue", help=speak("At the next free weekly time of each channel."))]
Shelf = Annotated[str, typer.Option(help=speak("all, drafts, scheduled, published or attention."))]
Link = Annotated[str, typer.Option(metavar="URL", help=speak("Its address at the network."))]
Limit = Annotated[int, typer.Option(min=1, max=100, help=speak("How many at most."))]


@add(app, "create", "Writes a post and sends it out: at a time, or now.")
def create(
    client: Client,
    *,
    channel: Channels = None,
    text: Text = "",
    media: Files = None,
    alt: Alts = None,
    at: At = "",
    thread: Thread = None,
    first_comment: Comment = "",
    language: Language = "",
    draft: Draft = False,
    queue: Queued = False,
    to: To = "",
) -> Said:
    wish: dict[str, Json] = {
        "text": text,
        "channels": [{"id": each, "audience": to} if to else each for each in channel or []],
        "media": upload(client, media or [], alt or []),
        "thread": [{"text": each} for each in thread or []],
        "first_comment": first_comment,
        "draft": draft,
        "queue": queue,
    }
    named = {name: value for name, value in (("at", at), ("language", language)) if value}
    return one(client.make("/posts", {**wish, **named}))


@add(app, "show", "A post, and how it stands on each channel.")
def show(client: Client, post: PostId) -> Said:
    return one(client.get(path("posts", post)))


@add(app, "list", "The newest posts.")
def show_all(client: Client, state: Shelf = "all", limit: Limit = 20) -> Said:
    answer = client.get(path("posts", state=state, limit=str(limit)))
    return Said(answer, _table(answers.post(each) for each in answers.rows(answer, "posts")))


@add(app, "schedule", "Sends a draft out: at a time, at its own time, or now.")
def schedule(client: Client, post: PostId, at: At = "") -> Said:
    return one(client.post(path("posts", post, "schedule"), {"at": at} if at else {}))


@add(app, "hold", "Keeps a post back until it is resumed.")
def hold(client: Client, post: PostId) -> Said:
    return one(client.post(path("posts", post, "hold")))


@add(app, "resume", "Lets a held post go on: at its time, or now where that has passed.")
def resume(client: Client, post: PostId) -> Said:
    return one(client.post(path("posts", post, "resume")))


@add(app, "cancel", "Stops what has not been sent.")
def cancel(client: Client, post: PostId) -> Said:
    return one(client.post(path("posts", post, "cancel")))


@add(app, "retry", "Sends now what failed or came too late; else what was cancelled.")
def retry(client: Client, post: PostId) -> Said:
    there = answers.post(client.get(path("posts", post))).deliveries
    again = _in(there, "failed", "late") or _in(there, "cancelled")
    if not again:
        raise Failed(speak("Nothing of this post failed, came too late or was cancelled."))
    for each in again:
        client.post(path("deliveries", each.id, "retry"))
    return show(client, post)


@add(app, "done", "Says that you have posted yourself what waits for you.")
def done(client: Client, post: PostId, link: Link = "") -> Said:
    waiting = _in(answers.post(client.get(path("posts", post))).deliveries, "handed")
    if not waiting:
        raise Failed(speak("Nothing of this post waits for you to post it."))
    if link and len(waiting) > 1:
        raise Failed(speak("It waits on several channels: say on Hawker's pages where each one is."))
    for each in waiting:
        client.post(path("deliveries", each.id, "done"), {"url": link})
    return show(client, post)


@add(app, "delete", "Deletes a post of which nothing is on a network.")
def delete(client: Client, post: PostId) -> Said:
    return Said(client.delete(path("posts", post)), speak("Deleted."))


def upload(client: Client, files: list[Path], alts: list[str]) -> list[Json]:
    """The n-th text belongs to the n-th picture."""
    if len(alts) > len(files):
        raise typer.BadParameter(speak("There are more --alt than --media."))
    ids = [answers.text(client.upload("/media", file), "id") for file in files]
    return [{"id": media, "alt": alt} for media, alt in zip_longest(ids, alts, fillvalue="")]


def _in(deliveries: Iterable[Delivery], *states: str) -> list[Delivery]:
    return [each for each in deliveries if each.state in states]


def one(answer: Json) -> Said:
    post = answers.post(answer)
    head = pairs((("ID", post.id), ("STATE", speak(post.state)), ("TIME", post.at), ("TEXT", post.text)))
    rows = [
        (each.platform, each.handle, speak(each.part), speak(each.state), each.due, each.error or each.url)
        for each in post.deliveries
    ]
    return Said(answer, f"{head}\n\n{table(DELIVERIES, rows)}" if rows else head)


def _table(posts: Iterable[Post]) -> str:
    rows = [(each.id, speak(each.state), each.at, shorten(each.text, A_LINE)) for each in posts]
    if not rows:
        return speak("There is no post here. Write one with “hawker post create”.")
    return table(("ID", "STATE", "TIME", "TEXT"), rows)
