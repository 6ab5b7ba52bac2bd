"""Addresses of the shell."""

from django.urls import path

from hotspots.web.views import choose_display

app_name = "web"
urlpatterns = [path("display", choose_display, name="display")]
