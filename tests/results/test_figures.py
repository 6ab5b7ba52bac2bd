"""A frozen figure never changes; what the records would give now is shown beside it, and explained."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from hotspots import errors
from hotspots.access.actor import PUBLIC, Actor
from hotspots.access.rowset import RowSet
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Response
from hotspots.results.actions.figures import FreezeAllFacts, FreezeFacts, freeze_figure, freeze_figures
from hotspots.results.measures import MEASURES
from hotspots.results.models import Figure
from hotspots.results.queries.frozen import check_proof, figures_of, rows_of_figure, would_now_be
from tests import build as people
from tests import build_results as build
from tests.build_results import World

pytestmark = pytest.mark.django_db(transaction=True)

AS_OF = date(2021, 11, 5)


@pytest.fixture
def here() -> World:
    """Give a campaign with three responses that count and one that does not."""
    made = build.world()
    for _each in range(3):
        build.response(made)
    build.response(made, dismissed="spam")
    return made


@pytest.fixture
def publisher(here: World) -> Actor:
    """Give a publisher of the prosecutor's office."""
    return people.actor("publisher", Role.PUBLISHER, of=here.campaign.lead)


def freeze(here: World, by: Actor, key: str = "responses_to_ads") -> Figure:
    """Freeze a figure as of November 5."""
    made = freeze_figure(by=by, campaign=here.campaign, facts=FreezeFacts(key, AS_OF))
    return Figure.objects.get(pk=made.pk)


def test_a_figure_keeps_its_value_its_definition_its_rows_and_its_denominators(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)

    assert (figure.value, figure.rows_count, figure.unit) == (3, 3, "response")
    assert figure.measure_version == 1
    assert "72 hours" in figure.definition
    assert set(figure.ids) == set(Response.objects.filter(dismissal_reason="").values_list("pk", flat=True))
    parts = {part["key"]: part["value"] for part in figure.denominators}
    assert (parts["pairs_known"], parts["dismissed.spam"]) == (4, 1)
    assert figure.data_as_of_on == AS_OF


def test_its_root_is_the_root_of_a_row_set_over_the_same_rows(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)

    rows = RowSet.of(Response.objects.filter(dismissal_reason=""))
    assert (figure.rows_count, bytes(figure.root)) == (rows.count, rows.root)


def test_the_log_tells_of_it_by_numbers_and_digests(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)

    entry = Entry.objects.get(action="results.freeze_figure")
    assert bytes(figure.root).hex() in entry.body
    assert '"value":3' in entry.body
    assert "decoy" not in entry.body


def test_neither_an_update_nor_a_delete_reaches_a_figure(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)

    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(value=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).delete()
    assert Figure.objects.get(pk=figure.pk).value == 3


def test_a_later_dismissal_shows_as_would_now_be_and_leaves_the_figure_alone(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)
    row = Response.objects.filter(dismissal_reason="").first()
    assert row is not None

    Response.objects.filter(pk=row.pk).update(
        dismissal_reason="officer", dismissed_by=here.officer, dismissed_at=people.NOON
    )

    now = would_now_be(figure)
    assert now is not None
    assert (now.value, now.difference.left, now.difference.came) == (2, (row.pk,), ())
    assert Figure.objects.get(pk=figure.pk).value == 3
    assert check_proof(figure).is_whole
    assert not check_proof(figure).is_same_now


def test_a_dismissal_that_is_reversed_shows_the_row_that_came(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)
    row = Response.objects.exclude(dismissal_reason="").get()

    Response.objects.filter(pk=row.pk).update(dismissal_reason="", dismissed_by=None, dismissed_at=None)

    now = would_now_be(figure)
    assert now is not None
    assert (now.value, now.difference.came) == (4, (row.pk,))


def test_the_same_number_of_other_rows_is_no_match(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)
    counted, dismissed = (
        Response.objects.filter(dismissal_reason=""),
        Response.objects.exclude(dismissal_reason="").get(),
    )
    gone = counted.first()
    assert gone is not None

    signed = {"dismissed_by": here.officer, "dismissed_at": people.NOON}
    Response.objects.filter(pk=gone.pk).update(dismissal_reason="spam", **signed)
    Response.objects.filter(pk=dismissed.pk).update(dismissal_reason="", dismissed_by=None, dismissed_at=None)

    now = would_now_be(figure)
    assert now is not None
    assert now.value == figure.value
    assert not now.is_same


