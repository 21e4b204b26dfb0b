"""All addresses: pages, API, health."""

from django.urls import include, path

handler400 = "hawker.web.refusals.bad_request"
handler403 = "hawker.web.refusals.permission_denied"
handler404 = "hawker.web.refusals.page_not_found"
handler429 = "hawker.web.refusals.too_many"
handler500 = "hawker.web.refusals.broken"

urlpatterns = [path("", include("hawker.web.urls"))]
