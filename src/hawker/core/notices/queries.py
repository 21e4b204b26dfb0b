"""Reads of notices: a person's own, or for a key those of the whole business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.connect.text import Sentence, say
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import Ending, told_ending
from hawker.core.channels.rules import State as ChannelState
from hawker.core.notices import rules
from hawker.core.notices.models import Copy, Letter, Notice, Preference
from hawker.core.notices.rules import Figures, Kind, LetterState, Subject
from hawker.core.people import queries as people
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Actor
from hawker.core.posts.models import Post
from hawker.core.problems import NotFound
from hawker.core.publishing import queries as publishing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.speech import speak

BEGINNING = 40
OUT = frozenset({"published", "partly_published", "removed"})
NEEDING = frozenset({"failed", "handed"})
NO_TEXT = say("No text, only pictures or videos")


@dataclass(frozen=True, kw_only=True)
class Item:
    """A notice as people read it. `stands`: it still needs somebody; `why`: what the network said; `handed`:
    its post waits for its owner to post it herself; `needing`: of a week, how many posts need somebody."""

    id: UUID
    kind: Kind
    headline: Sentence
    advice: Sentence | None
    why: Sentence | None
    code: str
    made_at: datetime
    due_at: datetime | None
    unread: bool
    stands: bool
    post: UUID | None
    delivery: UUID | None
    channel: UUID | None
    handed: bool = False
    needing: int = 0


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person wants to be told of, and how."""

    kind: Kind
    in_app: bool
    by_mail: bool


def _stands(prefix: str = "") -> Q:
    """A notice stands as long as its post or channel is where it was when it was told."""
    of_post = {f"{prefix}delivery__due_at": F(f"{prefix}occurrence")}
    channel = {
        f"{prefix}channel__state": ChannelState.needs_sign_in,
        f"{prefix}channel__signed_out_at": F(f"{prefix}occurrence"),
    }
    return (
        Q(**{f"{prefix}kind": Kind.failed, f"{prefix}delivery__state": State.failed}, **of_post)
        | Q(**{f"{prefix}kind": Kind.late, f"{prefix}delivery__state": State.late}, **of_post)
        | Q(
            **{f"{prefix}kind__in": [Kind.handed, Kind.late], f"{prefix}delivery__state": State.handed},
            **of_post,
        )
        | Q(publishing.asked(f"{prefix}delivery__"), **{f"{prefix}kind": Kind.asked}, **of_post)
        | Q(**{f"{prefix}kind": Kind.signed_out}, **channel)
        | _key_ends(prefix)
        | _ends(prefix)
        | Q(**{f"{prefix}kind": Kind.week})
    )


def _key_ends(prefix: str) -> Q:
    """Until she has signed in again, or it is over. The network may tell the end a few seconds otherwise."""
    moved = F(f"{prefix}occurrence") + timedelta(days=1)
    key = {f"{prefix}channel__state": ChannelState.connected, f"{prefix}channel__expires_at__lt": moved}
    return Q(**{f"{prefix}kind": Kind.key_ends}, **key)


def _ends(prefix: str) -> Q:
    """As long as Hawker speaks the edition that ends."""
    ends = Q(pk__in=[])
    for name, ending in channels.endings(timezone.now().date()).items():
        day = {f"{prefix}kind": Kind.sunset, f"{prefix}occurrence": rules.first_instant(ending.day)}
        removed = Q(**{f"{prefix}channel__state": ChannelState.removed})
        ends |= Q(~removed, **{f"{prefix}channel__platform": name}, **day)
    return ends


def memberships(user: User) -> list[Membership]:
    """The person's businesses, each with the number of notices that wait for her there (`unread`)."""
    waiting = Copy.objects.filter(_stands("notice__"), user=user, workspace=OuterRef("workspace"))
    count = waiting.filter(read_at=None).order_by().values("workspace").annotate(n=Count("pk")).values("n")
    return list(people.memberships(user).annotate(unread=Coalesce(Subquery(count), 0)))


def notices(actor: Actor, *, before: UUID | None = None, unread: bool = False, rows: int = 50) -> list[Item]:
    """The latest first; `before` goes on from an earlier page."""
    found = _open_to(actor).filter(Exists(_copies(actor)))
    if before is not None:
        found = found.filter(id__lt=before)
    if unread:
        found = found.filter(_stands(), Exists(_copies(actor).filter(read_at=None)))
    return [item(row) for row in found.order_by("-id")[:rows]]


def notice(actor: Actor, notice_id: UUID) -> Item:
    """Also one that came by mail alone. Raises NotFound."""
    found = _open_to(actor).filter(id=notice_id).first()
    if found is None:
        raise NotFound
    return item(found)


