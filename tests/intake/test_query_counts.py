"""How many queries the reads of intake take, however long the lists are."""

from __future__ import annotations

import pytest

from hotspots.intake.models import Export, Message, SourcePlace
from hotspots.intake.queries import (
    bytes_window,
    contact_values,
    conversation_of,
    export_report,
    find_responses,
    import_progress,
)
from tests.build_intake import after, backup, bench, contact_point, number, sms

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_read_takes_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    made = bench()
    made.ad()
    made.read(backup(*(sms(number(n % 30), after(n / 100), f"message {n}") for n in range(300))))
    response, export = made.response(number(1)), Export.objects.get()
    place = SourcePlace.objects.first()
    actor = made.custodian
    contacts = [contact_point(number(n)) for n in range(20)]

    with django_assert_num_queries(7):
        assert len(conversation_of(actor, response).said) == 10
    with django_assert_num_queries(7):
        bytes_window(actor, place.pk)
    with django_assert_num_queries(2):
        assert len(contact_values(actor, contacts)) == 20
    with django_assert_num_queries(1):
        assert len(find_responses(actor, "0101")) == 1
    with django_assert_num_queries(6):
        export_report(actor, export)
    with django_assert_num_queries(2):
        import_progress(actor, export)
    with django_assert_num_queries(1):
        assert len(Message.objects.visible_to(actor)[:50]) == 50
