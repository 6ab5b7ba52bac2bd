"""Every room's addresses."""

from django.urls import include, path

from hotspots.config.settings import ROOMS

handler400 = "hotspots.web.views.show_bad_request"
handler404 = "hotspots.web.views.show_not_found"
handler500 = "hotspots.web.views.show_apology"

WITHOUT_PAGES = ("keys", "store", "audit", "access", "jobs")

urlpatterns = [path("", include(f"hotspots.{room}.urls")) for room in ROOMS if room not in WITHOUT_PAGES]
