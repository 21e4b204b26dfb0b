"""A list of people from a spreadsheet: every line is taken, or refused with a reason."""

import pytest

from hawker.core.channels.models import Channel
from hawker.core.contacts import actions, queries
from hawker.core.contacts.importing import Import, take_in
from hawker.core.contacts.models import Consent, Contact, ContactList
from hawker.core.contacts.rules import Consent as ConsentState
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement, Report
from hawker.core.problems import Invalid, NotAllowed
from tests.audience.conftest import SAID, person
from tests.cast import Somebody

PAPER = Agreement(source=Source.paper, words="Signed at the counter.")


def take(somebody: Somebody, text: str, **more: object) -> Report:
    wish = Import(platform="herald", text=text, **{"agreement": PAPER, **more})  # type: ignore[arg-type]
    return take_in(somebody.actor, wish)


def consents() -> dict[str, str]:
    return dict(Contact.objects.values_list("address", "consent"))


@pytest.mark.parametrize(
    "text",
    [
        "phone,name,consent\n+886912000001,Lin,yes\n+886912000002,Chen,no\n",
        "姓名;手機;同意\nLin;0912-000-001;是\nChen;0912000002;\n",
        "\ufeff886912000001\tLin\tyes\n\n886912000002\tChen\t\n",
        '"+886 912 000 001","Lin","y"\r\n"+886 912 000 002","Chen","n"\r\n',
    ],
)
def test_the_tables_that_spreadsheets_give_are_read(alice: Somebody, channel: Channel, text: str) -> None:
    report = take(alice, text, country="886")
    assert (report.taken, report.known, report.doubled, report.refused) == (2, 0, 0, ())
    assert consents() == {"886912000001": ConsentState.given, "886912000002": ConsentState.unasked}
    assert set(Contact.objects.values_list("name", flat=True)) == {"Lin", "Chen"}


def test_each_refused_line_is_named_with_its_reason(alice: Somebody, channel: Channel) -> None:
    text = "phone,name\n886912000001,Lin\nMrs Chen,\n0912000003,Wu\n886912000001,Lin again\n,Nobody\n"
    report = take(alice, text)
    assert (report.taken, report.doubled) == (1, 1)
    assert [each.line for each in report.refused] == [3, 4, 6]
    assert all(len(str(each.sentence).split()) > 3 for each in report.refused)


def test_a_consent_needs_words_of_the_line_or_of_the_whole_list(alice: Somebody, channel: Channel) -> None:
    text = "phone,consent,words\n886912000001,yes,\n886912000002,yes,On the website"
    report = take(alice, text, agreement=Agreement(source=Source.form, words=""))
    assert (report.taken, [each.line for each in report.refused]) == (1, [2])
    assert Consent.objects.get().words == "On the website"
    with pytest.raises(Invalid):
        take(alice, "886912000009", agreement=Agreement(source=Source.form, words=""), everybody=True)


def test_everybody_agreed_but_those_who_say_otherwise(alice: Somebody, channel: Channel) -> None:
    take(alice, "phone,consent\n886912000001,\n886912000002,no", everybody=True)
    assert consents() == {"886912000001": ConsentState.given, "886912000002": ConsentState.unasked}
    assert Consent.objects.get().source == Source.paper


def test_no_list_brings_back_who_stopped(alice: Somebody, channel: Channel) -> None:
    stopped, forgotten = person(alice, "886912000001"), person(alice, "886912000002")
    for each in (stopped, forgotten):
        actions.withdraw(alice.actor, each.id, SAID)
    actions.forget(alice.actor, forgotten.id)
    report = take(alice, "886912000001\n886912000002\n886912000003", everybody=True)
    assert (report.taken, [each.line for each in report.refused]) == (1, [1, 2])
    assert consents() == {"886912000001": ConsentState.withdrawn, "886912000003": ConsentState.given}


def test_who_is_here_already_keeps_her_consent_and_joins_the_list(
    alice: Somebody, regulars: ContactList
) -> None:
    before = Consent.objects.count()
    report = take(alice, "886912000001\n886912000009", list_id=regulars.id, everybody=True)
    assert (report.taken, report.known) == (1, 1)
    assert Consent.objects.count() == before + 1
    assert queries.list_of(alice.actor, regulars.id).people == 7  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["", "\n\n", "phone,name\n", "\n".join(map(str, range(10_001)))])
def test_what_is_empty_or_too_long_is_refused_whole(alice: Somebody, channel: Channel, text: str) -> None:
    with pytest.raises(Invalid):
        take(alice, text)


def test_an_editor_takes_in_nobody(bob: Somebody, channel: Channel) -> None:
    with pytest.raises(NotAllowed):
        take(bob, "886912000001")
