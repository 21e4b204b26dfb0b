"""The forms by which an owner signs in."""

from hawker.connect.abilities import Field, Way
from hawker.connect.sign_in import site_field
from hawker.connect.text import say
from hawker.platforms.nostr.bunker import FIELD
from hawker.platforms.nostr.typed import SITE

_KEY = Field(
    name="key",
    label=say("Secret key"),
    kind="password",
    hint=say("It begins with nsec1. Your Nostr app shows it among its settings, under keys."),
)
_SIGNER = Field(
    name=FIELD,
    label=say("Address of the signer"),
    kind="password",
    hint=say("It begins with bunker://. The signer's app shows it where you connect another app."),
)
_NAME = Field(name="name", label=say("Name"), hint=say("What readers see above your posts."))
_WHERE = (
    Field(
        name="server",
        label=say("Relays"),
        required=False,
        hint=say(
            "Such as “wss://nos.lol wss://relay.damus.io”. Leave it empty for those that your profile names, "
            "or well-known ones."
        ),
    ),
    Field(
        name="enough",
        label=say("Relays that must have a post"),
        default="1",
        required=False,
        hint=say("A post counts as published as soon as so many relays have it."),
    ),
    Field(
        name="media",
        label=say("Media server"),
        required=False,
        hint=say(
            "A Blossom server, which keeps your pictures. Leave it empty for your own, or a well-known one."
        ),
    ),
    site_field(SITE),
)
OWN = Way(
    name="key",
    label=say("With a secret key"),
    fields=(_KEY, *_WHERE),
    help=say(
        "Whoever has this key is you on Nostr, for ever: it cannot be changed or taken back. Hawker keeps it "
        "sealed and shows it to nobody."
    ),
)
SIGNED = Way(
    name="signer",
    label=say("With a signer"),
    fields=(_SIGNER, *_WHERE),
    help=say(
        "Your key stays in the signer's app, and Hawker asks there for each post, each file and each "
        "deletion. Let the signer allow that by itself, and keep it running: while it sleeps, posts wait."
    ),
)
MADE = Way(
    name="new",
    label=say("With a key that Hawker makes"),
    fields=(_NAME, *_WHERE),
    help=say(
        "Nobody but Hawker has this key, and Hawker shows it nowhere: keep Hawker's backups. If you want to "
        "post from a Nostr app too, make the key in that app or in a signer, and use one of the other forms."
    ),
)