def place_of(user: User, notice_id: UUID) -> UUID:
    """In which of her businesses a notice is. Raises NotFound."""
    mine = Membership.objects.filter(user=user, workspace=OuterRef("workspace"))
    found = Notice.objects.filter(Exists(mine), id=notice_id).values_list("workspace_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def wishes(actor: Actor) -> list[Wish]:
    """One for each kind that somebody in this role is told of."""
    kept = {row.kind: row for row in Preference.objects.filter(workspace_id=actor.workspace, user=actor.user)}
    concerned = rules.kinds_of(actor.role)
    rows = [(kind, kept.get(kind) or Preference()) for kind in Kind if kind in concerned]
    return [Wish(kind=kind, in_app=row.in_app, by_mail=row.by_mail) for kind, row in rows]


def mail_trouble(actor: Actor, since: datetime) -> str:
    """What the mail server said of this person's latest letter, where it did not take it."""
    mine = Letter.objects.filter(workspace_id=actor.workspace, user=actor.user, sent_at__gte=since)
    last = mine.order_by("-sent_at").first()
    return last.why if last and last.state in {LetterState.failed, LetterState.lost} else ""


def standing(ids: Iterable[UUID]) -> list[Item]:
    """Those of these notices that still need somebody, the oldest first."""
    found = _whole().filter(_stands(), id__in=list(ids)).annotate(unread=Value(value=True))
    return [item(row) for row in found.order_by("id")]


def figures(workspace: UUID, start: datetime, end: datetime) -> Figures:
    """Of the posts that were to go out from `start` until `end`; what was cancelled does not count."""
    planned = Post.objects.filter(workspace_id=workspace, planned_at__gte=start, planned_at__lt=end)
    states = [publishing.state_of(post) for post in publishing.with_deliveries(planned)]
    counted = [state for state in states if state not in {"draft", "cancelled"}]
    out = sum(state in OUT for state in counted)
    return Figures(planned=len(counted), out=out, needing=sum(state in NEEDING for state in counted))


def item(row: Notice) -> Item:
    """`row` comes from one of the reads above, which know whether it is unread and stands."""
    kind, detail = Kind(row.kind), row.detail or {}
    of_network = kind not in {Kind.week, Kind.sunset}
    said = Sentence(detail["text"], detail["params"]) if of_network and detail else None
    return Item(
        id=row.id,
        kind=kind,
        headline=_headline(row, kind),
        advice=rules.ADVICE.get(kind),
        why=said,
        code=detail.get("code", "") if of_network else "",
        made_at=row.made_at,
        due_at=row.occurrence if kind in rules.OF_POSTS else None,
        unread=row.unread,  # type: ignore[attr-defined]
        stands=row.stands,  # type: ignore[attr-defined]
        post=row.delivery.post_id if row.delivery else None,
        delivery=row.delivery_id,
        channel=row.channel_id,
        handed=row.delivery is not None and row.delivery.state == State.handed,
        needing=detail["needing"] if kind is Kind.week else 0,
    )


def _open_to(actor: Actor) -> QuerySet[Notice]:
    found = _whole().filter(workspace_id=actor.workspace, kind__in=rules.kinds_of(actor.role))
    return found.annotate(unread=Exists(_copies(actor).filter(read_at=None)))


def _copies(actor: Actor) -> QuerySet[Copy]:
    found = Copy.objects.filter(notice=OuterRef("pk"))
    return found if actor.user is None else found.filter(user=actor.user)


def _whole() -> QuerySet[Notice]:
    stands = Case(When(_stands(), then=Value(value=True)), default=Value(value=False))
    return Notice.objects.select_related("delivery__post", "channel").annotate(stands=stands)


def _headline(row: Notice, kind: Kind) -> Sentence:
    detail = row.detail or {}
    if kind is Kind.week:
        return rules.week(Figures(**detail))
    if kind is Kind.sunset:
        ending = Ending(version=detail["version"], day=row.occurrence.date())
        return told_ending(platform(_channel(row).platform).title, ending, timezone.now().date())
    if kind is Kind.key_ends:
        return rules.key_ends(_subject(row), row.occurrence.date())
    return rules.headline(kind, _subject(row))


def _channel(row: Notice) -> Channel:
    if row.channel is None:
        raise TypeError(f"a notice of the kind {row.kind} is about a channel")
    return row.channel


def _subject(row: Notice) -> Subject:
    channel = _channel(row)
    delivery: Delivery | None = row.delivery
    return Subject(
        channel=str(channel),
        network=platform(channel.platform).title,
        post=_beginning(delivery.post.text) if delivery else "",
        is_comment=delivery is not None and delivery.part > 0,
        is_crowd=delivery is not None and delivery.recipient is not None,
    )


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return speak(NO_TEXT)
    return line if len(line) <= BEGINNING else f"{line[: BEGINNING - 1]}…"
