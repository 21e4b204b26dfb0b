from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "hawker.core.channels"
    label = "channels"
