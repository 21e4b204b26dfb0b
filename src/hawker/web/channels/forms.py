"""The forms of a network, made of the fields that its folder names, and the choice among accounts."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hawker.connect.abilities import Field
from hawker.core.channels.reaching import Candidate
from hawker.core.speech import speak

LETTER_BY_LETTER = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
NOTHING_CHOSEN = gettext_lazy("Choose at least one account.")


class FieldsForm(forms.Form):
    def __init__(
        self, fields: Sequence[Field], data: QueryDict | None = None, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for field in fields:
            self.fields[field.name] = _control(field)


class ChoiceForm(forms.Form):
    """What is a channel already is marked beforehand: to sign in again is why most come back."""

    def __init__(self, candidates: Sequence[Candidate], data: QueryDict | None = None) -> None:
        known = [each.remote_id for each in candidates if each.connected]
        super().__init__(data, initial={"accounts": known})
        self.fields["accounts"] = forms.MultipleChoiceField(
            choices=[(each.remote_id, each.name) for each in candidates],
            error_messages={"required": NOTHING_CHOSEN},
        )
        self.candidates = candidates

    @property
    def lines(self) -> list[tuple[Candidate, bool]]:
        """Each with whether it is marked."""
        marked = self["accounts"].value() or []
        return [(each, each.remote_id in marked) for each in self.candidates]


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
