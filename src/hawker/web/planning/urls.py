"""Addresses of the queue and of posts that come back."""

from django.urls import path

from hawker.web.planning import views

app_name = "planning"
urlpatterns = [
    path("queue", views.queue, name="queue"),
    path("queue/<uuid:channel_id>", views.change_slots, name="slots"),
    path("repeats", views.repeats, name="repeats"),
    path("repeats/<uuid:recurrence_id>", views.repeat, name="repeat"),
    path("repeats/<uuid:recurrence_id>/do/<slug:name>", views.give, name="give"),
    path("repeats/<uuid:recurrence_id>/end", views.end, name="end"),
]
