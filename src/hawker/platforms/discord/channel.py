"""Which channel a webhook posts to."""

from pydantic import BaseModel

from hawker.connect.errors import SignInAgain
from hawker.connect.text import say
from hawker.connect.values import Account, Limits
from hawker.platforms.discord.refusals import explain
from hawker.platforms.discord.wire import Hook

# Discord API v10, 2026-08-06. 10 MiB is what every server takes; more, in boosted ones, is told to bots only.
# Pixels and lengths have no limit there: that of pictures is what its apps can show.
LIMITS = Limits(
    text=2_000,
    media=10,
    alt_text=1_024,
    image_bytes=10 * 2**20,
    image_pixels=50_000_000,
    image_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    video_bytes=10 * 2**20,
    video_types=("video/mp4",),
)
_INCOMING = 1


class Webhook(BaseModel):
    type: int
    channel_id: str | None = None
    guild_id: str | None = None
    name: str | None = None


async def read_channel(hook: Hook, site: str, handle: str) -> Account:
    """`handle`: what the owner calls the channel, for Discord tells a webhook no channel's name.

    Raises SignInAgain where the webhook posts nowhere.
    """
    webhook = await hook.ask(Webhook, explain=explain)
    if webhook.type != _INCOMING or not webhook.channel_id:
        raise SignInAgain(
            say("This webhook takes no posts. Make one in the channel's settings, under Integrations.")
        )
    name = webhook.name or "Webhook"
    return Account(
        remote_id=webhook.channel_id,
        handle=handle or name,
        name=name,
        server=hook.server,
        site=site,
        url=f"{site}/channels/{webhook.guild_id or '@me'}/{webhook.channel_id}",
        limits=LIMITS,
        secrets={"key": hook.key},
    )


def moved() -> SignInAgain:
    sentence = say(
        "This Discord webhook was given to another channel. Let it post in this one again, or connect the "
        "other channel here."
    )
    return SignInAgain(sentence)
