from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "hawker.core.publishing"
    label = "publishing"
