"""Outcomes of matters: submitted to the prosecutor, filed, declined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hotspots.cases.models import Matter
from hotspots.cases.rules.kinds import DeclineReason, words_of
from hotspots.results.measures.declaration import Denominator, Measure, Words, add_measure
from hotspots.results.measures.extent import Extent
from hotspots.results.measures.keeping import CASE_PATHS, in_nights, keep_unrestricted


def matters_submitted(extent: Extent) -> Any:
    """Give the matters of the campaign that were submitted by the data-as-of day."""
    rows = in_nights(Matter.objects.standing(), extent).filter(submitted_on__lte=extent.data_as_of_on)
    return keep_unrestricted(rows, extent)


def matters_filed(extent: Extent) -> Any:
    """Give those that were filed by then."""
    return matters_submitted(extent).filter(filed_on__lte=extent.data_as_of_on)


def matters_declined(extent: Extent) -> Any:
    """Give those that were declined by then."""
    return matters_submitted(extent).filter(declined_on__lte=extent.data_as_of_on)


def _submitted_parts(extent: Extent) -> Iterator[Denominator]:
    filed, declined = Q(filed_on__lte=extent.data_as_of_on), Q(declined_on__lte=extent.data_as_of_on)
    rows = OUTCOMES["submitted"].rows(extent)
    found = rows.order_by().aggregate(
        all_rows=Count("pk"), filed=Count("pk", filter=filed), declined=Count("pk", filter=declined)
    )
    yield Denominator("filed", str(_("Filed")), found["filed"])
    yield Denominator("declined", str(_("Declined")), found["declined"])
    yield Denominator("waiting", str(_("Not decided yet")), found["all_rows"] - found["filed"] - found["declined"])


def _of_submitted(extent: Extent) -> Iterator[Denominator]:
    yield Denominator("submitted", str(_("Matters submitted")), OUTCOMES["submitted"].value(extent))


def _declined_parts(extent: Extent) -> Iterator[Denominator]:
    yield from _of_submitted(extent)
    rows = OUTCOMES["declined"].rows(extent).order_by().values_list("decline_reason").annotate(counted=Count("pk"))
    counted = dict(rows)
    for reason in DeclineReason:
        if counted.get(reason.value):
            label = words_of(reason.value).capitalize()
            yield Denominator(f"declined.{reason}", label, counted[reason.value])


def _add(
    key: str, words: Words, definition: Any, *, rows_of: Callable[[Extent], Any], parts_of: Any, order: int
) -> Measure:
    return add_measure(
        Measure(
            key=f"outcomes.{key}",
            words=words,
            unit=_("case"),
            unit_note=_(
                "One matter about one person, as an agency submits it to the prosecutor. A filed case is an accusation."
            ),
            population=_("Matters that came out of the campaign."),
            definition=definition,
            period=_(
                "Submitted, filed or declined by the data-as-of day; the conduct by operation night within the "
                "campaign."
            ),
            not_counted=(
                _("Citations, arrests and investigations that were not submitted to the prosecutor."),
                _("Matters that are void: they were submitted in error."),
            ),
            rows_of=rows_of,
            paths=CASE_PATHS,
            denominators_of=parts_of,
            order=order,
        )
    )


OUTCOMES = {
    "submitted": _add(
        "submitted",
        Words(_("Cases submitted"), _("case submitted to the prosecutor"), _("cases submitted to the prosecutor")),
        _("Matters that an agency submitted to the prosecutor, whatever became of them."),
        rows_of=matters_submitted,
        parts_of=_submitted_parts,
        order=70,
    ),
    "filed": _add(
        "filed",
        Words(_("Cases filed"), _("case filed"), _("cases filed")),
        _("Matters in which the prosecutor filed charges, out of those that were submitted."),
        rows_of=matters_filed,
        parts_of=_of_submitted,
        order=71,
    ),
    "declined": _add(
        "declined",
        Words(_("Cases declined"), _("case declined"), _("cases declined")),
        _("Matters that the prosecutor declined, by reason, out of those that were submitted."),
        rows_of=matters_declined,
        parts_of=_declined_parts,
        order=72,
    ),
}
