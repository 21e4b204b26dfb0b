"""Addresses of pictures."""

from django.urls import path

from hawker.web.media import views

app_name = "media"
urlpatterns = [
    path("", views.add, name="add"),
    path("<uuid:media_id>/small", views.small, name="small"),
    path("<uuid:media_id>/file", views.file, name="file"),
]
