"""What a person wants to be told of, in the app and by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from hawker.connect.text import Sentence
from hawker.core.notices import actions, queries
from hawker.core.notices.queries import Wish
from hawker.core.notices.rules import KIND_NAMES
from hawker.web.session import HawkerRequest, signed_in

TROUBLE_FOR = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One kind of notice, with its two boxes."""

    name: Sentence
    in_app: forms.BoundField
    by_mail: forms.BoundField


class WishesForm(forms.Form):
    """Two boxes for each kind that concerns the person."""

    def __init__(self, wishes: Sequence[Wish], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self._wishes = wishes
        for wish in wishes:
            self.fields[f"{wish.kind}_app"] = _box(wish.in_app)
            self.fields[f"{wish.kind}_mail"] = _box(wish.by_mail)

    def rows(self) -> list[Row]:
        return [
            Row(
                name=KIND_NAMES[each.kind],
                in_app=self[f"{each.kind}_app"],
                by_mail=self[f"{each.kind}_mail"],
            )
            for each in self._wishes
        ]

    def typed(self) -> list[Wish]:
        chosen = self.cleaned_data
        return [
            Wish(
                kind=each.kind,
                in_app=chosen[f"{each.kind}_app"],
                by_mail=chosen[f"{each.kind}_mail"],
            )
            for each in self._wishes
        ]


def _box(ticked: bool) -> forms.BooleanField:
    widget = forms.CheckboxInput({"class": "form-check-input"})
    return forms.BooleanField(required=False, initial=ticked, widget=widget)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HawkerRequest) -> HttpResponse:
    wishes = queries.wishes(request.actor)
    if request.method == "POST":
        form = WishesForm(wishes, request.POST)
        if form.is_valid():
            actions.prefer(request.actor, form.typed())
            messages.success(request, gettext("Saved."))
            return redirect("settings:notices")
    trouble = queries.mail_trouble(request.actor, timezone.now() - TROUBLE_FOR)
    context = {"tab": "notices", "rows": WishesForm(wishes).rows(), "trouble": trouble}
    return render(request, "notices/preferences.html", context)
