"""Addresses of the first page and of oversight."""

from django.urls import path

from hotspots.desk import views

app_name = "desk"
urlpatterns = [
    path("now", views.show_now, name="now"),
    path("who-can-see-what", views.show_access, name="access"),
    path("log", views.show_log, name="log"),
    path("history/<str:kind>/<uuid:pk>", views.show_history, name="history"),
]
