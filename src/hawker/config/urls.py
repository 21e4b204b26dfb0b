"""All addresses: pages, API, health, figures."""

from django.urls import include, path

from hawker.api.health import healthz
from hawker.api.hooks import hooks
from hawker.api.metrics import metrics
from hawker.api.rest.api import api

handler400 = "hawker.web.refusals.bad_request"
handler403 = "hawker.web.refusals.permission_denied"
handler404 = "hawker.web.refusals.page_not_found"
handler429 = "hawker.web.refusals.too_many"
handler500 = "hawker.web.refusals.broken"

urlpatterns = [
    path("", include("hawker.web.urls")),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("hooks/<slug:platform>", hooks, name="hooks"),
]
