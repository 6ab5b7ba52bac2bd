"""Addresses of intake."""

from django.urls import path

from hotspots.intake.views import (
    ads,
    dismissing,
    exports,
    lines,
    places,
    receiving,
    referred,
    response,
    responses,
    withheld,
)

app_name = "intake"
urlpatterns = [
    path("lines", lines.show_lines, name="lines"),
    path("lines/new", lines.add_line, name="open_line"),
    path("lines/<uuid:pk>", lines.show_line, name="line"),
    path("ads", ads.show_ads, name="ads"),
    path("ads/new", ads.add_ad, name="place_ad"),
    path("ads/<uuid:pk>", ads.show_ad, name="ad"),
    path("ads/<uuid:pk>/withdraw", ads.withdraw, name="withdraw_ad"),
    path("ads/<uuid:pk>/correct", ads.correct, name="correct_ad"),
    path("exports", exports.show_exports, name="exports"),
    path("exports/receive", receiving.receive, name="receive"),
    path("exports/uploads", receiving.begin, name="begin"),
    path("exports/of/<uuid:pk>", exports.show_export_of_item, name="export_of_item"),
    path("exports/<uuid:pk>", exports.show_export, name="export"),
    path("exports/<uuid:pk>/progress", exports.show_progress, name="progress"),
    path("exports/<uuid:pk>/cancel", exports.cancel, name="cancel_import"),
    path("exports/<uuid:pk>/retry", exports.retry, name="retry_import"),
    path("exports/<uuid:pk>/verify", exports.verify, name="verify_export"),
    path("exports/<uuid:pk>/download", exports.download, name="download_export"),
    path("responses", responses.show_responses, name="responses"),
    path("responses/dismiss", dismissing.dismiss_many, name="dismiss_many"),
    path("responses/without-a-number", withheld.show_withheld, name="withheld"),
    path("responses/<uuid:pk>", response.show_response, name="response"),
    path("responses/<uuid:pk>/dismiss", response.dismiss, name="dismiss"),
    path("responses/<uuid:pk>/reinstate", response.reinstate, name="reinstate"),
    path("responses/<uuid:pk>/refer", response.refer, name="refer"),
    path("responses/<uuid:pk>/messages/<uuid:message>/mark", response.mark, name="mark"),
    path("responses/<uuid:pk>/marks/<uuid:mark>/remove", response.unmark, name="unmark"),
    path("places/<uuid:place>", places.show_bytes, name="bytes"),
    path("referred", referred.show_referred, name="referred"),
    path("referred/<uuid:pk>", referred.show_referral, name="referral"),
    path("referred/<uuid:pk>/taken-over", referred.take_over, name="take_over"),
]
