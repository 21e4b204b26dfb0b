"""Addresses of contacts."""

from django.urls import path

from hawker.web.contacts import importing, lists, people

app_name = "contacts"
urlpatterns = [
    path("", people.everybody, name="list"),
    path("add", people.add, name="add"),
    path("export", people.export, name="export"),
    path("import", importing.take_in, name="import"),
    path("lists", lists.everything, name="lists"),
    path("lists/<uuid:list_id>/rename", lists.rename, name="rename_list"),
    path("lists/<uuid:list_id>/delete", lists.delete, name="delete_list"),
    path("<uuid:contact_id>", people.person, name="person"),
    path("<uuid:contact_id>/consent", people.consent, name="consent"),
    path("<uuid:contact_id>/lists", people.place, name="place"),
    path("<uuid:contact_id>/forget", people.forget, name="forget"),
]
