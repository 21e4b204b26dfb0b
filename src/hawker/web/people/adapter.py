"""What allauth asks Hawker: nobody signs up by herself, one joins by a link; second factors are sealed."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hawker.core.people.models import User
from hawker.core.seal import seal, unseal
from hawker.web.address import published


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is wrong. Try again."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "incorrect_password": _("This password is wrong. Try again."),
        "enter_current_password": _("This is not your password so far. Try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        return published(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        return published(super().get_email_confirmation_url(request, emailconfirmation))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is wrong or was used already. Type the one that shows now."),
    }

    def encrypt(self, text: str) -> str:
        return seal({"text": text})

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)["text"]

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        there = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": there + 1}
