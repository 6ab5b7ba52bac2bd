"""What is odd in a file waits on the first page until somebody has looked at it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.desk.now.page import page_for
from hotspots.evidence.models import Item
from hotspots.intake.actions import review_anomalies
from hotspots.intake.models import Ad, Export
from hotspots.operations.models import Partner
from tests import build
from tests import build_intake as made
from tests.build_pages import client_as, client_of, text_of, url_of

pytestmark = pytest.mark.django_db(transaction=True)


def odd_export() -> tuple[made.Bench, Export]:
    """Read a file whose head counts more records than it has."""
    bench = made.bench()
    bench.ad()
    return bench, bench.read(made.backup(made.sms(made.number(1), made.after(1)), count=3))


def waiting(actor: made.Actor) -> list[str]:
    """Give what waits on a person about imports."""
    return [str(todo.title) for todo in page_for(actor).todos if "anomal" in str(todo.title)]


def test_an_import_with_anomalies_waits_until_one_who_keeps_the_line_presses_reviewed() -> None:
    bench, export = odd_export()
    client = client_of(bench.custodian)
    lead = bench.someone(Role.OPERATION_LEAD)
    before = waiting(bench.custodian), waiting(lead)

    page = client.get(url_of("export", export))
    after = client.post(url_of("review_anomalies", export), follow=True)

    assert before == (["An import finished with 1 anomaly"],) * 2
    assert reverse("intake:review_anomalies", args=[export.pk]) in page.content.decode()
    assert "Reviewed" in text_of(after)
    assert f"by {build.User.objects.get(login='custodian').full_title}" in text_of(after)
    assert url_of("review_anomalies", export) not in after.content.decode()
    assert (waiting(bench.custodian), waiting(lead)) == ([], [])
    entry = Entry.objects.get(action="intake.review_anomalies")
    assert entry.actor_id == bench.custodian.user_id


def test_a_second_press_changes_nothing() -> None:
    bench, export = odd_export()
    client = client_of(bench.custodian)
    client.post(url_of("review_anomalies", export))
    first = Export.objects.get().anomalies_reviewed_at

    again = client_of(bench.someone(Role.OPERATION_LEAD)).post(url_of("review_anomalies", export), follow=True)

    assert "Somebody has reviewed this file already." in text_of(again)
    assert Export.objects.get().anomalies_reviewed_at == first


def test_a_file_that_is_not_read_yet_cannot_be_reviewed() -> None:
    bench = made.bench()
    export = bench.receive(made.backup(made.sms(made.number(1), made.after(1)), count=3))

    with pytest.raises(errors.RuleBroken):
        review_anomalies(by=bench.custodian, export=export)


def test_a_refused_file_is_reviewed_too() -> None:
    bench = made.bench()
    export = bench.read(b"<!DOCTYPE smses><smses count='0'/>")
    client = client_of(bench.custodian)
    is_waiting = bool(waiting(bench.custodian))

    page = client.get(url_of("export", export))

    assert (url_of("review_anomalies", export) in page.content.decode()) == is_waiting


def test_neither_a_partner_nor_an_auditor_is_asked_to_review() -> None:
    bench, export = odd_export()
    other = build.organization("Cottonwood Police Department")
    operation = made.operation(bench)
    Partner.objects.create(operation=operation, organization=other)
    Ad.objects.update(operation=operation)
    Item.objects.filter(pk=export.item_id).update(operation=operation)
    partner = build.actor("partner", Role.OPERATION_LEAD, of=other)

    page = client_of(partner).get(url_of("export", export))

    assert page.status_code == 200
    assert url_of("review_anomalies", export) not in page.content.decode()
    assert waiting(partner) == []
    assert client_of(partner).post(url_of("review_anomalies", export)).status_code == 403
    assert client_as(Role.AUDITOR).post(url_of("review_anomalies", export)).status_code == 404
