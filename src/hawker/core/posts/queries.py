"""Reads of posts, and of the drafts that they are for connectors."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hawker.connect.platform import Audience
from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.connect.values import Draft, Limits, Media, Published, Recipient
from hawker.connect.values import Problem as ProblemThere
from hawker.core.channels import budgets
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State
from hawker.core.contacts import queries as contacts
from hawker.core.contacts.queries import Reach
from hawker.core.media import queries as media
from hawker.core.people.rules import Actor
from hawker.core.posts import prices, rules
from hawker.core.posts.models import Attachment, Post, Variant
from hawker.core.posts.prices import Cost
from hawker.core.posts.values import POST, THREAD, Picture, ThreadPart, Wording, Writing
from hawker.core.problems import NotFound, Problem
from hawker.core.rows import row_id

# Networks have other rules for what follows a post, and that post is not there yet when they are asked.
LEADER = Published(remote_id="", url="")
# Networks have other rules for messages to people of a list, and while one writes it is nobody yet.
SOMEBODY = Recipient(address="")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One post of a writing as one channel sees it, with its length by the network's rule."""

    part: int
    draft: Draft
    length: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """What Hawker makes of a medium before it is uploaded, so that one channel's network takes it."""

    part: int
    media: UUID
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """How one channel sees a writing: the post, what goes on from it, and what the network will refuse.
    `reach`: whom it goes to, where the network delivers to people and a list was chosen. `cost`: None where
    it costs nothing."""

    channel: Channel
    draft: Draft
    limits: Limits
    length: int
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()
    thread: tuple[Piece, ...] = ()
    reach: Reach | None = None
    cost: Cost | None = None

    @property
    def limit(self) -> int:
        return self.limits.text

    @property
    def media(self) -> list[Media]:
        """Of the post and of what goes on from it."""
        return [
            each for draft in (self.draft, *(piece.draft for piece in self.thread)) for each in draft.media
        ]


@dataclass(frozen=True, kw_only=True)
class _View:
    """What one channel looks at a writing with. `left`: of the messages of its plan."""

    channel: Channel
    wording: Wording
    reach: Reach | None
    left: int | None


def whole() -> QuerySet[Post]:
    """Posts with their pictures and channels at hand, and what these have `left` where prices tell it."""
    left = budgets.left_for_prices("channel_id", timezone.now())
    return Post.objects.select_related("author").prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("media")),
        Prefetch("variants", Variant.objects.select_related("channel").annotate(left=left)),
    )


def posts(actor: Actor) -> QuerySet[Post]:
    return whole().filter(workspace_id=actor.workspace).order_by("-created_at", "-id")


