from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "hawker.core.posts"
    label = "posts"
