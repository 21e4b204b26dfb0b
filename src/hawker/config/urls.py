"""All addresses: pages, API, health."""

from django.urls import include, path

from hawker.api.health import healthz
from hawker.api.rest.api import api

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
]
