"""What only LinkedIn's posts have: their kind, a link as a card, a poll, who sees and shares them."""

from collections.abc import Mapping

from hawker.connect import polls
from hawker.connect.platform import Choice, Option
from hawker.connect.polls import POLL
from hawker.connect.text import say
from hawker.connect.values import Draft

KIND, POST, DOCUMENT = "kind", "post", "document"
TITLE, LINK, LINK_TITLE, LINK_TEXT = "title", "link", "link_title", "link_text"
QUESTION, POLL_TIME = "question", "poll_time"
TIMES = ("ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS")
WHO, EVERYONE, MEMBERS = "audience", "PUBLIC", "LOGGED_IN"
SHARES, NO = "shares", "no"

OPTIONS = (
    Option(
        name=KIND,
        label=say("Kind of post"),
        choices=(
            Choice(value=POST, label=say("Post")),
            Choice(value=DOCUMENT, label=say("Document to leaf through")),
        ),
        default=POST,
        hint=say(
            "A post has up to 20 pictures or one video; a picture beside a video is its cover. For a "
            "document Hawker makes a PDF of the pictures, one a page."
        ),
    ),
    Option(name=TITLE, label=say("Title of the video or document"), hint=say("A document needs one.")),
    Option(
        name=LINK,
        label=say("Link"),
        hint=say("Shown as a card below the text. A picture of the post becomes the card's picture."),
    ),
    Option(
        name=LINK_TITLE,
        label=say("Title of the link"),
        hint=say("LinkedIn does not look it up by itself."),
    ),
    Option(name=LINK_TEXT, label=say("Description of the link")),
    Option(name=QUESTION, label=say("Question of a poll"), hint=say("Up to 140 letters.")),
    Option(
        name=POLL,
        label=say("Answers of the poll"),
        hint=say("Two to four, up to 30 letters each, with strokes between them: tea / coffee."),
    ),
    Option(
        name=POLL_TIME,
        label=say("How long the poll is open"),
        choices=(
            Choice(value=TIMES[0], label=say("One day")),
            Choice(value=TIMES[1], label=say("Three days")),
            Choice(value=TIMES[2], label=say("A week")),
            Choice(value=TIMES[3], label=say("Two weeks")),
        ),
        default=TIMES[2],
    ),
    Option(
        name=WHO,
        label=say("Who sees it"),
        choices=(
            Choice(value=EVERYONE, label=say("Everyone")),
            Choice(value=MEMBERS, label=say("Members of LinkedIn")),
        ),
        default=EVERYONE,
    ),
    Option(
        name=SHARES,
        label=say("Others may share it"),
        choices=(Choice(value="", label=say("Yes")), Choice(value=NO, label=say("No"))),
    ),
)


def told(draft: Draft, name: str) -> str:
    return draft.options.get(name, "").strip()


def is_document(draft: Draft) -> bool:
    return told(draft, KIND) == DOCUMENT


def answers(options: Mapping[str, str]) -> list[str]:
    return polls.answers(options.get(POLL, ""))
