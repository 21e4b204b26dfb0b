"""Addresses of posts."""

from django.urls import path

from hawker.web.posts import commands, composer, views

app_name = "posts"
urlpatterns = [
    path("", views.shelf, name="list"),
    path("new", composer.new, name="new"),
    path("shape", composer.shape, name="shape"),
    path("check", composer.check, name="check"),
    path("repeats/<uuid:recurrence_id>/edit", composer.edit_repeat, name="edit_repeat"),
    path("repeats/<uuid:recurrence_id>/shape", composer.shape, name="reshape_repeat"),
    path("<uuid:post_id>", views.page, name="page"),
    path("<uuid:post_id>/progress", views.moving, name="progress"),
    path("<uuid:post_id>/edit", composer.edit, name="edit"),
    path("<uuid:post_id>/shape", composer.shape, name="reshape"),
    path("<uuid:post_id>/move", commands.move, name="move"),
    path("<uuid:post_id>/delete", commands.delete, name="delete"),
    path("<uuid:post_id>/do/<slug:name>", commands.give, name="give"),
    path("deliveries/<uuid:delivery_id>/retry", commands.retry, name="retry"),
    path("deliveries/<uuid:delivery_id>/settle/<slug:found>", commands.settle, name="settle"),
    path("deliveries/<uuid:delivery_id>/take-down", commands.take_down, name="take_down"),
]
