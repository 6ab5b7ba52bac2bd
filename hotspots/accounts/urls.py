"""Addresses of sign-in, people and grants."""

from django.urls import path

from hotspots.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("demonstration", views.show_demonstration, name="demonstration"),
]
