"""All pages."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="posts:list"), name="home"),
    path("accounts/", include("allauth.urls")),
    path("posts/", include("hawker.web.posts.urls")),
    path("media/", include("hawker.web.media.urls")),
    path("channels/", include("hawker.web.channels.urls")),
    path("settings/", include("hawker.web.people.urls")),
]
