"""Addresses of channels."""

from django.urls import path

from hawker.web.channels import developer, signing_in, views

app_name = "channels"
urlpatterns = [
    path("", views.channels, name="list"),
    path("add", signing_in.choose, name="add"),
    path("add/<slug:platform>/<slug:way>", signing_in.sign_in, name="sign_in"),
    path("apps/<slug:platform>", developer.app, name="app"),
    path("apps/<slug:platform>/forget", developer.forget, name="forget_app"),
    path("reached/<slug:platform>", signing_in.reached, name="reached"),
    path("back/<slug:platform>", signing_in.back, name="back"),
    path("<uuid:channel_id>/check", views.check, name="check"),
    path("<uuid:channel_id>/again", signing_in.again, name="again"),
    path("<uuid:channel_id>/remove", views.remove, name="remove"),
]
