"""A pretend Xiaohongshu."""

from hawker.connect.pretend_by_hand import Entry, PretendByHand
from hawker.connect.pretend_pages import Look
from hawker.platforms.xiaohongshu.note import LIMITS, TITLE_LENGTH


class PretendXiaohongshu(PretendByHand):
    look = Look(
        "body{background:#f5f5f5;color:#333}header,article,form{background:#fff;border-radius:12px}"
        "a{color:#13386c}form{padding:12px 16px}input,textarea{display:block;width:100%;"
        "box-sizing:border-box;margin:4px 0 12px;font:inherit}"
        "button{background:#ff2442;color:#fff;border:0;border-radius:20px}"
    )
    limits = LIMITS
    title = TITLE_LENGTH

    def refusal(self, entry: Entry) -> str:
        videos = sum(file.is_video for file in entry.files)
        if not entry.files or (videos and len(entry.files) > 1):
            return f"A note holds up to {LIMITS.media} pictures, or one video."
        return super().refusal(entry)
