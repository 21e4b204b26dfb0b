"""What is typed on these screens, and the values made of it."""

from datetime import timedelta
from functools import cache
from typing import cast
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hawker.core.people.actions import Business, Person
from hawker.core.people.models import LANGUAGES
from hawker.core.people.rules import ROLE_HINTS, ROLE_NAMES, Role, may_give
from hawker.core.speech import speak


@cache
def zones() -> SafeString:
    """What a person chooses from: places, without the technical and historical names. Some 430 options,
    written once: drawing them for each page cost more than the page."""
    left_out = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")
    places = (name for name in available_timezones() if "/" in name and not name.startswith(left_out))
    return format_html_join("", "<option>{}</option>", ((name,) for name in (*sorted(places), "UTC")))


class ZoneInput(forms.TextInput):
    """A text field with the zones to search in."""

    template_name = "components/zone.html"

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        listed = {"autocomplete": "off", "list": f"{name}_places"}
        return {**super().get_context(name, value, {**(attrs or {}), **listed}), "zones": zones()}


def zone_field() -> forms.CharField:
    return forms.CharField(
        label=_("Time zone"),
        widget=ZoneInput,
        help_text=_("Posts are scheduled and shown in this zone. Type a city to search, such as Taipei."),
    )


LIMITS = {
    timedelta(minutes=15): _("15 minutes"),
    timedelta(hours=1): _("1 hour"),
    timedelta(hours=2): _("2 hours"),
    timedelta(hours=6): _("6 hours"),
    timedelta(hours=24): _("24 hours"),
}
A_MINUTE = timedelta(minutes=1)


class BusinessForm(forms.Form):
    business = forms.CharField(label=_("Name of the business"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the business"), choices=LANGUAGES)
    time_zone = zone_field()
    late_after_minutes = forms.TypedChoiceField(
        label=_("How late is too late?"),
        choices=[(limit // A_MINUTE, name) for limit, name in LIMITS.items()],
        coerce=int,
        help_text=_("A post that could not go out within this time is not sent: Hawker asks you first."),
    )

    def typed(self) -> Business:
        typed = self.cleaned_data
        return Business(
            name=typed["business"],
            language=typed["language"],
            time_zone=typed["time_zone"],
            late_after=A_MINUTE * typed["late_after_minutes"],
        )


class PersonForm(forms.Form):
    """Somebody who opens an account; she is spoken to in the language that she reads this form in."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "username"}),
        help_text=_("You sign in with it."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A short sentence is easy to remember and hard to guess."),
    )

    def person(self) -> Person:
        typed = self.cleaned_data
        return Person(
            name=typed["name"],
            email=typed["email"],
            password=typed["password"],
            language=get_language() or "en",
        )


class SetUpForm(PersonForm):
    business = forms.CharField(
        label=_("Name of the business"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    time_zone = zone_field()
    field_order = ["business", "time_zone", "name", "email", "password"]

    def typed(self) -> Business:
        typed = self.cleaned_data
        return Business(name=typed["business"], language=get_language() or "en", time_zone=typed["time_zone"])


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=LANGUAGES)


class RoleForm(forms.Form):
    """Offers the roles that `giver` may give."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial=Role.editor.value)

    def __init__(self, giver: Role, typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        field = cast(forms.ChoiceField, self.fields["role"])
        field.choices = [(role.value, _told(role)) for role in Role if may_give(giver, role)]

    def chosen(self) -> Role:
        return Role(self.cleaned_data["role"])


class KeyForm(RoleForm):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("A word that tells your keys apart, such as “till” or “home page”."),
    )
    field_order = ["name", "role"]


def _told(role: Role) -> str:
    return format_html("<b>{}</b> <span>{}</span>", speak(ROLE_NAMES[role]), speak(ROLE_HINTS[role]))
