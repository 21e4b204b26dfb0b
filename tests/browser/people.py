"""What several journeys of people do."""

from django.urls import reverse
from playwright.sync_api import Page

from hawker.core.people import actions
from hawker.core.people.actions import Business, Person
from hawker.core.people.models import User
from tests.cast import PASSWORD


def open_shop(language: str = "en") -> User:
    person = Person(name="Anna", email="anna@example.com", password=PASSWORD, language=language)
    user = actions.open_account(person)
    actions.make_business(user, Business(name="Anna's Tea", language=language, time_zone="Asia/Taipei"))
    return user


def sign_in(page: Page, user: User) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/posts/")
