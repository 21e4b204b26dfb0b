"""What the owner sets up at WeChat before she connects an account, and the keys of its message push."""

from hawker.connect.abilities import Field
from hawker.connect.apps import App
from hawker.connect.text import say

WORD, AES_KEY = "verify_token", "encoding_aes_key"

APP = App(
    fields=(
        Field(
            name=AES_KEY,
            label=say("EncodingAESKey"),
            kind="password",
            required=False,
            hint=say(
                "43 letters and digits, which WeChat makes for you under message push. All accounts that you"
                " connect here use the same one. Leave it empty to do without message push."
            ),
        ),
        Field(
            name=WORD,
            label=say("Token for message push"),
            kind="password",
            required=False,
            hint=say("Leave it empty: Hawker then makes one and shows it here, for you to copy to WeChat."),
        ),
    ),
    steps=(
        say(
            "Sign in at mp.weixin.qq.com with your official account. Under Settings and Development, open"
            " Development Interface Management (or Basic Configuration)."
        ),
        say(
            "Copy the AppID. Press Reset at AppSecret (or Enable) and let the administrator confirm it on the"
            " phone. Copy it at once: WeChat shows it only once."
        ),
        say(
            "In the IP allow-list beside it enter the public address of the server on which Hawker runs."
            " WeChat takes no call from any other. If you do not know it, connect all the same: WeChat's"
            " refusal names the address, and Hawker shows it to you."
        ),
        say(
            "If you want Hawker to hear how publishing and mass sends ended: press Modify at message push,"
            " choose the safe mode (AES) and XML, let WeChat make an EncodingAESKey, and enter it here."
            " Hawker then shows the address (URL) and the token to enter there. For this Hawker must be"
            " reachable from the internet."
        ),
        say(
            "Save this page, also where both fields are empty, and connect the account with AppID and secret."
        ),
    ),
    scopes=(),
    review=say(
        "What an account may do depends on its kind. Verified subscription and service accounts publish and"
        " send to all followers: subscription accounts once a day, service accounts four times a month for"
        " each follower. Since July 2025 personal accounts and those not verified may only upload drafts:"
        " Hawker leaves the article among your drafts, and you publish it by hand."
    ),
    console="https://mp.weixin.qq.com",
)
