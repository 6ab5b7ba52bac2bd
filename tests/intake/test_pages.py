"""Pages of intake: who opens them, and what they say to whom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from tests import build
from tests import build_intake as made
from tests.build_pages import (
    client_as,
    client_of,
    find,
    night,
    place_of,
    refer,
    text_of,
    url_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


TASK_FORCE = {Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN, Role.OPERATION_LEAD}

LIST_READERS = TASK_FORCE | {Role.AUDITOR}

KEEPERS = {Role.CUSTODIAN, Role.OPERATION_LEAD, Role.COORDINATOR}

BYTE_READERS = {Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN}

SHOWN = "213-555-0101"

REFERRED = "213-555-0102"


def test_each_page_opens_for_its_audience_alone() -> None:
    bench, ad = night()
    response = bench.response(made.number(1))
    export = bench.line.exports.get()
    pages = {
        reverse("intake:lines"): LIST_READERS,
        url_of("line", bench.line): LIST_READERS,
        reverse("intake:open_line"): KEEPERS,
        reverse("intake:ads"): LIST_READERS,
        url_of("ad", ad): LIST_READERS,
        reverse("intake:place_ad"): KEEPERS,
        reverse("intake:exports"): LIST_READERS,
        url_of("export", export): LIST_READERS,
        reverse("intake:receive"): KEEPERS,
        url_of("download_export", export): {Role.PROSECUTOR, Role.CUSTODIAN},
        reverse("intake:responses"): LIST_READERS,
        reverse("intake:withheld"): LIST_READERS,
        reverse("intake:dismiss_many"): TASK_FORCE,
        url_of("response", response): TASK_FORCE,
        reverse("intake:bytes", args=[place_of(response).pk]): BYTE_READERS,
        reverse("intake:referred"): {Role.ADVOCATE_LIAISON},
    }

    for role in Role:
        client = client_as(role, bench.owner)
        for url, audience in pages.items():
            assert client.get(url).status_code == (200 if role in audience else 404), (role, url)


def test_a_visitor_is_sent_to_sign_in() -> None:
    bench, _ad = night()

    answer = client_of(None).get(url_of("response", bench.response(made.number(1))))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")


def test_another_agency_sees_nothing_of_it() -> None:
    bench, ad = night()
    response = bench.response(made.number(1))
    other = client_as(Role.CUSTODIAN, build.organization("Millbrook Police Department"))

    for url in (
        url_of("response", response),
        url_of("ad", ad),
        url_of("line", bench.line),
        url_of("dismiss", response),
    ):
        assert other.get(url).status_code in {404, 405}
    assert "No response yet" in text_of(other.get(reverse("intake:responses")))
    assert other.get(reverse("intake:bytes", args=[place_of(response).pk])).status_code == 404


def test_a_list_shows_numbers_and_logs_that_it_did() -> None:
    bench, _ad = night()

    page = client_of(bench.custodian).get(reverse("intake:responses"))

    assert SHOWN in text_of(page)
    entries = Entry.objects.filter(action="intake.show_contacts")
    assert entries.count() == 1
    assert "555" not in entries.get().body


def test_an_export_of_the_list_holds_the_numbers_and_logs_them() -> None:
    bench, _ad = night()

    client = client_of(bench.custodian)
    answer = client.get(find(client, "0101").context["listing"].csv_url)

    rows = answer.getvalue().decode().splitlines()
    assert len(rows) == 2
    assert SHOWN in rows[1]
    assert "Choose" not in rows[0]
    assert Entry.objects.filter(action="intake.show_contacts").count() == 2  # the list, and the file


def test_an_auditor_sees_references_and_places_and_no_number_or_word() -> None:
    bench, ad = night()
    response = bench.response(made.number(1))
    auditor = client_as(Role.AUDITOR)
    export = bench.line.exports.get()
    urls = [
        reverse("intake:responses"),
        reverse("intake:withheld"),
        url_of("export", export),
        url_of("ad", ad),
        url_of("line", bench.line),
        reverse("intake:lines"),
        reverse("intake:exports"),
        reverse("intake:responses") + "?format=csv",
        reverse("intake:lines") + "?format=csv",
        reverse("evidence:item", args=[export.item_id]),
    ]

    said = {url: text_of(auditor.get(url)) for url in urls}

    for url, words in said.items():
        assert "555" not in words, url
        for secret in ("saw your ad", "how much", "please help", "classifieds"):
            assert secret not in words, url
    place = place_of(response)
    assert response.reference in said[urls[0]]
    assert f"{place.offset_bytes:,} + {place.length_bytes}" in said[urls[0]]
    assert said[url_of("export", export)].count("Closed to auditors") == 2
    assert "0101" in SHOWN
    assert "finding" not in auditor.get(urls[0]).context
    assert auditor.post(reverse("intake:find"), {"sought": "0101"}).status_code == 404
    assert Entry.objects.filter(action="intake.show_contacts").count() == 0


def test_a_referred_sender_is_nowhere_in_the_task_forces_pages() -> None:
    bench, ad = night()
    response = bench.response(made.number(2))
    place = place_of(response)

    page = refer(bench, response)

    assert "The conversation has left the task force" in text_of(page)
    client = client_of(bench.custodian)
    export = bench.line.exports.get()
    urls = (
        reverse("intake:responses"),
        reverse("intake:responses") + f"?found={response.contact_point_id}",
        find(client, "0102").redirect_chain[0][0],
        reverse("intake:responses") + "?format=csv",
        reverse("intake:dismiss_many"),
        url_of("ad", ad),
        url_of("export", export),
        reverse("intake:ads"),
    )
    for url in urls:
        said = text_of(client.get(url))
        assert REFERRED not in said, url
        assert response.reference not in said, url
        assert "eferred" not in said.replace("preferred", ""), url
    assert "2 responses that count" in text_of(client.get(url_of("ad", ad))).replace("  ", " ")
    assert client.get(url_of("response", response)).status_code == 404
    assert client.get(reverse("intake:bytes", args=[place.pk])).status_code == 404


def test_a_referral_is_opened_by_the_advocate_liaison_alone_and_taken_over() -> None:
    bench, _ad = night()
    refer(bench, bench.response(made.number(2)))
    liaison = client_as(Role.ADVOCATE_LIAISON)
    listed = liaison.get(reverse("intake:referred"))
    [row] = listed.context["listing"].rows

    opened = text_of(liaison.get(url_of("referral", row)))
    bare = liaison.post(url_of("take_over", row), {"taken_over_by_words": ""})
    done = liaison.post(url_of("take_over", row), {"taken_over_by_words": "Advocate A, Harborlight"}, follow=True)
    after = liaison.get(url_of("referral", row))

    assert row.reference in text_of(listed)
    assert "please help me" in opened
    assert REFERRED in opened
    assert "how much" not in opened
    assert "This is needed." in text_of(bare)
    assert "Advocate A, Harborlight" in text_of(done)
    assert after.status_code == 404
    assert client_of(bench.custodian).get(url_of("referral", row)).status_code == 404
