from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "hawker.core.contacts"
    label = "contacts"
