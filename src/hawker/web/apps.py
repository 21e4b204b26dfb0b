from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hawker.web"
    label = "web"
