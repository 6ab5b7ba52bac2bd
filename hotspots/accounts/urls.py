"""Addresses of sign-in, people and grants.

django-allauth looks some of its own addresses up by name, so those names stand beside ours; nothing of its own list of
addresses is included.
"""

from django.urls import include, path

from hotspots.accounts.views import account, demonstration, grants, people, sign_in

pages = [
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-in/code", sign_in.show_second_factor, name="second_factor"),
    path("sign-in/closed", sign_in.show_closed, name="closed"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("invitation/<str:token>", sign_in.accept, name="accept"),
    path("demonstration", demonstration.show_demonstration, name="demonstration"),
    path("account", account.show_account, name="account"),
    path("account/second-factor", sign_in.enroll, name="enroll"),
    path("account/password", account.show_password, name="password"),
    path("account/codes", account.show_codes, name="codes"),
    path("people", people.show_people, name="people"),
    path("people/invite", people.show_invite, name="invite"),
    path("people/<uuid:pk>", people.show_person, name="person"),
    path("people/<uuid:pk>/role", grants.show_grant, name="grant"),
    path("people/<uuid:pk>/link", people.show_new_link, name="new_link"),
    path("people/<uuid:pk>/end", people.show_end_access, name="end_access"),
    path("grants/<uuid:pk>/confirm", grants.show_confirm, name="confirm"),
    path("grants/<uuid:pk>/end", grants.show_revoke, name="revoke"),
]
names_of_the_library = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/code", sign_in.show_second_factor, name="mfa_authenticate"),
    path("sign-in/closed", sign_in.show_closed, name="account_inactive"),
]
urlpatterns = [path("", include((pages, "accounts"))), *names_of_the_library]
