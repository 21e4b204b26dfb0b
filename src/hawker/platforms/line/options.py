"""What only LINE's posts have: cards, and choosing among the friends of an account."""

from hawker.connect.platform import Choice, Option
from hawker.connect.text import say

KIND, CARD = "kind", "card"
TITLE, BUTTON, ADDRESS = "title", "button", "address"
GENDER, FROM, TO, AREA, GROUP, MOST = "gender", "age_from", "age_to", "area", "group", "most"
SOUND, SILENT = "sound", "silent"
EVERYBODY = ""
AGES = tuple(str(age) for age in range(15, 75, 5))
# Messaging API reference, “Demographic filter object”, read 2026-07-01. Japan, Thailand and Indonesia have
# areas too.
AREAS = (
    Choice(value="tw_01", label=say("Taipei City")),
    Choice(value="tw_02", label=say("New Taipei City")),
    Choice(value="tw_03", label=say("Taoyuan City")),
    Choice(value="tw_04", label=say("Taichung City")),
    Choice(value="tw_05", label=say("Tainan City")),
    Choice(value="tw_06", label=say("Kaohsiung City")),
    Choice(value="tw_07", label=say("Keelung City")),
    Choice(value="tw_08", label=say("Hsinchu City")),
    Choice(value="tw_09", label=say("Chiayi City")),
    Choice(value="tw_10", label=say("Hsinchu County")),
    Choice(value="tw_11", label=say("Miaoli County")),
    Choice(value="tw_12", label=say("Changhua County")),
    Choice(value="tw_13", label=say("Nantou County")),
    Choice(value="tw_14", label=say("Yunlin County")),
    Choice(value="tw_15", label=say("Chiayi County")),
    Choice(value="tw_16", label=say("Pingtung County")),
    Choice(value="tw_17", label=say("Yilan County")),
    Choice(value="tw_18", label=say("Hualien County")),
    Choice(value="tw_19", label=say("Taitung County")),
    Choice(value="tw_20", label=say("Penghu County")),
    Choice(value="tw_21", label=say("Kinmen County")),
    Choice(value="tw_22", label=say("Lienchiang County")),
)
_ANY_AGE = Choice(value=EVERYBODY, label=say("Any age"))
_YEARS = tuple(Choice(value=age, label=say("%(age)s years", age=age)) for age in AGES)
OPTIONS = (
    Option(
        name=KIND,
        label=say("Kind of message"),
        choices=(
            Choice(value="", label=say("Text, pictures and videos")),
            Choice(value=CARD, label=say("Card with a title, a picture and a button")),
        ),
        hint=say("Up to five messages go out together: the text, and each picture or video."),
    ),
    Option(name=TITLE, label=say("Title of the card"), hint=say("Stands in the list of chats, too.")),
    Option(
        name=BUTTON,
        label=say("Button of the card"),
        hint=say("What it says, at most 20 characters, such as “Order now”. Leave it empty for none."),
    ),
    Option(
        name=ADDRESS,
        label=say("Where the button leads"),
        hint=say("A web address that begins with https://, or a phone number such as tel:+886212345678."),
    ),
    Option(
        name=GROUP,
        label=say("Audience ID"),
        hint=say("Of an audience in LINE Official Account Manager. Leave it empty for all friends."),
    ),
    Option(
        name=GENDER,
        label=say("Only to"),
        choices=(
            Choice(value=EVERYBODY, label=say("All friends")),
            Choice(value="female", label=say("Women")),
            Choice(value="male", label=say("Men")),
        ),
        hint=say("LINE guesses gender, age and place of its users, and leaves out whom it is not sure of."),
    ),
    Option(name=FROM, label=say("From the age of"), choices=(_ANY_AGE, *_YEARS)),
    Option(name=TO, label=say("Younger than"), choices=(_ANY_AGE, *_YEARS)),
    Option(
        name=AREA,
        label=say("Where they live"),
        choices=(Choice(value=EVERYBODY, label=say("Anywhere")), *AREAS),
    ),
    Option(
        name=MOST,
        label=say("At most so many people"),
        hint=say("LINE then draws them by lot. Leave it empty for all to whom the rest applies."),
    ),
    Option(
        name=SOUND,
        label=say("How friends are told"),
        choices=(
            Choice(value="", label=say("With a notification")),
            Choice(value=SILENT, label=say("Without a notification")),
        ),
    ),
)
