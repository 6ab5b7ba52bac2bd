"""The list of what would be dismissed is headed by what it shows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hotspots.intake.views import dismissing
from tests import build_intake as made
from tests.build_pages import client_of, night

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("first_rows", "is_cut"), [(1, True), (20, False)])
def test_it_says_the_first_of_them_only_where_some_are_not_shown(
    monkeypatch: pytest.MonkeyPatch, first_rows: int, is_cut: bool
) -> None:
    bench, _ad = night()
    monkeypatch.setattr(dismissing, "FIRST_ROWS", first_rows)
    chosen = [bench.response(made.number(place)) for place in (1, 3)]
    url = reverse("intake:dismiss_many") + "?" + "&".join(f"row={row.pk}" for row in chosen)

    page = client_of(bench.custodian).get(url).content.decode()

    assert ("The first of them" in page) == is_cut
