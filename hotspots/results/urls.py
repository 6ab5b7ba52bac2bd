"""Addresses of this room."""

from django.urls import URLPattern, path

from hotspots.results.views import figures, measures, public, public_words, release_steps, releases, results

app_name = "results"

figure_pages: list[URLPattern] = [
    path("campaigns/<uuid:pk>/results", results.show_results, name="results"),
    path("campaigns/<uuid:pk>/results/download", results.download_results, name="download"),
    path("campaigns/<uuid:pk>/results/freeze", results.freeze, name="freeze"),
    path("campaigns/<uuid:pk>/results/<str:key>", measures.show_measure_rows, name="measure_rows"),
    path("figures/<uuid:pk>", figures.show_figure, name="figure"),
    path("figures/<uuid:pk>/proof", figures.show_proof, name="proof"),
    path("measures", measures.show_measures, name="measures"),
]

release_pages: list[URLPattern] = [
    path("releases-desk", releases.show_releases, name="releases"),
    path("releases-desk/new", releases.start_release, name="start_release"),
    path("releases-desk/<uuid:pk>", releases.show_release, name="release"),
    path("releases-desk/<uuid:pk>/save", releases.save_text, name="save_release"),
    path("releases-desk/<uuid:pk>/preview", releases.preview_text, name="preview_release"),
    path("releases-desk/<uuid:pk>/page", releases.show_as_page, name="release_as_page"),
    path("releases-desk/<uuid:pk>/compare/<int:number>", releases.compare, name="compare_release"),
    path("releases-desk/<uuid:pk>/mark", release_steps.mark, name="mark_literal"),
    path("releases-desk/<uuid:pk>/unmark", release_steps.unmark, name="unmark_literal"),
    path("releases-desk/<uuid:pk>/bind", release_steps.bind, name="bind_figure"),
    path("releases-desk/<uuid:pk>/approve", release_steps.approve, name="approve_release"),
    path("releases-desk/<uuid:pk>/publish", release_steps.publish, name="publish_release"),
    path("releases-desk/<uuid:pk>/correct", release_steps.correct, name="correct_release"),
    path("releases-desk/<uuid:pk>/abandon", release_steps.abandon, name="abandon_correction"),
    path("releases-desk/<uuid:pk>/retract", release_steps.retract, name="retract_release"),
    path("releases-desk/<uuid:pk>/invite", release_steps.invite, name="invite_reader"),
    path("releases-desk/<uuid:pk>/invite/<uuid:link>/end", release_steps.end_invitation, name="end_invitation"),
]

public_pages: list[URLPattern] = [
    path("", public.show_home, name="public_home"),
    path("results/<slug:key>.csv", public.download_campaign, name="public_campaign_csv"),
    path("results/<slug:key>", public.show_campaign, name="public_campaign"),
    path("releases", public.list_releases, name="public_releases"),
    path("releases/<slug:slug>/<int:version>", public.show_release, name="public_release"),
    path("releases/<slug:slug>/<int:version>.pdf", public.download_pdf, name="public_release_pdf"),
    path("releases/<slug:slug>/<int:version>.csv", public.download_sheet, name="public_release_csv"),
    path("preview/<str:token>", public.show_preview, name="preview"),
    path("help", public_words.show_help, name="help"),
    path("refuses", public_words.show_refusals, name="refuses"),
    path("measures/explained", public_words.show_measures, name="public_measures"),
    path("accessibility", public_words.show_accessibility, name="accessibility"),
    path("robots.txt", public_words.answer_robots, name="robots"),
]

urlpatterns: list[URLPattern] = [*figure_pages, *release_pages, *public_pages]
