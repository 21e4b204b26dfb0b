"""What is typed on these screens, and the values made of it."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hawker.connect.platform import Platform
from hawker.core.contacts import rules
from hawker.core.contacts.models import ContactList
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement

SOURCES = [
    (Source.spoken.value, _("Said in the shop or on the phone")),
    (Source.paper.value, _("Signed on paper")),
    (Source.form.value, _("Ticked on our website")),
    (Source.message.value, _("Wrote it in a message")),
]
SOURCE_NAMES = dict(
    [
        *SOURCES,
        (Source.network.value, _("The network told it")),
        (Source.joined.value, _("Added the channel as a friend, or follows it")),
    ]
)
A_FILE = 2 * 2**20


def _platforms(found: Iterable[Platform]) -> list[tuple[str, str]]:
    return [(each.name, each.title) for each in found]


class AgreementForm(forms.Form):
    source = forms.ChoiceField(label=_("Where was it said?"), choices=SOURCES)
    words = forms.CharField(
        label=_("In which words?"),
        max_length=rules.WORDS_LENGTH,
        help_text=_("What the person agreed to, as you would show it to somebody who asks for proof."),
    )

    def agreement(self) -> Agreement:
        return Agreement(source=Source(self.cleaned_data["source"]), words=self.cleaned_data["words"])


class WithdrawalForm(AgreementForm):
    words = forms.CharField(label=_("In which words?"), max_length=rules.WORDS_LENGTH, required=False)


class PersonForm(forms.Form):
    platform = forms.ChoiceField(label=_("Network"))
    address = forms.CharField(
        label=_("Phone number"),
        max_length=rules.ADDRESS_LENGTH,
        help_text=_("With the code of the country, such as +886 912 345 678; or the id at the network."),
    )
    name = forms.CharField(label=_("Name"), max_length=rules.NAME_LENGTH, required=False)
    agreed = forms.BooleanField(label=_("This person agreed to get messages"), required=False)
    source = forms.ChoiceField(label=_("Where was it said?"), choices=SOURCES, required=False)
    words = forms.CharField(label=_("In which words?"), max_length=rules.WORDS_LENGTH, required=False)

    def __init__(self, networks: Iterable[Platform], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        cast(forms.ChoiceField, self.fields["platform"]).choices = _platforms(networks)

    def agreement(self) -> Agreement | None:
        typed = self.cleaned_data
        source = Source(typed["source"] or Source.spoken)
        return Agreement(source=source, words=typed["words"]) if typed["agreed"] else None


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=rules.NAME_LENGTH, required=False)


class ListForm(forms.Form):
    name = forms.CharField(label=_("Name of the list"), max_length=120)


class ImportForm(forms.Form):
    platform = forms.ChoiceField(label=_("Network"))
    file = forms.FileField(label=_("A file from your spreadsheet (CSV)"), required=False)
    text = forms.CharField(
        label=_("Or paste the lines here"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Number, name, “yes” where the person agreed: one person a line."),
    )
    country = forms.RegexField(
        label=_("Country code for numbers that begin with 0"), regex=r"^\+?[0-9]{1,3}$", required=False
    )
    list = forms.ChoiceField(label=_("Put them on a list"), required=False)
    everybody = forms.BooleanField(
        label=_("Everybody on it agreed to get messages, unless the line says no"), required=False
    )
    source = forms.ChoiceField(label=_("Where was it said?"), choices=SOURCES)
    words = forms.CharField(
        label=_("In which words?"),
        max_length=rules.WORDS_LENGTH,
        required=False,
        help_text=_("Needed for all who agreed and whose line has no words of its own."),
    )

    def __init__(
        self,
        networks: Iterable[Platform],
        lists: Iterable[ContactList],
        *,
        typed: QueryDict | None = None,
        country: str = "",
    ) -> None:
        super().__init__(typed, initial={"country": country})
        cast(forms.ChoiceField, self.fields["platform"]).choices = _platforms(networks)
        choices = [("", "–"), *((str(each.id), each.name) for each in lists)]
        cast(forms.ChoiceField, self.fields["list"]).choices = choices
