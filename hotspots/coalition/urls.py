"""Addresses of the coalition."""

from django.urls import path

from hotspots.coalition import views

app_name = "coalition"
urlpatterns = [
    path("coalition", views.show_organizations, name="organizations"),
    path("coalition/admit", views.admit_organization, name="admit"),
    path("coalition/<uuid:pk>", views.show_organization, name="organization"),
    path("coalition/<uuid:pk>/suspend", views.suspend_organization, name="suspend_organization"),
    path("coalition/<uuid:pk>/reinstate", views.reinstate_organization, name="reinstate_organization"),
    path("coalition/<uuid:pk>/join", views.begin_membership, name="begin_membership"),
    path("coalition/<uuid:pk>/leave", views.end_membership, name="end_membership"),
    path("coalition/<uuid:pk>/add-contact", views.add_contact, name="add_contact"),
    path("contacts/<uuid:pk>/correct", views.correct_contact, name="correct_contact"),
    path("contacts/<uuid:pk>/remove", views.remove_contact, name="remove_contact"),
]
