from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hawker.core.people"
    label = "people"