def post(actor: Actor, post_id: UUID) -> Post:
    """Raises NotFound."""
    found = posts(actor).filter(id=post_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Contents:
    """Of many posts what their channels publish: the wording by post and channel (text None: the post's own),
    the pictures by post and part."""

    wordings: Mapping[tuple[UUID, UUID], tuple[str | None, Mapping[str, str]]]
    pictures: Mapping[tuple[UUID, int], tuple[Media, ...]]


def contents(post_ids: Collection[UUID]) -> Contents:
    """In two queries, without a row's cost for each: a worker reads this of every post."""
    variants = Variant.objects.filter(post__in=post_ids).order_by()
    columns = variants.values_list("post_id", "channel_id", "text", "options")
    pictures = defaultdict[tuple[UUID, int], tuple[Media, ...]](tuple)
    attached = Attachment.objects.filter(post__in=post_ids).select_related("media").order_by("place")
    for each in attached:
        pictures[each.post_id, each.part] += (media.value(each.media, each.alt),)
    wordings = {(post, channel): (text, options) for post, channel, text, options in columns}
    return Contents(wordings, pictures)


def writing_of(post: Post) -> Writing:
    """The post as it was typed, to be edited."""
    return Writing(
        text=post.text,
        language=post.language,
        first_comment=post.first_comment,
        pictures=_shown(post, POST),
        thread=tuple(
            ThreadPart(text=text, pictures=_shown(post, part))
            for part, text in enumerate(post.thread, THREAD)
        ),
        wordings=tuple(
            Wording(channel=each.channel_id, text=each.text, options=each.options, audience=each.audience_id)
            for each in post.variants.all()
        ),
    )


def reviews(actor: Actor, writing: Writing) -> list[Review]:
    """Each channel's view of a writing, in the order of the channels."""
    pictures = _pictures(actor, writing)
    wordings = {wording.channel: wording for wording in writing.wordings}
    left = budgets.left_for_prices("id", timezone.now())
    known = [each for each in channels.channels(actor).annotate(left=left) if each.id in wordings]
    views = _views(actor, [(each, each.left) for each in known], wordings)
    return [_review(each, writing, pictures) for each in views]


def costs(actor: Actor, post: Post) -> list[Cost]:
    """What a post that has its pictures and channels at hand costs on those that are still there."""
    writing = writing_of(post)
    attached = [(each.part, media.value(each.media, each.alt)) for each in post.attachments.all()]
    parts = (POST, *range(THREAD, THREAD + len(post.thread)))
    pictures = {part: tuple(medium for at, medium in attached if at == part) for part in parts}
    wordings = {wording.channel: wording for wording in writing.wordings}
    chosen = [(each.channel, vars(each)["left"]) for each in post.variants.all()]
    there = [(channel, left) for channel, left in chosen if channel.state != State.removed]
    found = [_cost(each, writing, pictures) for each in _views(actor, there, wordings)]
    return [each for each in found if each]


def _views(
    actor: Actor, chosen: Sequence[tuple[Channel, int | None]], wordings: Mapping[UUID, Wording]
) -> list[_View]:
    reach = _reaches(actor, [channel for channel, _ in chosen], wordings)
    return [
        _View(channel=channel, wording=wordings[channel.id], reach=reach.get(channel.id), left=left)
        for channel, left in chosen
    ]


def _reaches(actor: Actor, chosen: Iterable[Channel], wordings: Mapping[UUID, Wording]) -> dict[UUID, Reach]:
    """By channel, of those whose network delivers to people and for which a list was chosen."""
    lists = {
        channel: audience
        for channel in chosen
        if platform(channel.platform).audience is not Audience.none
        and (audience := wordings[channel.id].audience)
    }
    known = contacts.reaches(actor, set(lists.values())) if lists else {}
    return {
        channel.id: known.get((audience, channel.platform), Reach()) for channel, audience in lists.items()
    }


def fitting(actor: Actor, writing: Writing) -> Callable[[str], bool]:
    """Whether a text is short enough for every channel of a writing."""
    wordings = {wording.channel: wording for wording in writing.wordings}
    asked = [
        (
            platform(channel.platform),
            options_for(channel, wordings[channel.id].options),
            channels.limits_of(channel),
        )
        for channel in channels.channels(actor)
        if channel.id in wordings
    ]
    return lambda text: all(
        rules.length(text, network, options, limits) <= limits.text for network, options, limits in asked
    )


def _pictures(actor: Actor, writing: Writing) -> dict[int, tuple[Media, ...]]:
    """Those of each part that are here."""
    shown = {POST: writing.pictures}
    shown |= {number: part.pictures for number, part in enumerate(writing.thread, THREAD)}
    wanted = [each.media for pictures in shown.values() for each in pictures]
    rows = {row.id: row for row in media.media(actor, wanted)}
    return {
        part: tuple(media.value(rows[each.media], each.alt) for each in pictures if each.media in rows)
        for part, pictures in shown.items()
    }


def _review(view: _View, writing: Writing, pictures: Mapping[int, tuple[Media, ...]]) -> Review:
    channel, reach = view.channel, view.reach
    drafts = _drafts(channel, view.wording, writing, pictures)
    first, *others = (_piece(channel, part, draft) for part, draft in drafts.items())
    found = [problem for piece in (first, *others) for problem in _of_piece(piece, channel)]
    return Review(
        channel=channel,
        draft=first.draft,
        limits=channels.limits_of(channel),
        length=first.length,
        problems=(
            *found,
            *_of_following(writing, first.draft, channel),
            *_of_audience(channel, view.wording, reach),
        ),
        changes=tuple(change for piece in (first, *others) for change in _changes(piece, channel)),
        thread=tuple(others),
        reach=reach,
        cost=_cost(view, writing, pictures),
    )


def _cost(view: _View, writing: Writing, pictures: Mapping[int, tuple[Media, ...]]) -> Cost | None:
    """Of the post, what goes on from it, and its first comment."""
    network, limits = platform(view.channel.platform), channels.limits_of(view.channel)
    drafts = list(_drafts(view.channel, view.wording, writing, pictures).values())
    if writing.first_comment:
        drafts.append(_comment(writing, drafts[0]))
    found = prices.price(network, drafts, limits, view.reach.goes_to if view.reach else None)
    return Cost(channel=view.channel, network=network.title, price=found, left=view.left) if found else None


def _comment(writing: Writing, draft: Draft) -> Draft:
    return replace(draft, text=writing.first_comment, media=(), reply_to=LEADER)


def _drafts(
    channel: Channel, wording: Wording, writing: Writing, pictures: Mapping[int, tuple[Media, ...]]
) -> dict[int, Draft]:
    """By part; the first comment is not among them."""
    own = writing.text if wording.text is None else wording.text
    texts = {POST: own} | {number: part.text for number, part in enumerate(writing.thread, THREAD)}
    options = options_for(channel, wording.options)
    by_name = platform(channel.platform).audience.by_name(wording.audience)
    return {
        part: Draft(
            key=row_id(),
            text=text,
            language=writing.language,
            media=pictures[part],
            options=options,
            reply_to=None if part == POST else LEADER,
            to=SOMEBODY if by_name else None,
        )
        for part, text in texts.items()
    }


def _piece(channel: Channel, part: int, draft: Draft) -> Piece:
    network, limits = platform(channel.platform), channels.limits_of(channel)
    return Piece(part=part, draft=draft, length=rules.length(draft.text, network, draft.options, limits))


def _of_piece(piece: Piece, channel: Channel) -> list[Problem]:
    found = rules.problems(piece.draft, platform(channel.platform), channels.limits_of(channel))
    return [
        Problem(field=each.field, sentence=each.sentence, channel=channel.id, part=piece.part)
        for each in found
    ]


def _changes(piece: Piece, channel: Channel) -> list[Change]:
    decided = rules.decisions(piece.draft, platform(channel.platform), channels.limits_of(channel))
    return [
        Change(part=piece.part, media=UUID(medium.id), sentences=each.changes)
        for medium, each in zip(piece.draft.media, decided, strict=True)
        if each.changes
    ]


def _of_following(writing: Writing, draft: Draft, channel: Channel) -> list[Problem]:
    network, limits = platform(channel.platform), channels.limits_of(channel)
    found = rules.of_following(network, thread=bool(writing.thread), comment=bool(writing.first_comment))
    if writing.first_comment:
        of_comment = rules.problems(_comment(writing, draft), network, limits)
        found += [ProblemThere(field="first_comment", sentence=each.sentence) for each in of_comment]
    return [Problem(field=each.field, sentence=each.sentence, channel=channel.id) for each in found]


def _of_audience(channel: Channel, wording: Wording, reach: Reach | None) -> list[Problem]:
    by_name = platform(channel.platform).audience.by_name(wording.audience)
    if not by_name or (reach and reach.goes_to):
        return []
    sentence = rules.NOBODY if reach is None else rules.NOBODY_AGREED
    return [Problem(field="audience", sentence=sentence, channel=channel.id)]


def _shown(post: Post, part: int) -> tuple[Picture, ...]:
    rows = (each for each in post.attachments.all() if each.part == part)
    return tuple(Picture(media=each.media_id, alt=each.alt) for each in rows)


def options_for(channel: Channel, given: Mapping[str, str]) -> dict[str, str]:
    """The options that this channel's network has, with their defaults; others are dropped."""
    options = platform(channel.platform).options
    return {option.name: given.get(option.name, "") or option.default for option in options}
