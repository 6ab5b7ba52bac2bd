"""The steps of a release: mark, bind, approve, publish, invite, correct, abandon, retract.

Each is one POST and one verb.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hotspots import errors
from hotspots.results.actions.abandoning import abandon_correction
from hotspots.results.actions.correcting import correct_release, preview_retraction, retract_release
from hotspots.results.actions.drafting import (
    EDITORS,
    BindingFacts,
    LiteralFacts,
    bind_figure,
    mark_literal,
    unmark_literal,
)
from hotspots.results.actions.inviting import end_preview_link, make_preview_link
from hotspots.results.actions.publishing import approve_release, publish_release
from hotspots.results.forms.releases import InvitationForm, LiteralForm, NoteForm, PublishForm, RetractForm
from hotspots.results.models import Figure, PreviewLink, ReleaseVersion
from hotspots.results.views.releases import show_editor, version_for
from hotspots.web.audience import actor_for, audience, require_one


def _do(request: HttpRequest, version: ReleaseVersion, name: str, form: Any, verb: Callable[[], str]) -> HttpResponse:
    """Do a verb and say what was done; on a refusal show the page again, with nothing lost."""
    if form is None or form.is_valid():
        try:
            messages.success(request, verb())
            return redirect("results:release", version.release_id)
        except errors.RuleBroken as refusal:
            if form is None:
                messages.error(request, str(refusal))
                return redirect("results:release", version.release_id)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return show_editor(request, version, status=409, **{name: form})


@require_POST
@audience(*EDITORS)
def mark(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark a typed number as a literal."""
    version, form = version_for(request, pk), LiteralForm(request.POST, prefix="literal")

    def verb() -> str:
        mark_literal(by=actor_for(request), version=version, facts=form.facts())
        return _("Marked.")

    return _do(request, version, "literal_form", form, verb)


@require_POST
@audience(*EDITORS)
def unmark(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the mark from a literal."""
    version = version_for(request, pk)

    def verb() -> str:
        unmark_literal(by=actor_for(request), version=version, facts=LiteralFacts(request.POST.get("text", "")))
        return _("No longer marked.")

    return _do(request, version, "", None, verb)


@require_POST
@audience(*EDITORS)
def bind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the figure behind a key."""
    version, actor = version_for(request, pk), actor_for(request)
    try:
        figure_id = uuid.UUID(request.POST.get("figure", ""))
    except ValueError:
        raise errors.BadInput("results.binding", _("Choose a figure.")) from None
    figure = require_one(Figure.objects.visible_to(actor), figure_id, "figure")

    def verb() -> str:
        bind_figure(by=actor, version=version, figure=figure, facts=BindingFacts(request.POST.get("key", "")))
        return _("Bound.")

    return _do(request, version, "", None, verb)


@require_POST
@audience(*EDITORS)
def approve(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Approve the text."""
    version = version_for(request, pk)

    def verb() -> str:
        approve_release(by=actor_for(request), version=version)
        return _("Approved. An edit makes it a draft again.")

    return _do(request, version, "", None, verb)


@require_POST
@audience(*EDITORS)
def publish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Publish, at once or at a time."""
    version, form = version_for(request, pk), PublishForm(request.POST, prefix="publish")

    def verb() -> str:
        done = publish_release(by=actor_for(request), version=version, facts=form.facts())
        return _("Published.") if done.published_at else _("It goes out at the time that was set.")

    return _do(request, version, "publish_form", form, verb)


@require_POST
@audience(*EDITORS)
def correct(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a correction."""
    version, form = version_for(request, pk), NoteForm(request.POST, prefix="correct")

    def verb() -> str:
        correct_release(by=actor_for(request), release=version.release, facts=form.facts())
        return _("The correction is open. What is published stands until the correction is approved and published.")

    return _do(request, version, "correct_form", form, verb)


@require_POST
@audience(*EDITORS)
def abandon(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Abandon a correction that is not published."""
    version = version_for(request, pk)

    def verb() -> str:
        abandon_correction(by=actor_for(request), version=version)
        return _("The correction is abandoned. What is published stands.")

    return _do(request, version, "", None, verb)


@require_POST
@audience(*EDITORS)
def retract(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the public will read; retract the release once that was seen."""
    version, form = version_for(request, pk), RetractForm(request.POST, prefix="retract")
    if form.is_valid() and not form.was_shown:
        return _show_before_retracting(request, version, form)

    def verb() -> str:
        retract_release(by=actor_for(request), release=version.release, facts=form.facts())
        return _("Retracted. Everybody who opens it reads your note.")

    return _do(request, version, "retract_form", form, verb)


def _show_before_retracting(request: HttpRequest, version: ReleaseVersion, form: RetractForm) -> HttpResponse:
    try:
        notice = preview_retraction(release=version.release, facts=form.facts())
    except errors.RuleBroken as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return show_editor(request, version, status=409, retract_form=form)
    form.show()
    return show_editor(request, version, retract_form=form, retract_notice=notice)


@require_POST
@audience(*EDITORS)
def invite(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite a reader before it is published; the link is shown once."""
    version, form = version_for(request, pk), InvitationForm(request.POST, prefix="invite")

    def verb() -> str:
        facts = form.facts(timezone.now())
        make_preview_link(by=actor_for(request), version=version, facts=facts)
        address = f"{settings.PUBLIC_URL}{reverse('results:preview', args=[facts.token])}"
        return _("The link is shown this once: %(address)s") % {"address": address}

    return _do(request, version, "invitation_form", form, verb)


@require_POST
@audience(*EDITORS)
def end_invitation(request: HttpRequest, pk: uuid.UUID, link: uuid.UUID) -> HttpResponse:
    """End an invitation."""
    version, actor = version_for(request, pk), actor_for(request)
    row = require_one(PreviewLink.objects.visible_to(actor).filter(version=version), link, "invitation")

    def verb() -> str:
        end_preview_link(by=actor, link=row)
        return _("The invitation has ended.")

    return _do(request, version, "", None, verb)
