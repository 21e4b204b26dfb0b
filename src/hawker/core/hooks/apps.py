from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "hawker.core.hooks"
    label = "hooks"
