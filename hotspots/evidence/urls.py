"""Addresses of evidence."""

from django.urls import path

from hotspots.evidence.views import items, lists, uploads

app_name = "evidence"
urlpatterns = [
    path("evidence", lists.show_items, name="items"),
    path("evidence/upload", uploads.upload, name="upload"),
    path("evidence/object", uploads.log_object, name="log_object"),
    path("evidence/uploads", uploads.begin, name="begin"),
    path("evidence/uploads/known", uploads.known, name="known"),
    path("evidence/uploads/<uuid:pk>", uploads.upload_state, name="upload_state"),
    path("evidence/uploads/<uuid:pk>/parts", uploads.parts, name="parts"),
    path("evidence/uploads/<uuid:pk>/discard", uploads.discard, name="discard"),
    path("evidence/<uuid:pk>", items.show_item, name="item"),
    path("evidence/<uuid:pk>/verify", items.verify, name="verify"),
    path("evidence/<uuid:pk>/transfer", items.transfer, name="transfer"),
    path("evidence/<uuid:pk>/replace", items.replace, name="replace"),
    path("evidence/<uuid:pk>/download", items.download, name="download"),
]
