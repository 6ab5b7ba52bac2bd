"""Addresses of cases."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hotspots.cases.views import deciding, lists, recording, records


class SourceKind(StringConverter):
    """What is submitted to the prosecutor."""

    regex = "citations|arrests|investigations"


class HeardKind(StringConverter):
    """What a court hears."""

    regex = "citations|matters"


register_converter(SourceKind, "source_kind")
register_converter(HeardKind, "heard_kind")

app_name = "cases"
urlpatterns = [
    path("cases", lists.show_citations, name="cases"),
    path("cases/arrests", lists.show_arrests, name="arrests"),
    path("cases/investigations", lists.show_investigations, name="investigations"),
    path("cases/matters", lists.show_matters, name="matters"),
    path("cases/subjects", lists.show_subjects, name="subjects"),
    path("cases/encounters", lists.show_encounters, name="encounters"),
    path("cases/hearings", lists.show_hearings, name="hearings"),
    path("citations/new", recording.record_citation, name="record_citation"),
    path("citations/<uuid:pk>", records.show_citation, name="citation"),
    path("citations/<uuid:pk>/correct", recording.correct_citation, name="correct_citation"),
    path("citations/<uuid:pk>/void", recording.void_citation, name="void_citation"),
    path("arrests/new", recording.record_arrest, name="record_arrest"),
    path("arrests/<uuid:pk>", records.show_arrest, name="arrest"),
    path("arrests/<uuid:pk>/correct", recording.correct_arrest, name="correct_arrest"),
    path("arrests/<uuid:pk>/void", recording.void_arrest, name="void_arrest"),
    path("investigations/new", recording.open_investigation, name="open_investigation"),
    path("investigations/<uuid:pk>", records.show_investigation, name="investigation"),
    path("investigations/<uuid:pk>/close", recording.close_investigation, name="close_investigation"),
    path("investigations/<uuid:pk>/correct", recording.correct_investigation, name="correct_investigation"),
    path("investigations/<uuid:pk>/void", recording.void_investigation, name="void_investigation"),
    path("encounters/new", recording.record_encounter, name="record_encounter"),
    path("encounters/<uuid:pk>", records.show_encounter, name="encounter"),
    path("encounters/<uuid:pk>/correct", recording.correct_encounter, name="correct_encounter"),
    path("encounters/<uuid:pk>/void", recording.void_encounter, name="void_encounter"),
    path("subjects/new", recording.identify_subject, name="identify_subject"),
    path("subjects/<uuid:pk>", records.show_subject, name="subject"),
    path("subjects/<uuid:pk>/identity", records.open_identity, name="open_subject"),
    path("subjects/<uuid:pk>/correct", recording.correct_subject, name="correct_subject"),
    path("matters/<uuid:pk>", records.show_matter, name="matter"),
    path("matters/<uuid:pk>/decline", deciding.decline_matter, name="decline_matter"),
    path("matters/<uuid:pk>/void", deciding.void_matter, name="void_matter"),
    path("matters/<uuid:pk>/charges/new", deciding.file_charge, name="file_charge"),
    path("charges/<uuid:pk>/amend", deciding.amend_charge, name="amend_charge"),
    path("charges/<uuid:pk>/dismiss", deciding.dismiss_charge, name="dismiss_charge"),
    path("charges/<uuid:pk>/void", deciding.void_charge, name="void_charge"),
    path("<source_kind:kind>/<uuid:pk>/submit", deciding.submit_matter, name="submit_matter"),
    path("<heard_kind:kind>/<uuid:pk>/hearings/new", deciding.schedule_hearing, name="schedule_hearing"),
    path("hearings/<uuid:pk>/correct", deciding.correct_hearing, name="correct_hearing"),
    path("hearings/<uuid:pk>/outcome", deciding.record_outcome, name="record_hearing_outcome"),
]
