"""What YouTube's refusals mean (Data API v3, “Errors”, 2026-11), and the sentence that the owner reads."""

from collections.abc import Mapping
from functools import partial

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.refusals import Meaning
from hawker.connect.text import Sentence, say
from hawker.platforms.youtube import options as opt

LOCKED = partial(
    Refused,
    say(
        "YouTube keeps this video private: it locks what comes from projects that it has not examined. Ask "
        "for the audit of your project (“YouTube API Services – Audit and Quota Extension Form”), or make "
        "the video public in YouTube Studio. Until then choose “Only you”."
    ),
    field=opt.PRIVACY,
)
GONE = partial(
    Refused,
    say("The video is no longer on the channel. Save the post once more, and Hawker uploads it anew."),
    field="media",
)
NO_THUMBNAIL = partial(
    Refused,
    say(
        "YouTube does not let this channel have thumbnails of its own. Verify its phone number at "
        "youtube.com/verify, or take the picture out."
    ),
    field="media",
)
BAD_THUMBNAIL = partial(
    Refused,
    say("YouTube does not take the thumbnail. Save the picture as JPEG or PNG, and add it again."),
    field="media",
)
NO_PLAYLIST = partial(
    Refused,
    say("Your channel has no such playlist. Copy its name or its ID from YouTube Studio, or leave it empty."),
    field=opt.PLAYLIST,
)
FULL_PLAYLIST = partial(
    Refused,
    say("The playlist is full, or takes no further videos. Choose another one, or leave it empty."),
    field=opt.PLAYLIST,
)
NO_CHANNEL = partial(
    SignInAgain,
    say(
        "This Google account has no YouTube channel, or it is not the one that signed in. Make one at "
        "youtube.com, then connect it here again."
    ),
)
CLOSED = partial(
    SignInAgain,
    say("YouTube has closed or suspended this account. Settle that at YouTube, then connect it here again."),
)
FORBIDDEN = partial(
    Refused,
    say("YouTube does not let this channel do that. YouTube Studio tells what is the matter with it."),
)
NO_COMMENTS = partial(
    Refused,
    say(
        "Comments are off under this video: it is private or made for kids, or YouTube Studio says so. "
        "Switch them on there, or leave the comment out."
    ),
    field="text",
)
MANY_UPLOADS = partial(
    Later,
    say(
        "This channel has uploaded as many videos as YouTube takes of it in a day. Hawker tries again by "
        "itself; a verified phone number allows more."
    ),
)
DATA = partial(
    Refused,
    say("YouTube does not take the title, description or category of this video. Change them and try again."),
    field="text",
)
_TITLE = partial(
    Refused, say("YouTube takes titles of 1 to 100 letters without < and >. Change it."), field=opt.TITLE
)
_TEXT = partial(
    Refused,
    say(
        "YouTube takes descriptions of up to 5000 bytes without < and > (a Chinese letter is three). Change "
        "it."
    ),
    field="text",
)
_TAGS = partial(
    Refused, say("YouTube does not take the tags: 500 letters in all, without < and >."), field=opt.TAGS
)
_CATEGORY = partial(
    Refused, say("YouTube does not take videos in this category. Choose another one."), field=opt.CATEGORY
)
_TIME = partial(
    Refused,
    say("YouTube does not take this time to publish by itself. Choose a later one, or leave it empty."),
    field=opt.PUBLISH_AT,
)
_COMMENT = partial(
    Refused, say("YouTube does not take this comment. Write one of at most 10,000 letters."), field="text"
)

REASONS: Mapping[str, Meaning] = {
    "invalidTitle": _TITLE,
    "invalidDescription": _TEXT,
    "invalidTags": _TAGS,
    "invalidCategoryId": _CATEGORY,
    "invalidPublishAt": _TIME,
    "invalidVideoMetadata": DATA,
    "invalidMetadata": DATA,
    "uploadLimitExceeded": MANY_UPLOADS,
    "uploadRateLimitExceeded": MANY_UPLOADS,
    "youtubeSignupRequired": NO_CHANNEL,
    "authenticatedUserNotChannel": NO_CHANNEL,
    "accountDelegationForbidden": NO_CHANNEL,
    "channelNotFound": NO_CHANNEL,
    "authenticatedUserAccountClosed": CLOSED,
    "authenticatedUserAccountSuspended": CLOSED,
    "channelClosed": CLOSED,
    "channelSuspended": CLOSED,
    "forbiddenPrivacySetting": LOCKED,
    "forbidden": FORBIDDEN,
    "videoNotFound": GONE,
    "playlistNotFound": NO_PLAYLIST,
    "playlistContainsMaximumNumberOfVideos": FULL_PLAYLIST,
    "playlistItemsNotAccessible": FULL_PLAYLIST,
    "commentsDisabled": NO_COMMENTS,
    "commentTextTooLong": _COMMENT,
    "commentTextRequired": _COMMENT,
    "invalidImage": BAD_THUMBNAIL,
}

_UNREADABLE = say("YouTube cannot read this video. Save it as MP4 (H.264 and AAC), and add it again.")
_BROKEN_OFF = say("The video did not arrive whole at YouTube. Publish it again.")
_WITHDRAWN = say(
    "YouTube rejected this video and names its rules or somebody’s rights (%(reason)s). YouTube Studio says "
    "more."
)
_LONG = say(
    "The video is too long for this channel: until its phone number is verified at youtube.com/verify, "
    "YouTube takes 15 minutes."
)
_TWICE = say("YouTube says that this video is on the channel already, and rejected the second one.")
# `failureReason` and `rejectionReason` of a video's status.
_ENDS: Mapping[str, Sentence] = {
    "conversion": _UNREADABLE,
    "invalidFile": _UNREADABLE,
    "codec": _UNREADABLE,
    "emptyFile": _BROKEN_OFF,
    "tooSmall": _BROKEN_OFF,
    "uploadAborted": _BROKEN_OFF,
    "length": _LONG,
    "duplicate": _TWICE,
}


def ended(reason: str) -> Refused:
    """Why YouTube gave a video up."""
    sentence = _ENDS.get(reason) or Sentence(_WITHDRAWN.text, {"reason": reason or "?"})
    return Refused(sentence, code=reason, field="media")
