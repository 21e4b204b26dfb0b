from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hawker.core.notices"
    label = "notices"
