"""Addresses of the first page and of oversight."""

from django.urls import path

from hotspots.desk.views import log, now, oversight

app_name = "desk"
urlpatterns = [
    path("now", now.show_now, name="now"),
    path("who-can-see-what", oversight.show_access, name="access"),
    path("history/<str:kind>/<uuid:pk>", oversight.show_history, name="history"),
    path("log", log.show_log, name="log"),
    path("log/verify", log.verify_now, name="verify"),
    path("log/<int:seq>", log.show_entry, name="entry"),
]
