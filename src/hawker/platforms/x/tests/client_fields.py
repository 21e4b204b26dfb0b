"""The names that tweepy's classes have for what X answers; what they do not know is strange."""

import re
from collections.abc import Iterator, Mapping

import requests
import tweepy
from tweepy.tweet import ReferencedTweet

KINDS = (
    (r"(GET|POST) .*/2/tweets(/\d+)?", tweepy.Tweet),
    (r"GET .*/2/users/\d+/tweets", tweepy.Tweet),
    (r"GET .*/2/users/me", tweepy.User),
)
INCLUDED = {
    "media": tweepy.Media,
    "places": tweepy.Place,
    "polls": tweepy.Poll,
    "tweets": tweepy.Tweet,
    "users": tweepy.User,
}
# tweepy hands a long post's words on without a name of its own for them.
ALSO = {tweepy.Tweet: {"note_tweet"}}
Told = Mapping[str, object]


def strange(answer: requests.Response) -> list[str]:
    """Of uploads and tokens tweepy has no class; of refusals it reads a sentence, which must be there."""
    told = answer.json()
    if not answer.ok:
        return [] if tweepy.HTTPException(answer).api_messages else ["no sentence"]
    call = f"{answer.request.method} {str(answer.request.url).partition('?')[0]}"
    kind = next((kind for pattern, kind in KINDS if re.fullmatch(pattern, call)), None)
    return list(_of_answer(told, kind)) if kind else []


def _of_answer(told: Mapping[str, object], kind: type) -> Iterator[str]:
    yield from told.keys() - set(tweepy.Response._fields)
    for each in _objects(told.get("data")):
        yield from _of_object(each, kind)
    included = told.get("includes")
    for name, listed in included.items() if isinstance(included, dict) else ():
        for each in _objects(listed):
            yield from _of_object(each, INCLUDED[name]) if name in INCLUDED else [name]


def _of_object(told: Told, kind: type) -> Iterator[str]:
    slots: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]
    known = set(slots) - {"data"} | ALSO.get(kind, set())
    yield from told.keys() - known
    for each in _objects(told.get("referenced_tweets")):
        yield from _of_object(each, ReferencedTweet)


def _objects(told: object) -> list[Told]:
    return [told] if isinstance(told, dict) else told if isinstance(told, list) else []
