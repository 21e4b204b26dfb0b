"""Forms of this screen, beside the composer's (typed.py)."""

from django import forms
from django.utils.translation import gettext_lazy


class MoveForm(forms.Form):
    """`at` is wall-clock time in the business's zone."""

    at = forms.CharField(
        label=gettext_lazy("Day and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
