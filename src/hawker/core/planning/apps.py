from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hawker.core.planning"
    label = "planning"
