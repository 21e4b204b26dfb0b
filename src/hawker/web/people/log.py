"""The log: who did what, in words."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from hawker.connect.text import Sentence, say
from hawker.core.people import queries
from hawker.core.people.models import LogEntry
from hawker.core.people.rules import ROLE_NAMES, Role
from hawker.core.speech import speak
from hawker.web.session import HawkerRequest, signed_in

ROWS = 50

# By what was done to which thing; the names in the sentences are those of the entry's detail.
DEEDS: dict[tuple[str, str], Sentence] = {
    ("made", "business"): say("made the business “%(name)s”"),
    ("changed", "business"): say("changed the business: “%(name)s”, %(time_zone)s"),
    ("invited", "invitation"): say("made an invitation: %(role)s"),
    ("withdrew", "invitation"): say("withdrew an invitation"),
    ("joined", "member"): say("joined: %(role)s"),
    ("changed role", "member"): say("gave %(person)s a role: %(role)s"),
    ("removed", "member"): say("removed %(person)s from the business"),
    ("made", "key"): say("made the key “%(name)s”: %(role)s"),
    ("revoked", "key"): say("revoked a key"),
    ("connected", "channel"): say("connected the channel %(handle)s"),
    ("reconnected", "channel"): say("reconnected the channel %(handle)s"),
    ("removed", "channel"): say("removed the channel %(handle)s"),
    ("kept", "app"): say("entered the keys of the developer app at %(network)s"),
    ("forgot", "app"): say("removed the keys of the developer app at %(network)s"),
    ("added", "media"): say("added the file %(name)s"),
    ("wrote", "post"): say("wrote a post"),
    ("rewrote", "post"): say("changed a post"),
    ("deleted", "post"): say("deleted the post “%(text)s”"),
    ("set slots", "channel"): say("set the weekly times of the channel %(handle)s"),
    ("repeated", "recurrence"): say("let a post come back by a rule"),
    ("changed", "recurrence"): say("changed a post that comes back"),
    ("paused", "recurrence"): say("paused a post that comes back"),
    ("resumed", "recurrence"): say("let a paused post come back again"),
    ("ended", "recurrence"): say("let a post come back no more"),
    ("scheduled", "post"): say("scheduled a post"),
    ("moved", "post"): say("moved a post to another time"),
    ("held", "post"): say("held a post"),
    ("resumed", "post"): say("let a held post go on"),
    ("cancelled", "post"): say("cancelled a post"),
    ("cancelled", "delivery"): say("cancelled a post for %(handle)s"),
    ("held all", "business"): say("put all publishing on hold. Reason: %(reason)s"),
    ("held all", "channel"): say("put publishing to %(handle)s on hold. Reason: %(reason)s"),
    ("resumed all", "business"): say("resumed publishing"),
    ("resumed all", "channel"): say("resumed publishing to %(handle)s"),
    ("retried", "post"): say("sent messages of a post again"),
    ("settled", "post"): say("said whether messages of a post arrived"),
    ("added", "contact"): say("added a person to the contacts"),
    ("renamed", "contact"): say("renamed a contact"),
    ("recorded the consent of", "contact"): say("recorded that a contact agrees to get messages"),
    ("recorded the withdrawal of", "contact"): say("recorded that a contact wants no more messages"),
    ("forgot", "contact"): say("forgot a contact"),
    ("took in", "contacts"): say("took in a list of contacts: %(taken)s taken, %(refused)s refused"),
    ("opened", "list"): say("opened the list “%(name)s”"),
    ("renamed", "list"): say("renamed a list: “%(name)s”"),
    ("deleted", "list"): say("deleted the list “%(name)s”"),
    ("put people on", "list"): say("put %(people)s people on the list “%(name)s”"),
    ("took people off", "list"): say("took %(people)s people off the list “%(name)s”"),
    ("retried", "delivery"): say("sent a post to a channel again"),
    ("settled", "delivery"): say("said whether a post is on its channel"),
    ("posted", "delivery"): say("posted a post to %(handle)s by hand"),
    ("took down", "delivery"): say("took a post down from a channel"),
}


@signed_in
@require_safe
def log(request: HawkerRequest) -> HttpResponse:
    before = _moment(request.GET.get("before", ""))
    entries = queries.log(request.actor, before=before, rows=ROWS + 1)
    shown = [(entry, told(entry)) for entry in entries[:ROWS]]
    older = entries[ROWS - 1].at.isoformat() if len(entries) > ROWS else ""
    context = {"tab": "log", "entries": shown, "older": older, "before": before}
    return render(request, "people/log.html", context)


def _moment(typed: str) -> datetime | None:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def told(entry: LogEntry) -> str:
    deed = DEEDS.get((entry.action, entry.thing))
    if deed is None:
        return f"{entry.action} {entry.thing}"
    detail = dict(entry.detail)
    if "role" in detail:
        detail["role"] = speak(ROLE_NAMES[Role(detail["role"])])
    return speak(Sentence(deed.text, detail))
