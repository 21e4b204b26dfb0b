"""Addresses of the settings of a business."""

from django.urls import path
from django.views.generic import RedirectView

from hawker.web.notices import preferences
from hawker.web.people import business, colleagues, keys, log

app_name = "settings"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="settings:business"), name="index"),
    path("business", business.business, name="business"),
    path("people", colleagues.people, name="people"),
    path("people/invite", colleagues.invite, name="invite"),
    path("people/invitations/<uuid:invitation>/withdraw", colleagues.withdraw, name="withdraw"),
    path("people/<uuid:membership>/role", colleagues.change_role, name="role"),
    path("people/<uuid:membership>/remove", colleagues.remove, name="remove"),
    path("keys", keys.keys, name="keys"),
    path("keys/make", keys.make, name="make_key"),
    path("keys/<uuid:key>/revoke", keys.revoke, name="revoke_key"),
    path("notices", preferences.preferences, name="notices"),
    path("log", log.log, name="log"),
]
