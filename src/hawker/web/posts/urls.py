"""Addresses of posts."""

from django.urls import path

from hawker.web.posts import asked, commands, composer, crowd, handing, holding, views

app_name = "posts"
urlpatterns = [
    path("", views.shelf, name="list"),
    path("new", composer.new, name="new"),
    path("shape", composer.shape, name="shape"),
    path("check", composer.check, name="check"),
    path("repeats/<uuid:recurrence_id>/edit", composer.edit_repeat, name="edit_repeat"),
    path("repeats/<uuid:recurrence_id>/shape", composer.shape, name="reshape_repeat"),
    path("hold", holding.hold, name="hold_all"),
    path("hold/<uuid:channel_id>", holding.hold, name="hold_channel"),
    path("resume", holding.resume, name="resume_all"),
    path("resume/<uuid:channel_id>", holding.resume, name="resume_channel"),
    path("<uuid:post_id>", views.page, name="page"),
    path("<uuid:post_id>/progress", views.moving, name="progress"),
    path("<uuid:post_id>/edit", composer.edit, name="edit"),
    path("<uuid:post_id>/shape", composer.shape, name="reshape"),
    path("<uuid:post_id>/move", commands.move, name="move"),
    path("<uuid:post_id>/delete", commands.delete, name="delete"),
    path("<uuid:post_id>/do/<slug:name>", commands.give, name="give"),
    path("<uuid:post_id>/messages/<uuid:channel_id>", crowd.one_by_one, name="messages"),
    path("<uuid:post_id>/messages/<uuid:channel_id>/did-they-go", crowd.asked, name="asked_messages"),
    path("<uuid:post_id>/messages/<uuid:channel_id>/do/<slug:name>", crowd.give, name="give_messages"),
    path("deliveries/<uuid:delivery_id>/retry", commands.retry, name="retry"),
    path("deliveries/<uuid:delivery_id>/cancel", commands.cancel_delivery, name="cancel_delivery"),
    path("deliveries/<uuid:delivery_id>/is-it-there", asked.asked, name="asked"),
    path("deliveries/<uuid:delivery_id>/hand-off", handing.handed, name="handed"),
    path("deliveries/<uuid:delivery_id>/hand-off/<uuid:media_id>", handing.file, name="handed_file"),
    path("deliveries/<uuid:delivery_id>/take-down", commands.take_down, name="take_down"),
]
