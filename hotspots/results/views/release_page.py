"""What the editor's page shows: problems, preview, numbers, and the steps that apply now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hotspots.access.actor import Actor
from hotspots.results.actions.drafting import EDITORS
from hotspots.results.forms.releases import (
    InvitationForm,
    LiteralForm,
    NoteForm,
    PublishForm,
    ReleaseForm,
    RetractForm,
)
from hotspots.results.models import PreviewLink, ReleaseVersion
from hotspots.results.queries.release_desk import Moved, choices_of, keys_offered, moved_figures, number_uses
from hotspots.results.queries.release_page import heading_of, page_of_draft
from hotspots.results.queries.release_reading import (
    Draft,
    authors_of,
    draft_of,
    literals_of,
    stage_of_version,
    text_shown,
)
from hotspots.results.rules.lint import Report
from hotspots.results.rules.release_text import SlotUse, number_as_written
from hotspots.results.rules.states import ReleaseVerb, Stage, verbs_at
from hotspots.web.why import why_of
from look.formats import thousands

CAPITAL = SlotUse("", True, True)  # in words, with a capital: "Two"
STAGE_NAMES = {
    Stage.DRAFT: gettext_lazy("Draft"),
    Stage.APPROVED: gettext_lazy("Approved"),
    Stage.PUBLISHED: gettext_lazy("Published"),
    Stage.CORRECTING: gettext_lazy("Correction, draft"),
    Stage.CORRECTION_APPROVED: gettext_lazy("Correction, approved"),
    Stage.CORRECTED: gettext_lazy("Corrected"),
    Stage.RETRACTED: gettext_lazy("Retracted"),
}
OPEN = gettext_lazy(
    "this version is published and everybody may read its text and numbers; drafts, names and steps are shown by role"
)
STAGE_KINDS = {
    Stage.DRAFT: "waiting",
    Stage.CORRECTING: "waiting",
    Stage.APPROVED: "info",
    Stage.CORRECTION_APPROVED: "info",
    Stage.PUBLISHED: "ok",
    Stage.CORRECTED: "ok",
    Stage.RETRACTED: "stop",
}


def editor_context(actor: Actor, version: ReleaseVersion, **given: Any) -> dict[str, Any]:
    """Give everything that the editor's page shows; `given` holds forms with errors."""
    shown = text_shown(version)
    stage, draft = stage_of_version(version), given.pop("draft", None) or draft_of(shown)
    why_text, why_links = why_of(actor, version, open_reason=str(OPEN))
    return {
        "version": version,
        "release": version.release,
        "stage_name": STAGE_NAMES[stage],
        "stage_kind": STAGE_KINDS[stage],
        "may": {verb.value: actor.holds_any(*EDITORS) and verb in verbs_at(stage) for verb in ReleaseVerb},
        "is_own": actor.user_id in authors_of(version),
        "why_text": why_text,
        "why_links": why_links,
        "shown": shown,
        **checked_context(shown, draft),
        **_lists(version, draft),
        **_forms(version, draft),
        **given,
    }


def checked_context(version: ReleaseVersion, draft: Draft) -> dict[str, Any]:
    """Give the part of the page that follows the typing: problems, preview, numbers."""
    moved = moved_figures(draft)
    return {
        "report": draft.report,
        "stop_heading": stop_heading(draft.report),
        "page": page_of_draft(draft, is_marked=True),
        "uses": number_uses(draft, literals_of(version), moved),
        "moved_words": moved_words([one for one in moved.values() if one.is_other]),
    }


def moved_words(moved: Sequence[Moved]) -> str:
    """Name the figures of a text that would now be others, in one sentence; nothing where there is none."""
    if not moved:
        return ""
    words = [
        _("%(figure)s would now be %(now)s") % {"figure": heading_of(one.figure), "now": thousands(one.now.value)}
        for one in moved
    ]
    said = {"count": number_as_written(len(moved), CAPITAL), "figures": "; ".join(words)}
    return (
        ngettext(
            "%(count)s figure would now be another: %(figures)s.",
            "%(count)s figures would now be others: %(figures)s.",
            len(moved),
        )
        % said
    )


def stop_heading(report: Report) -> str:
    """Say in one sentence that a text cannot be published, and how much stops it."""
    stops = report.stops
    if not stops:
        return ""
    numbers = sum(one.rule == "number" for one in stops)
    if numbers == len(stops):
        if numbers == 1:
            return _("One number has no source, so this cannot be approved")
        return _("%(count)s numbers have no source, so this cannot be approved") % {"count": numbers}
    return ngettext(
        "One thing stops this text, so it cannot be approved",
        "%(count)s things stop this text, so it cannot be approved",
        len(stops),
    ) % {"count": len(stops)}


def _forms(version: ReleaseVersion, draft: Draft) -> dict[str, Any]:
    marks = [one for one in (*draft.report.stops, *draft.report.warnings) if one.may_mark]
    words = list(dict.fromkeys(one.may_mark for one in marks if one.rule == "wording"))
    phrases = list(dict.fromkeys(one.may_mark for one in marks if one.rule != "wording"))
    first = next(iter((*phrases, *words)), "")
    return {
        "form": ReleaseForm.of(version),
        "literal_form": LiteralForm(initial={"text": first}, prefix="literal"),
        "phrases": phrases,
        "words": words,
        "publish_form": PublishForm(prefix="publish"),
        "correct_form": NoteForm(prefix="correct"),
        "retract_form": RetractForm(prefix="retract"),
        "invitation_form": InvitationForm(prefix="invite"),
    }


def _lists(version: ReleaseVersion, draft: Draft) -> dict[str, Any]:
    campaign = version.release.campaign
    return {
        "choices": choices_of(version, draft),
        "offered": keys_offered(campaign),
        "versions": list(version.release.versions.select_related("saved_by", "approved_by").order_by("-number")),
        "preview_links": list(PreviewLink.objects.filter(version=version, ended_at__isnull=True)),
        "crumbs": [
            (str(campaign), reverse("operations:campaign", args=[campaign.pk])),
            (_("Releases"), reverse("results:releases")),
        ],
    }
