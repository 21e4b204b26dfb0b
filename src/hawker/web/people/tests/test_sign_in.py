"""Signing in and out, with password, codes and recovery codes."""

from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hawker.core.people import actions
from hawker.core.people.actions import Business, Person
from hawker.core.people.models import User
from tests.cast import PASSWORD

COUNTER = 58_000_000


@pytest.fixture
def anna(db: None) -> User:
    person = Person(name="Anna", email="anna@example.com", password=PASSWORD, language="en")
    user = actions.open_account(person)
    actions.make_business(user, Business(name="Anna's", language="en", time_zone="Asia/Taipei"))
    return user


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the codes stands still."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([COUNTER]))


def sign_in(client: Client, email: str, password: str = PASSWORD, to: str = "") -> HttpResponse:
    typed = {"login": email, "password": password, **({"next": to} if to else {})}
    return client.post(reverse("account_login"), typed)  # type: ignore[return-value]


def code(secret: str) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, COUNTER))  # type: ignore[no-any-return]


def switch_on_codes(client: Client) -> tuple[str, list[str]]:
    """The secret and the recovery codes, as the pages show them."""
    path = reverse("mfa_activate_totp")
    assert reverse("account_reauthenticate") in client.get(path)["Location"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": path})
    secret = client.get(path).context["form"].secret
    answer = client.post(path, {"code": code(secret)}, follow=True)
    return secret, answer.context["unused_codes"]


def is_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_somebody_signs_in_and_arrives_where_she_wanted_to_go(client: Client, anna: User) -> None:
    asked = client.get("/settings/people")
    assert asked["Location"] == "/accounts/login/?next=/settings/people"
    assert sign_in(client, anna.email, to="/settings/people")["Location"] == "/settings/people"


def test_a_wrong_password_says_so_and_lets_nobody_in(client: Client, anna: User) -> None:
    answer = sign_in(client, anna.email, "wrong")
    assert "The e-mail address or the password is wrong." in answer.content.decode()
    assert not is_in(client)


def test_after_five_wrong_passwords_the_right_one_waits_too(client: Client, anna: User) -> None:
    for _ in range(5):
        sign_in(client, anna.email, "wrong")
    answer = sign_in(client, anna.email)
    assert "Too many wrong tries." in answer.content.decode()
    assert not is_in(client)


def test_many_accounts_cannot_be_tried_from_one_address(client: Client, anna: User) -> None:
    for number in range(10):
        sign_in(client, f"{number}@example.com", "wrong")
    assert "Too many wrong tries." in sign_in(client, anna.email).content.decode()


def test_a_flood_of_sign_ins_is_told_to_wait_in_hawkers_look(client: Client, db: None) -> None:
    answers = [sign_in(client, f"{number}@example.com", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    page = answers[-1].content.decode()
    assert "Too many tries. Wait a few minutes, then try again." in page
    assert "brand-name" in page


def test_signing_out_ends_the_session(client: Client, anna: User) -> None:
    sign_in(client, anna.email)
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert not is_in(client)


def test_codes_from_an_app_are_asked_for_once_they_are_switched_on(
    client: Client, anna: User, clock: None
) -> None:
    sign_in(client, anna.email)
    secret, recovery_codes = switch_on_codes(client)
    assert len(recovery_codes) == 10
    later = Client()
    assert sign_in(later, anna.email)["Location"] == reverse("mfa_authenticate")
    assert not is_in(later)
    wrong = later.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.context["form"].errors == {
        "code": ["This code is wrong or was used already. Type the one that shows now."]
    }
    later.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert is_in(later)


def test_a_code_works_once(client: Client, anna: User, clock: None) -> None:
    sign_in(client, anna.email)
    secret, _ = switch_on_codes(client)
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, anna.email)
        each.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_lets_in_once(client: Client, anna: User, clock: None) -> None:
    sign_in(client, anna.email)
    _, recovery_codes = switch_on_codes(client)
    first, second = Client(), Client()
    for each in (first, second):
        sign_in(each, anna.email)
        each.post(reverse("mfa_authenticate"), {"code": recovery_codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)


def test_the_secret_of_the_app_is_sealed_at_rest(client: Client, anna: User, clock: None) -> None:
    sign_in(client, anna.email)
    secret, _ = switch_on_codes(client)
    kept = Authenticator.objects.get(user=anna, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept


def test_codes_are_switched_off_again(client: Client, anna: User, clock: None) -> None:
    sign_in(client, anna.email)
    switch_on_codes(client)
    client.post(reverse("mfa_deactivate_totp"))
    later = Client()
    sign_in(later, anna.email)
    assert is_in(later)


def test_a_password_is_changed_only_by_who_knows_it(client: Client, anna: User) -> None:
    sign_in(client, anna.email)
    typed = {"password1": "green-tea-please", "password2": "green-tea-please"}
    wrong = client.post(reverse("account_change_password"), {"oldpassword": "x", **typed})
    assert list(wrong.context["form"].errors) == ["oldpassword"]
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **typed})
    later = Client()
    sign_in(later, anna.email, "green-tea-please")
    assert is_in(later)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client: Client, anna: User) -> None:
    client.post(reverse("account_reset_password"), {"email": anna.email})
    (sent,) = mail.outbox
    assert sent.subject == "Choose another password for Hawker"
    link = next(word for word in str(sent.body).split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    path = page.redirect_chain[-1][0]
    client.post(path, {"password1": "green-tea-please", "password2": "green-tea-please"})
    sign_in(client, anna.email, "green-tea-please")
    assert is_in(client)
    assert "This link does not work any more" in Client().get(link).content.decode()


def test_links_in_mails_lead_to_the_public_address_whatever_host_was_asked(
    client: Client, anna: User, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://hawker.example"
    client.post(reverse("account_reset_password"), {"email": anna.email}, headers={"host": "evil.example"})
    assert "https://hawker.example/accounts/password/reset/key/" in str(mail.outbox[0].body)


def test_an_e_mail_address_is_changed_by_a_link_sent_there(client: Client, anna: User) -> None:
    sign_in(client, anna.email)
    client.post(reverse("account_email"), {"action_add": "", "email": "anna@tea.example"})
    (sent,) = mail.outbox
    assert sent.to == ["anna@tea.example"]
    link = next(word for word in str(sent.body).split() if "/confirm-email/" in word)
    assert "you sign in with anna@tea.example" in client.get(link).content.decode()
    client.post(link)
    anna.refresh_from_db()
    assert anna.email == "anna@tea.example"


def test_an_unknown_address_is_answered_like_a_known_one(client: Client, anna: User) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (anna.email, "nobody@example.com")
    ]
    assert [sent.to for sent in mail.outbox] == [[anna.email]]
    assert answers[0]["Location"] == answers[1]["Location"] == reverse("account_reset_password_done")


def test_nobody_signs_up_by_herself(client: Client, db: None) -> None:
    typed = {"email": "eve@example.com", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("account_signup"), typed)
    assert "Nobody can sign up here by herself." in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/accounts/login/"),
        ("192.168.1.5", "http://localhost/accounts/login/"),
        ("[::1]:8000", "http://localhost:8000/accounts/login/"),
        ("hawker.example", "Passkeys need a web address with https."),
    ],
)
def test_where_passkeys_cannot_work_the_page_says_where_they_do(
    client: Client, db: None, host: str, sentence: str
) -> None:
    page = client.get(reverse("account_login"), headers={"host": host}).content.decode()
    assert sentence in page
    assert "passkey_login" not in page


def test_on_localhost_nothing_is_said_about_passkeys(client: Client, db: None) -> None:
    page = client.get(reverse("account_login"), headers={"host": "localhost:8000"}).content.decode()
    assert "Passkeys cannot work" not in page
    assert "Passkeys need a web address" not in page
    assert 'id="passkey_login"' in page


def test_a_way_back_to_elsewhere_is_not_followed(client: Client, anna: User) -> None:
    answer = sign_in(client, anna.email, to="https://evil.example/")
    assert answer["Location"] == "/"
    assert quote("evil.example") not in answer["Location"]
