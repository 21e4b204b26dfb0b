"""Forms of this screen, beside the composer's (typed.py)."""

from django import forms
from django.utils.translation import gettext_lazy

from hawker.core.publishing.pauses import REASON_LENGTH


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": REASON_LENGTH}),
        help_text=gettext_lazy("Your colleagues see it on every page."),
    )


class AskedForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address of the post"),
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=gettext_lazy("If you have it open: copy it from the browser, and Hawker links to it."),
    )


class HandedForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Link of the post"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
        help_text=gettext_lazy("In the app: Share, then Copy link. Hawker then leads to your post."),
    )


class MoveForm(forms.Form):
    """`at` is wall-clock time in the business's zone."""

    at = forms.CharField(
        label=gettext_lazy("Day and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
