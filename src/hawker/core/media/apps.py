from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "hawker.core.media"
    label = "media"
