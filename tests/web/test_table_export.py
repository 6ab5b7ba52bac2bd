"""The export of a list: every row of its filters, marked as a demonstration's, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from django.http import HttpResponseBase

from hotspots import errors
from hotspots.access.models import Organization
from hotspots.web.tables import neutralized
from tests import build
from tests.web.test_tables import TABLE, add, ask

pytestmark = pytest.mark.django_db


def lines_of(response: HttpResponseBase) -> list[list[str]]:
    """Read a CSV answer."""
    raw = b"".join(response)  # type: ignore[call-overload]
    assert not raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode())))


def test_the_export_holds_every_row_of_the_filters_in_their_order() -> None:
    build.county()
    add("b", "a", "=cmd()", "d", "c")
    add("x", kind="court")

    response = TABLE.respond(ask("format=csv&sort=-short&kind=police"), Organization.objects.all(), "unused.html")

    head, *rows = lines_of(response)
    assert head == ["Name", "Short name", "Jurisdiction", "People"]
    assert [row[1] for row in rows] == ["d", "c", "b", "a", "'=cmd()"]
    assert {row[3] for row in rows} == {"1210"}
    assert response.headers["Content-Disposition"] == 'attachment; filename="organizations.csv"'


def test_the_export_of_a_demonstration_says_so_in_name_and_rows() -> None:
    build.county(is_demonstration=True)
    add("a")

    response = TABLE.export(ask(), Organization.objects.all())

    head, row = lines_of(response)
    assert head[-1] == "Note"
    assert row[-1] == "Demonstration data: Alder County does not exist"
    assert 'filename="demonstration-organizations.csv"' in response.headers["Content-Disposition"]


def test_an_export_with_a_broken_filter_is_refused() -> None:
    with pytest.raises(errors.BadInput):
        TABLE.export(ask("kind=nobody"), Organization.objects.all())


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("+12095550104", "+12095550104"),
        ("-5", "-5"),
        ("Officer 12", "Officer 12"),
        ("", ""),
    ],
)
def test_a_formula_is_guarded_and_a_telephone_number_is_not(text: str, kept: str) -> None:
    assert neutralized(text) == kept
