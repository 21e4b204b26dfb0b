"""All pages."""

from django.urls import include, path

from hawker.web.media.fetched import fetch
from hawker.web.people import account, business, entrance

urlpatterns = [
    path("", entrance.home, name="home"),
    path("manifest.webmanifest", entrance.manifest, name="manifest"),
    path("favicon.ico", entrance.favicon, name="favicon"),
    path("setup/<str:token>", entrance.set_up, name="setup"),
    path("join/<str:token>", entrance.join, name="join"),
    path("language", account.speak, name="language"),
    path("account", account.account, name="account"),
    path("business/<uuid:workspace>/enter", business.enter, name="enter_business"),
    path("accounts/", include("allauth.urls")),
    path("posts/", include("hawker.web.posts.urls")),
    path("plan/", include("hawker.web.planning.urls")),
    path("media/", include("hawker.web.media.urls")),
    path("m/<str:token>/<str:name>", fetch, name="fetched_medium"),
    path("channels/", include("hawker.web.channels.urls")),
    path("contacts/", include("hawker.web.contacts.urls")),
    path("notices/", include("hawker.web.notices.urls")),
    path("settings/", include("hawker.web.people.urls")),
]
