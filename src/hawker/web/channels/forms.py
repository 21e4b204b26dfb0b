"""The sign-in form of a network, made of the fields that its folder names."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from hawker.connect.abilities import Field, Way
from hawker.core.speech import speak

LETTER_BY_LETTER = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class WayForm(forms.Form):
    def __init__(self, way: Way, data: QueryDict | None, initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(initial))
        for field in way.fields:
            self.fields[field.name] = _control(field)


def _control(field: Field) -> forms.CharField:
    return forms.CharField(
        label=speak(field.label),
        help_text=speak(field.hint) if field.hint else "",
        initial=field.default,
        required=field.required,
        widget=_widget(field.kind),
    )


def _widget(kind: str) -> forms.Widget:
    """An address may be typed without its https://, for which a browser's own field `url` is too strict."""
    if kind == "password":
        return forms.PasswordInput(attrs={"autocomplete": "off"})
    keyboard = {"inputmode": "url"} if kind == "url" else {}
    return forms.TextInput(attrs={**LETTER_BY_LETTER, **keyboard, "autocomplete": "off"})
