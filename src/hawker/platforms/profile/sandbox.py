"""A pretend network of people's own pages."""

from hawker.connect.pretend_by_hand import PretendByHand
from hawker.connect.pretend_pages import Look
from hawker.platforms.profile.page import LIMITS


class PretendProfile(PretendByHand):
    look = Look(
        "body{background:#eef1f4;color:#1d2730}article{background:#fff;border:1px solid #d5dce2}"
        "textarea{width:100%}label{display:block;margin:8px 0}"
    )
    limits = LIMITS
