"""Threads: posts of words, pictures, videos and polls, and chains of them, through an owner's app at Meta."""

from pathlib import Path

from hawker.connect.meta_hooks import MetaHears
from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.polls import POLL
from hawker.connect.text import say
from hawker.platforms.threads.account import LIMITS
from hawker.platforms.threads.app import APP
from hawker.platforms.threads.budgets import BUDGETS
from hawker.platforms.threads.options import (
    HIDE_ALL,
    HIDE_MEDIA,
    HIDE_TEXT,
    LINK,
    QUOTE,
    REPLIES,
    SPOILER,
    TOPIC,
    WHO,
    shapes,
)
from hawker.platforms.threads.publish import Publish
from hawker.platforms.threads.sandbox import Sandbox
from hawker.platforms.threads.sign_in import SignIn

PLATFORM = Platform(
    name="threads",
    title="Threads",
    colour="#000000",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=Sandbox,
    threads=True,
    app=APP,
    hears=MetaHears(),
    budgets=BUDGETS,
    shapes=shapes,
    fetches=True,
    kinds=(
        Kind.text,
        Kind.link,
        Kind.picture,
        Kind.pictures,
        Kind.video,
        Kind.thread,
        Kind.comment,
        Kind.poll,
    ),
    options=(
        Option(
            name=REPLIES,
            label=say("Who may reply"),
            choices=(
                Choice(value="", label=say("Everyone")),
                Choice(value=WHO[0], label=say("Accounts you follow")),
                Choice(value=WHO[1], label=say("Your followers")),
                Choice(value=WHO[2], label=say("Only accounts it mentions")),
            ),
        ),
        Option(
            name=TOPIC,
            label=say("Topic"),
            hint=say("One topic, without #. Threads takes the first #tag of the text where this is empty."),
        ),
        Option(
            name=LINK,
            label=say("Link"),
            hint=say("Shown as a card; for posts without pictures, videos and polls."),
        ),
        Option(
            name=POLL,
            label=say("Poll"),
            hint=say("Two to four answers with strokes between them: tea / coffee. It is open for a day."),
        ),
        Option(
            name=SPOILER,
            label=say("Spoiler"),
            choices=(
                Choice(value="", label=say("Hide nothing")),
                Choice(value=HIDE_TEXT, label=say("Hide the text")),
                Choice(value=HIDE_MEDIA, label=say("Hide pictures and videos")),
                Choice(value=HIDE_ALL, label=say("Hide both")),
            ),
            hint=say("Hidden until a reader taps it."),
        ),
        Option(
            name=QUOTE,
            label=say("Quote a post"),
            hint=say("The address of a post at Threads, or its number."),
        ),
    ),
)
