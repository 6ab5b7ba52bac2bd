"""Root addresses of Haven: one page, which says what will stand here."""

from __future__ import annotations

from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [path("", TemplateView.as_view(template_name="haven/soon.html"), name="soon")]
