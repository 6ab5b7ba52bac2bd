"""What a partner agency sees of a line that it shares: the responses, and neither their bytes nor the file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.intake.models import Ad, Export
from hotspots.operations.models import Partner
from tests import build
from tests import build_intake as made
from tests.build_pages import client_of, night, place_of, text_of, url_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("role", [Role.CUSTODIAN, Role.OPERATION_LEAD])
def test_a_partner_opens_a_response_and_finds_the_file_closed(role: Role) -> None:
    bench, _ad = night()
    other = build.organization("Cottonwood Police Department")
    operation = made.operation(bench)
    Partner.objects.create(operation=operation, organization=other)
    Ad.objects.update(operation=operation)
    someone = build.actor("partner", role, of=other)
    client, response = client_of(someone), bench.response(made.number(1))

    page = client.get(url_of("response", response))
    below = client.get(reverse("intake:bytes", args=[place_of(response).pk]))
    export = client.get(reverse("intake:export", args=[Export.objects.get().pk]))

    assert page.status_code == 200
    assert "Closed to your agency" in text_of(page)
    assert below.status_code in {403, 404}
    assert export.status_code == 404
    assert not Export.objects.visible_to(someone).exists()
