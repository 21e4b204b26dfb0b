"""Addresses of this screen."""

from django.urls import URLPattern

app_name = "channels"
urlpatterns: list[URLPattern] = []
