"""Two imports that meet one number make one contact point of it."""

from __future__ import annotations

import pytest
from django.db import transaction

from hotspots.intake.actions.bulk import forms_now
from hotspots.intake.actions.contacts import Contacts
from hotspots.intake.models import ContactPoint
from hotspots.keys.models import DataKey
from tests.build_intake import number

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_to_write_takes_the_first_ones_contact_point_and_writes_its_others() -> None:
    first, second = Contacts("+12095550104", forms_now()), Contacts("+12095550117", forms_now())
    first.meet([number(1)])
    second.meet([number(1), number(2)])
    with transaction.atomic():
        was_alone = not first.write_new()

    with transaction.atomic():
        has_given_way = second.write_new()

    assert (was_alone, has_given_way) == (True, True)
    assert second.by_written[number(1)] == first.by_written[number(1)]
    assert (ContactPoint.objects.count(), DataKey.objects.filter(purpose="contact").count()) == (2, 2)


def test_a_number_that_was_written_before_is_found_with_its_key() -> None:
    first = Contacts("+12095550104", forms_now())
    first.meet([number(1)])
    with transaction.atomic():
        first.write_new()

    later = Contacts("+12095550104", forms_now())
    later.meet([number(1)])

    assert later.by_written == first.by_written
    with transaction.atomic():
        assert not later.write_new()