def test_a_fact_after_the_data_as_of_day_changes_no_frozen_figure(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher, "persons_charged.pandering")
    filed = build.matter(here, build.arrest(here, "PC 266i(a)(1)"))
    build.charge(filed, "PC 266i(a)(1)", filed_on=date(2021, 11, 6))

    now = would_now_be(figure)

    assert now is not None
    assert (figure.value, now.value, now.is_same) == (0, 0, True)


def test_it_is_counted_again_under_the_definition_it_was_frozen_with(
    here: World, publisher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = freeze(here, publisher)
    monkeypatch.setitem(MEASURES, "responses_to_ads", {2: MEASURES["responses_to_ads"][1]})

    assert would_now_be(figure) is None
    assert check_proof(figure).is_whole


def test_the_rows_of_a_changed_figure_are_those_it_counted(here: World, publisher: Actor) -> None:
    figure = freeze(here, publisher)
    kept = set(figure.ids)
    gone = Response.objects.filter(dismissal_reason="").first()
    assert gone is not None
    Response.objects.filter(pk=gone.pk).update(
        dismissal_reason="spam", dismissed_by=here.officer, dismissed_at=people.NOON
    )
    build.response(here)
    coordinator = people.actor("coordinator", Role.COORDINATOR, of=here.campaign.lead)

    rows = rows_of_figure(coordinator, figure, would_now_be(figure))

    assert set(rows.values_list("pk", flat=True)) == kept


def test_several_are_frozen_at_once_or_none(here: World, publisher: Actor) -> None:
    facts = FreezeAllFacts(("responses_to_ads", "arrests.firearm"), AS_OF)
    made = freeze_figures(by=publisher, campaign=here.campaign, facts=facts)

    assert [figure.value for figure in made] == [3, 0]
    with pytest.raises(errors.NotFound):
        freeze_figures(
            by=publisher, campaign=here.campaign, facts=FreezeAllFacts(("responses_to_ads", "no_such"), AS_OF)
        )
    assert Figure.objects.count() == 2
    with pytest.raises(errors.RuleBroken):
        freeze_figures(by=publisher, campaign=here.campaign, facts=FreezeAllFacts((), AS_OF))


def test_the_newest_of_a_measure_stands_for_it(here: World, publisher: Actor) -> None:
    freeze(here, publisher)
    build.response(here)
    newer = freeze(here, publisher)

    assert figures_of(publisher, here.campaign)["responses_to_ads"] == newer


def test_a_figure_can_be_of_one_operation_or_of_one_agency(here: World, publisher: Actor) -> None:
    by_operation = FreezeFacts("responses_to_ads", AS_OF, operation=here.operation)
    by_agency = FreezeFacts("responses_to_ads", AS_OF, organization=here.partner)

    assert freeze_figure(by=publisher, campaign=here.campaign, facts=by_operation).value == 3
    assert freeze_figure(by=publisher, campaign=here.campaign, facts=by_agency).value == 0
    assert figures_of(publisher, here.campaign) == {}
    both = FreezeFacts("responses_to_ads", AS_OF, operation=here.operation, organization=here.partner)
    with pytest.raises(errors.BadInput):
        freeze_figure(by=publisher, campaign=here.campaign, facts=both)


@pytest.mark.parametrize("day", [date(2021, 9, 30), date(2021, 11, 11)])
def test_a_day_that_has_not_come_or_lies_before_the_campaign_is_refused(
    here: World, publisher: Actor, day: date
) -> None:
    def clock() -> datetime:
        return datetime(2021, 11, 10, 20, tzinfo=UTC)

    with pytest.raises(errors.RuleBroken, match="day"):
        freeze_figure(by=publisher, campaign=here.campaign, facts=FreezeFacts("responses_to_ads", day), clock=clock)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.AUDITOR, Role.OFFICER, Role.LIAISON, Role.ADMINISTRATOR])
def test_nobody_else_freezes(here: World, role: Role) -> None:
    other = people.actor("other", role, of=here.campaign.lead)

    with pytest.raises(errors.NotAllowed):
        freeze(here, other)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PUBLISHER, Role.PROSECUTOR, Role.AUDITOR])
def test_those_who_see_the_county_see_a_figure(here: World, publisher: Actor, role: Role) -> None:
    freeze(here, publisher)

    assert Figure.objects.visible_to(people.actor("reader", role, of=here.campaign.lead)).count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LIAISON, Role.ADVOCATE_LIAISON, Role.COALITION_MEMBER])
def test_others_see_none_before_it_is_published(here: World, publisher: Actor, role: Role) -> None:
    freeze(here, publisher)

    assert not Figure.objects.visible_to(people.actor("reader", role)).exists()
    assert not Figure.objects.visible_to(PUBLIC).exists()
