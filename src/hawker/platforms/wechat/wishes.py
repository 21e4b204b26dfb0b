"""What the owner chose for one post: its kind, and what stands around its text."""

from collections.abc import Mapping

KIND, ARTICLE, MASS, PICTURES, MESSAGE = "kind", "", "mass", "pictures", "message"
TITLE, AUTHOR, DIGEST, SOURCE, TAG = "title", "author", "digest", "source", "tag"
COMMENTS, EVERYBODY, FOLLOWERS = "comments", "everybody", "followers"
# Kinds that go to followers as a message, and cannot be followed up by an id of the article.
SENT = (MASS, MESSAGE)


def kind_of(options: Mapping[str, str]) -> str:
    return options.get(KIND, ARTICLE)


def typed(options: Mapping[str, str], name: str) -> str:
    return options.get(name, "").strip()
