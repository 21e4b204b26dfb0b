"""Is this post on your page? Asked where the answer was lost and Hawker cannot look by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hawker.core.people.actions import require
from hawker.core.people.rules import Right
from hawker.core.problems import Conflict, Invalid, NotFound
from hawker.core.publishing import actions, queries
from hawker.core.publishing.models import Delivery
from hawker.web.posts import words
from hawker.web.posts.forms import AskedForm
from hawker.web.refusals import put_on
from hawker.web.session import HawkerRequest, signed_in

THERE, ABSENT = "there", "absent"


@require_http_methods(["GET", "POST"])
@signed_in
def asked(request: HawkerRequest, delivery_id: UUID) -> HttpResponse:
    row = queries.delivery(request.actor, delivery_id)
    form = AskedForm(request.POST or None)
    if request.method == "POST":
        require(request.actor, Right.publish_posts)
        answer = _settle(request, row, form)
        if answer:
            return answer
    context = {
        "row": row,
        "form": form,
        "asked": queries.is_asked(row),
        "reason": queries.reason_of(row),
        "words": words.of_delivery(row, timezone.now()),
        "pictures": [] if row.part else row.post.attachments.select_related("media"),
    }
    return render(request, "posts/asked.html", context, status=422 if form.errors else 200)


def _settle(request: HawkerRequest, row: Delivery, form: AskedForm) -> HttpResponse | None:
    """None where the page is to be shown again: its address was wrong."""
    found = request.POST.get("found")
    if found not in {THERE, ABSENT}:
        raise NotFound
    url = request.POST.get("url", "").strip() if found == THERE else ""
    try:
        actions.settle(request.actor, row.id, there=found == THERE, url=url)
    except Invalid as refused:
        form.is_valid()
        put_on(form, refused)
        return None
    except Conflict:
        return redirect("posts:asked", row.id)
    messages.success(request, gettext("Noted.") if found == THERE else words.underway(request.pulse))
    return redirect("posts:page", row.post_id)
