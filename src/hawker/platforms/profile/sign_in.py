"""Which page the posts are for, at whatever network. No key is asked for, and none is kept."""

from hawker.connect.by_hand import ByName
from hawker.connect.text import say
from hawker.platforms.profile.page import LIMITS


class SignIn(ByName):
    limits = LIMITS
    query = True  # some networks write the number of a person there, and nothing else


SIGN_IN = SignIn(say("Open your own page in a browser, at whatever network it is, and copy its address."))
