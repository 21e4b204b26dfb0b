"""Addresses of notices. Letters link to `open` by its path (core/notices/letters.py)."""

from django.urls import path

from hawker.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read", views.read_all, name="read_all"),
    path("<uuid:notice_id>", views.open_notice, name="open"),
    path("<uuid:notice_id>/read", views.read, name="read"),
]
