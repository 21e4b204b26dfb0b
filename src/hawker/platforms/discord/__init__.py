"""Discord: a channel, written to through a webhook of its owner's."""

from pathlib import Path

from hawker.connect.platform import Choice, Kind, Option, Platform
from hawker.connect.text import say
from hawker.platforms.discord.budgets import BUDGETS
from hawker.platforms.discord.channel import LIMITS
from hawker.platforms.discord.message import EVERYONE, LINKS, MENTIONS, NAMED, PLAIN, SILENT, SOUND
from hawker.platforms.discord.poll import RULES, TIMES
from hawker.platforms.discord.publish import Publish
from hawker.platforms.discord.sandbox import PretendDiscord
from hawker.platforms.discord.sign_in import SignIn
from hawker.platforms.discord.thread import THREAD, TITLE

PLATFORM = Platform(
    name="discord",
    title="Discord",
    colour="#5865f2",
    folder=Path(__file__).parent,
    limits=LIMITS,
    signs_in=SignIn(),
    publishes=Publish(),
    pretend=PretendDiscord,
    comments=False,
    budgets=BUDGETS,
    kinds=(Kind.text, Kind.link, Kind.picture, Kind.pictures, Kind.video, Kind.poll),
    options=(
        Option(
            name=MENTIONS,
            label=say("Who is notified by name"),
            choices=(
                Choice(value="", label=say("Nobody")),
                Choice(value=NAMED, label=say("The members and roles that the text mentions")),
                Choice(value=EVERYONE, label=say("These, and all by @everyone and @here")),
            ),
            hint=say("Unless you choose otherwise, @everyone in the text calls nobody."),
        ),
        Option(
            name=SOUND,
            label=say("How members are told"),
            choices=(
                Choice(value="", label=say("As each of them has set it")),
                Choice(value=SILENT, label=say("Without a sound")),
            ),
        ),
        Option(
            name=LINKS,
            label=say("Previews of links"),
            choices=(
                Choice(value="", label=say("Shown")),
                Choice(value=PLAIN, label=say("Hidden")),
            ),
        ),
        Option(
            name=TITLE,
            label=say("Title in a forum"),
            hint=say("Only for forum channels: opens a thread of this title. Leave it empty elsewhere."),
        ),
        Option(
            name=THREAD,
            label=say("Thread"),
            hint=say("To post in a thread of the channel, paste its link. Leave it empty for none."),
        ),
        *RULES.options(TIMES),
    ),
)
