"""Which account the notes are for. No key is asked for, and none is kept."""

from hawker.connect.by_hand import ByName
from hawker.connect.text import say
from hawker.platforms.xiaohongshu.note import LIMITS


class SignIn(ByName):
    limits = LIMITS


SIGN_IN = SignIn(say("In the app: your profile, the three dots, Share, Copy link. Paste the link alone."))
