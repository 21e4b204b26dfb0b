"""`python -m tests.networks.founding TOKEN`: what the page behind the setup link does."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
django.setup()

from hawker.core.people.actions import Business, Person, set_up

if __name__ == "__main__":
    set_up(
        sys.argv[1],
        Person(name="Alice", email="alice@example.com", password="correct-horse-42", language="en"),
        Business(name="Alice's Tea", language="en", time_zone="Asia/Taipei"),
    )
