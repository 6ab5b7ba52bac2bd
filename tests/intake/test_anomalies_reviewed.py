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
from hotspots.jobs.actions import run_ready_jobs
from hotspots.jobs.models import Job
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


def unread(actor: made.Actor) -> list[tuple[str, str]]:
    """Give what waits on a person about files that were not read: the sentence, and where it leads."""
    return [(str(todo.title), todo.url) for todo in page_for(actor).todos if "not read" in str(todo.title)]


def test_a_file_that_was_refused_waits_under_its_name_until_somebody_has_pressed_reviewed() -> None:
    bench = made.bench()
    export = bench.read(b"\xff\xd8\xff\xe0 a picture", "photo.jpg")
    client = client_of(bench.custodian)
    before, titles = unread(bench.custodian), [str(todo.title) for todo in page_for(bench.custodian).todos]

    page = client.get(url_of("export", export))
    client.post(url_of("review_anomalies", export))

    reason = export.reading.refused_reason
    assert before == [(f"photo.jpg was kept and not read: {reason}", url_of("export", export))]
    assert not [title for title in titles if "Work that you asked for" in title or "byte" in title]
    assert page.content.decode().count(f'action="{url_of("review_anomalies", export)}"') == 1
    assert unread(bench.custodian) == []
    assert "Reviewed" in text_of(client.get(url_of("export", export)))


def test_a_file_whose_import_failed_waits_too_and_again_when_it_was_read_once_more() -> None:
    bench = made.bench()
    export = bench.receive(made.backup(made.sms(made.number(1), made.after(1))))
    bench.custodian_user.grants.update(revoked_at=made.after(1))
    run_ready_jobs()
    lead = bench.someone(Role.OPERATION_LEAD)
    client = client_of(lead)
    before = unread(lead)

    client.post(url_of("review_anomalies", export))
    reviewed = unread(lead)
    client.post(url_of("retry_import", export))

    assert before == [(f"{export} was kept and not read: {Job.objects.first().problem}", url_of("export", export))]
    assert reviewed == []
    assert Export.objects.get().anomalies_reviewed_at is None


def test_the_first_page_and_the_page_of_the_export_count_alike() -> None:
    bench = made.bench()
    emoji = made.sms(made.number(1), made.after(1), "ok").replace("ok", "ok &#55357;&#56832;")
    export = bench.read(made.backup(emoji, count=3))

    page = text_of(client_of(bench.custodian).get(url_of("export", export)))

    assert waiting(bench.custodian) == ["An import finished with 1 anomaly"]
    assert "1 anomaly in this file" in page
    assert "Noted, and read as meant" in page
    assert "things to know" not in page


def test_an_export_with_nothing_but_notes_waits_nowhere_and_does_not_say_so() -> None:
    bench = made.bench()
    emoji = made.sms(made.number(1), made.after(1), "ok").replace("ok", "ok &#55357;&#56832;")
    export = bench.read(made.backup(emoji))

    page = client_of(bench.custodian).get(url_of("export", export))

    assert waiting(bench.custodian) == []
    assert "Emoji written as two halves." in text_of(page) or "surrogate" in text_of(page)
    assert "It waits on the first page" not in text_of(page)
    assert url_of("review_anomalies", export) not in page.content.decode()


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
