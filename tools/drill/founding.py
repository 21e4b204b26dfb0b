"""A business in a fresh installation, made in a process with Hawker's own settings."""

import os
import secrets

import django


def found() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    django.setup()
    from hawker.core.people import actions

    person = actions.Person(
        name="Alice", email="alice@example.com", password=secrets.token_urlsafe(), language="en"
    )
    business = actions.Business(name="Alice's Tea", language="en", time_zone="Asia/Taipei")
    actions.make_business(actions.open_account(person), business)


if __name__ == "__main__":
    found()
