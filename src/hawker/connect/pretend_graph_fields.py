"""What the pretend Graph API shows of its nodes: the fields that are asked for, and lists page by page."""

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hawker.connect import oauth
from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, refusal

PAGE, MOST = 25, 100
_TOKEN = re.compile(r"[\w:]+|[.,(){}]|[^\s.,(){}]+")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field in a wish: `comments.limit(0).summary(true){id}` has `args` and `inner`."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)
    inner: tuple["Asked", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A list that hangs on a node; `summary` stands beside its data where it is asked for."""

    nodes: Sequence["Node"]
    summary: Mapping[str, Json] = field(default_factory=dict)


Value = Json | Edge | Callable[[Asked], Json]


@dataclass(frozen=True, kw_only=True)
class Node:
    """`kind` as errors name it; `thin`: what comes where no fields are asked for. An empty field is left out,
    one that is not among `fields` is refused."""

    kind: str
    fields: Mapping[str, Value]
    thin: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return str(self.fields.get("id", ""))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def parse(text: str) -> tuple[Asked, ...]:
    """Raises the network's refusal of what is no list of fields."""
    reader = _Reader([match[0] for match in _TOKEN.finditer(text)])
    asked = reader.fields()
    if reader.rest:
        raise _syntax(reader.rest[0])
    return asked


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens

    def fields(self) -> tuple[Asked, ...]:
        found: list[Asked] = []
        while self.rest and self.rest[0] not in "})":
            found.append(self._field())
            if not self._take(","):
                break
        return tuple(found)

    def _field(self) -> Asked:
        name, args, inner = self._word(), dict[str, str](), tuple[Asked, ...]()
        while self._take("."):
            modifier = self._word()
            args[modifier] = self._argument()
        if self._take("{"):
            inner = self.fields()
            self._demand("}")
        return Asked(name=name, args=args, inner=inner)

    def _argument(self) -> str:
        self._demand("(")
        parts: list[str] = []
        while self.rest and self.rest[0] != ")":
            parts.append(self.rest.pop(0))
        self._demand(")")
        return "".join(parts)

    def _word(self) -> str:
        if not self.rest or not re.fullmatch(r"[\w:]+", self.rest[0]):
            raise _syntax(self.rest[0] if self.rest else "end of string")
        return self.rest.pop(0)

    def _take(self, sign: str) -> bool:
        if self.rest[:1] != [sign]:
            return False
        self.rest.pop(0)
        return True

    def _demand(self, sign: str) -> None:
        if not self._take(sign):
            raise _syntax(self.rest[0] if self.rest else "end of string")


def _syntax(at: str) -> Exception:
    return refusal(2500, f'Syntax error "Expected name." at "{at}"')


def show(node: Node, asked: Iterable[Asked] = ()) -> dict[str, Json]:
    """The id comes always."""
    wishes = [each for each in asked if each.name != "id"] or [Asked(name=name) for name in node.thin]
    shown: dict[str, Json] = {"id": node.id} if "id" in node.fields else {}
    for wish in wishes:
        if wish.name not in node.fields:
            raise refusal(
                100, f"(#100) Tried accessing nonexisting field ({wish.name}) on node type ({node.kind})"
            )
        value = _value(node.fields[wish.name], wish)
        if value is not None and value != "":
            shown[wish.name] = value
    return shown


def _value(value: Value, wish: Asked) -> Json:
    if isinstance(value, Edge):
        return _inside(value, wish)
    if callable(value):
        return value(wish)
    if isinstance(value, dict) and wish.inner:
        names = [each.name for each in wish.inner]
        return {name: value[name] for name in names if name in value}
    return value


def _inside(edge: Edge, wish: Asked) -> Json:
    limit = int(wish.args.get("limit", PAGE))
    nodes = edge.nodes[:limit]
    body: dict[str, Json] = {"data": [show(node, wish.inner) for node in nodes]}
    if nodes:
        body["paging"] = {"cursors": {"before": _cursor(nodes[0]), "after": _cursor(nodes[-1])}}
    if wish.args.get("summary"):
        body["summary"] = dict(edge.summary)
    return body


def one(call: Call, node: Node) -> Json:
    """What a GET of the node itself answers."""
    return dict(show(node, parse(call.params.get("fields", ""))))


def listing(call: Call, edge: Edge) -> Json:
    """One page of an edge, in the order of its nodes; the last page has no `next`."""
    asked, limit = parse(call.params.get("fields", "")), _limit(call)
    ids = [node.id for node in edge.nodes]
    start, end = 0, len(ids)
    if "after" in call.params:
        start = _place(ids, call.params["after"]) + 1
    elif "before" in call.params:
        end = _place(ids, call.params["before"])
        start = max(0, end - limit)
    nodes = edge.nodes[start : min(end, start + limit)]
    body: dict[str, Json] = {"data": [show(node, asked) for node in nodes]}
    if nodes:
        last = start + len(nodes) >= len(ids)
        body["paging"] = _paging(call, nodes, first=start == 0, last=last)
    if call.params.get("summary"):
        body["summary"] = dict(edge.summary)
    return body


def _paging(call: Call, nodes: Sequence[Node], *, first: bool, last: bool) -> Json:
    before, after = _cursor(nodes[0]), _cursor(nodes[-1])
    paging: dict[str, Json] = {"cursors": {"before": before, "after": after}}
    query = call.request.query.items()
    kept = {name: value for name, value in query if name not in {"after", "before", "appsecret_proof"}}
    here = str(call.request.url.with_query(None))
    if not last:
        paging["next"] = oauth.address(here, {**kept, "after": after})
    if not first:
        paging["previous"] = oauth.address(here, {**kept, "before": before})
    return paging


def _limit(call: Call) -> int:
    value = call.params.get("limit", str(PAGE))
    if not value.isdecimal():
        raise refusal(100, "(#100) Param limit must be an integer greater or equal to zero")
    return max(1, min(int(value), MOST))


def _cursor(node: Node) -> str:
    return base64.urlsafe_b64encode(node.id.encode()).decode().rstrip("=")


def _place(ids: Sequence[str], cursor: str) -> int:
    known = {base64.urlsafe_b64encode(each.encode()).decode().rstrip("="): n for n, each in enumerate(ids)}
    if cursor not in known:
        raise refusal(100, "(#100) Invalid cursors values")
    return known[cursor]
