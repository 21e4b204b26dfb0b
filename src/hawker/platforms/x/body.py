"""What goes into a post beside its text: pictures, the answered post, who may reply, disclosures, a poll."""

from collections.abc import Mapping

from hawker.connect import polls
from hawker.connect.http import Json
from hawker.connect.polls import POLL
from hawker.connect.values import Draft
from hawker.platforms.x.media import upload_id

REPLIES, AI, PAID, POLL_TIME = "replies", "made_with_ai", "paid_partnership", "poll_time"
YES = "yes"
# CreatePostsPoll of the OpenAPI document 2.167: up to seven days, in minutes.
TIMES = ("1440", "4320", "10080")


def answers(draft: Draft) -> list[str]:
    """Of a poll, which stands in a thread's first post."""
    return [] if draft.reply_to else polls.answers(draft.options.get(POLL, ""))


def body(draft: Draft, done: Mapping[str, str]) -> dict[str, Json]:
    """What is empty is left out. Who may reply is settled by a thread's first post."""
    wish: dict[str, Json] = {"text": draft.text}
    if draft.media:
        wish["media"] = {"media_ids": [upload_id(done[medium.id]) for medium in draft.media]}
    if draft.reply_to:
        wish["reply"] = {"in_reply_to_tweet_id": draft.reply_to.remote_id}
    elif draft.options.get(REPLIES):
        wish["reply_settings"] = draft.options[REPLIES]
    for name in (AI, PAID):
        if draft.options.get(name) == YES:
            wish[name] = True
    if poll := answers(draft):
        minutes = int(draft.options.get(POLL_TIME) or TIMES[0])
        wish["poll"] = {"options": [*poll], "duration_minutes": minutes}
    return wish
