"""Pages of intake: who opens them, what they say to whom, and what is decided there."""

from __future__ import annotations

import hashlib
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hotspots.access.actor import actor_of
from hotspots.access.models import User
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Ad, Mark, Message, Response, SourcePlace
from hotspots.intake.queries import find_responses
from hotspots.web.walk import Step, start_trail
from tests import build
from tests import build_intake as made
from tests.build_pages import client_as, client_of, queries_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)

TASK_FORCE = {Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN, Role.OPERATION_LEAD}
LIST_READERS = TASK_FORCE | {Role.AUDITOR}
KEEPERS = {Role.CUSTODIAN, Role.OPERATION_LEAD, Role.COORDINATOR}
BYTE_READERS = {Role.COORDINATOR, Role.PROSECUTOR, Role.CUSTODIAN}
SHOWN = "213-555-0101"
REFERRED = "213-555-0102"
HOSTILE = "<script>alert('x')</script> \u202eevil\u202c & more"


def night() -> tuple[made.Bench, Ad]:
    """Run an ad that is answered by a conversation, a call for help and a hostile text; one more has no number."""
    bench = made.bench()
    ad = bench.ad()
    bench.read(
        made.backup(
            made.sms(made.number(1), made.after(1), "hi saw your ad"),
            made.sms(made.number(1), made.after(1.1), "who is this", kind=2),
            made.sms(made.number(1), made.after(1.2), "how much"),
            made.sms(made.number(2), made.after(2), "please help me"),
            made.sms(made.number(3), made.after(3), HOSTILE),
            made.sms("", made.after(4), "no number"),
        )
    )
    return bench, ad


def url_of(page: str, record: Any) -> str:
    """Give the address of a record's page."""
    return reverse(f"intake:{page}", args=[record.pk])


def place_of(response: Response) -> SourcePlace:
    """Give the place of a response's first message."""
    return SourcePlace.objects.get(message=response.first_message)


def refer(bench: made.Bench, response: Response) -> Any:
    """Refer the sender of a response."""
    return client_of(bench.custodian).post(url_of("refer", response), {"ground": "may_be_minor"}, follow=True)


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

    answer = client_of(bench.custodian).get(reverse("intake:responses") + "?format=csv&q=0101")

    rows = answer.getvalue().decode().splitlines()
    assert len(rows) == 2
    assert SHOWN in rows[1]
    assert "Choose" not in rows[0]
    assert Entry.objects.filter(action="intake.show_contacts").count() == 1


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
    assert "q" not in auditor.get(urls[0]).context["listing"].form.fields
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
        reverse("intake:responses") + "?q=0102",
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


def test_a_response_shows_both_sides_the_counted_words_and_each_place() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    place = place_of(response)

    page = client_of(bench.custodian).get(url_of("response", response))

    said, body = text_of(page), page.content.decode()
    assert "<mark>hi saw your ad</mark>" in body
    assert body.count("<mark>") == 1
    assert "who is this" in said
    assert "Line A message operator" in said
    assert f"Counted as response {response.reference}" in said
    assert reverse("intake:bytes", args=[place.pk]) in body
    assert "Your view was logged at" in said
    assert Entry.objects.filter(action="intake.open_response").count() == 1


def test_a_long_conversation_is_shown_in_parts() -> None:
    bench = made.bench()
    bench.ad()
    bench.read(made.backup(*(made.sms(made.number(1), made.after(1 + n / 900), f"text {n}.") for n in range(620))))
    client = client_of(bench.custodian)
    url = url_of("response", bench.response(made.number(1)))

    first = client.get(url)
    last = client.get(first.context["part"]["next_url"].replace("part=2", "part=3"))
    odd = client.get(url + "?part=-1")

    assert "Messages 1 to 300 of 620" in text_of(first)
    assert "Messages 601 to 620 of 620" in text_of(last)
    assert "620 messages" in text_of(last)
    assert "text 619." in text_of(last)
    assert "text 299." not in text_of(last)
    assert "Messages 1 to 300" in text_of(odd)


def test_a_hostile_text_is_shown_as_text_and_turns_nothing_around() -> None:
    bench, _ad = night()
    response = bench.response(made.number(3))
    client = client_of(bench.custodian)

    pages = [
        client.get(url_of("response", response)),
        client.get(reverse("intake:bytes", args=[place_of(response).pk])),
    ]

    for page in pages:
        body = page.content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in body
        assert "\u202e" not in body
        assert "[U+202E]evil[U+202C] &amp; more" in body
        assert "<bdi>" in body


def test_an_operation_lead_reads_the_conversation_and_no_bytes() -> None:
    bench, _ad = night()
    lead = client_of(bench.someone(Role.OPERATION_LEAD))
    response = bench.response(made.number(1))

    page = lead.get(url_of("response", response))

    assert "how much" in text_of(page)
    assert "/places/" not in page.content.decode()
    assert "Closed to your role" in text_of(page)


def test_the_walk_leads_down_and_up_again_with_its_trail() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    actor = bench.custodian
    trail = (
        start_trail(actor).extend(Step.FIGURE, "261, frozen", "/figures/x").extend(Step.RECORDS, "261 rows", "/rows")
    )
    client = client_of(actor)

    message = client.get(trail.keep(url_of("response", response)))
    down = client.get(message.context["down"]["url"])
    file = client.get(down.context["down"]["url"])
    custody = client.get(file.context["down"]["url"])

    assert "261, frozen" in text_of(message)
    assert message.context["up"]["url"].startswith("/rows?")
    assert f"at={response.pk}" in message.context["up"]["url"]
    for page, step in ((down, 5), (file, 6), (custody, 7)):
        assert f"step {step} of 7" in text_of(page)
        assert "261, frozen" in text_of(page)
        assert f"{response.reference}, first contact" in text_of(page)
    back = client.get(custody.context["up"]["url"], follow=True)
    assert "step 6 of 7" in text_of(back)


def test_the_bytes_are_exactly_the_records_and_the_command_checks_them(tmp_path: Path) -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    place = place_of(response)

    page = client_of(bench.custodian).get(reverse("intake:bytes", args=[place.pk]))

    rows = page.context["rows"]
    cells = [cell for row in rows for cell in row["cells"]]
    shown = bytes(int(cell["hex"], 16) for cell in cells if cell)
    marked = bytes(int(cell["hex"], 16) for cell in cells if cell and cell["is_mark"])
    assert len(shown) == place.length_bytes
    assert shown.startswith(b"<sms ")
    assert marked == b"hi saw your ad"
    assert cells[0] is None or place.offset_bytes % 16 == 0
    assert "please help" not in page.content.decode()
    digest = hashlib.sha256(shown).hexdigest()
    assert page.context["digest"] == digest
    client = client_of(bench.custodian)
    export = bench.line.exports.get()
    whole = client.post(url_of("download_export", export), {"purpose": "court"})
    (tmp_path / "sms-20211007.xml").write_bytes(whole.getvalue())
    run = subprocess.run(page.context["command"], shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split()[0] == digest
    assert Entry.objects.filter(action="intake.open_bytes").count() == 1


def test_a_record_in_a_zip_is_checked_through_unzip() -> None:
    bench = made.bench()
    bench.ad()
    bench.read(made.zipped(sms=made.backup(made.sms(made.number(1), made.after(1)))), "backup.zip")
    place = place_of(bench.response(made.number(1)))

    page = client_of(bench.custodian).get(reverse("intake:bytes", args=[place.pk]))

    assert page.context["command"].startswith("unzip -p backup.zip sms.xml | tail -c +")
    assert "backup.zip / sms.xml" in text_of(page)


def test_a_dismissal_needs_a_reason_and_can_be_reinstated() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    client = client_of(bench.custodian)

    bare = text_of(client.post(url_of("dismiss", response), {"reason": ""}))
    done = text_of(client.post(url_of("dismiss", response), {"reason": "spam"}, follow=True))
    twice = text_of(client.post(url_of("dismiss", response), {"reason": "spam"}))
    back = text_of(client.post(url_of("reinstate", response), follow=True))

    assert "Choose a reason. A response cannot be dismissed without one." in bare
    assert "Dismissed: spam" in done
    assert "This response is dismissed; that cannot be done with it." in twice
    assert "Reinstated. It counts again." in back
    assert "Counted" in back


def test_a_referral_needs_a_ground() -> None:
    bench, _ad = night()
    response = bench.response(made.number(2))

    page = client_of(bench.custodian).post(url_of("refer", response), {})

    assert "Say on which ground." in text_of(page)
    assert client_of(bench.custodian).get(url_of("response", response)).status_code == 200


def test_a_message_is_marked_and_the_mark_removed() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    asked = Message.objects.filter(contact_point=response.contact_point).order_by("-sent_at").first()
    client = client_of(bench.custodian)
    url = reverse("intake:mark", args=[response.pk, asked.pk]) + "?mark=1"

    forms = client.get(url_of("response", response) + "?mark=1")
    bare = client.post(url, {"subject": ""})
    done = client.post(url, {"subject": "price"}, follow=True)
    twice = client.post(url, {"subject": "price"})
    mark = Mark.objects.get()
    gone = client.post(reverse("intake:unmark", args=[response.pk, mark.pk]), follow=True)

    assert forms.content.decode().count('name="subject"') == 3
    assert 'name="subject"' not in client.get(url_of("response", response)).content.decode()
    assert "This field is required." not in text_of(bare)
    assert "Choose what it raises first." in text_of(bare)
    assert "First to raise price" in text_of(done)
    assert "The sender, 15:12 marked by Custodian" in text_of(done)
    assert "A message of this conversation has this mark." in text_of(twice)
    assert "The mark is removed." in text_of(gone)
    assert not Mark.objects.exists()


def test_responses_are_found_by_number_last_four_and_reference() -> None:
    bench, _ad = night()
    response = bench.response(made.number(1))
    client = client_of(bench.custodian)

    for text in ("+12135550101", "(213) 555-0101", "0101", response.reference, response.reference.lower()):
        page = client.get(reverse("intake:responses"), {"q": text})
        assert [row.pk for row in page.context["listing"].rows] == [response.pk], text
    assert "No row matches" in text_of(client.get(reverse("intake:responses"), {"q": "9999"}))


def test_the_list_narrows_by_state_and_reason() -> None:
    bench, ad = night()
    client = client_of(bench.custodian)
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    counted = client.get(reverse("intake:responses"), {"state": "counted", "ad": ad.pk})
    spam = client.get(reverse("intake:responses"), {"reason": "spam"})
    broken = client.get(reverse("intake:responses"), {"ad": str(uuid.uuid4())})

    assert len(counted.context["listing"].rows) == 2
    assert len(spam.context["listing"].rows) == 1
    assert broken.status_code == 200
    assert len(broken.context["listing"].rows) == 0


def test_several_are_dismissed_after_a_preview() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    chosen = [bench.response(made.number(place)) for place in (1, 3)]
    url = reverse("intake:dismiss_many") + "?" + "&".join(f"row={row.pk}" for row in chosen)

    preview = client.get(url)
    root = preview.context["root"]
    bare = client.post(url, {"root": root, "reason": ""})
    done = client.post(url, {"root": root, "reason": "spam"}, follow=True)

    assert "Dismiss 2 responses" in text_of(preview)
    assert "Nothing has happened yet" in text_of(preview)
    assert all(row.reference in text_of(preview) for row in chosen)
    assert "Choose a reason." in text_of(bare)
    assert "2 responses are dismissed." in text_of(done)
    assert Response.objects.filter(dismissal_reason="spam").count() == 2
    assert Entry.objects.filter(action="intake.dismiss_responses").count() == 1


def test_nothing_is_dismissed_when_the_rows_have_changed_since_the_preview() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    url = reverse("intake:dismiss_many") + "?state=counted"
    root = client.get(url).context["root"]
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    page = client.post(url, {"root": root, "reason": "wrong_number"})

    assert "The rows have changed since you looked" in text_of(page)
    assert page.context["root"] != root
    assert not Response.objects.filter(dismissal_reason="wrong_number").exists()


def test_a_preview_leaves_out_what_does_not_count() -> None:
    bench, _ad = night()
    client = client_of(bench.custodian)
    client.post(url_of("dismiss", bench.response(made.number(3))), {"reason": "spam"})

    page = client.get(reverse("intake:dismiss_many"))
    none = client.get(reverse("intake:dismiss_many") + "?row=nonsense")

    assert "Dismiss 2 responses" in text_of(page)
    assert "1 more was chosen, and does not count now." in text_of(page)
    assert "Nothing to dismiss" in text_of(none)


def test_contacts_without_a_number_stand_apart() -> None:
    bench, _ad = night()

    page = client_of(bench.custodian).get(reverse("intake:withheld"))
    listed = client_of(bench.custodian).get(reverse("intake:responses"))
    rows = client_of(bench.custodian).get(reverse("intake:withheld") + "?format=csv").getvalue().decode().splitlines()

    assert len(page.context["listing"].rows) == 1
    assert "/places/" in page.content.decode()
    assert "no number" not in text_of(page)
    assert len(listed.context["listing"].rows) == 3
    assert len(rows) == 2


def test_the_pages_take_few_queries_however_many_rows_there_are() -> None:
    bench, ad = night()
    client = client_of(bench.custodian)
    response = bench.response(made.number(1))
    client.get(reverse("intake:responses"))
    pages = {
        reverse("intake:responses"): 18,
        reverse("intake:withheld"): 10,
        reverse("intake:ads"): 7,
        reverse("intake:lines"): 6,
        reverse("intake:exports"): 7,
        reverse("intake:dismiss_many"): 7,
        url_of("response", response): 26,
        url_of("ad", ad): 10,
        url_of("line", bench.line): 8,
        url_of("export", bench.line.exports.get()): 16,
        reverse("intake:bytes", args=[place_of(response).pk]): 24,
    }
    before = {url: queries_of(client, url) for url in pages}
    bench.read(made.backup(*(made.sms(made.number(20 + n), made.after(5 + n)) for n in range(9))), "more.xml")

    after = {url: queries_of(client, url) for url in pages}

    # What takes turns (audit/turn.py) costs a query or two more where it is a lock of the database.
    spare = 0 if connection.vendor == "sqlite" else 6
    assert {url: count for url, count in before.items() if count > pages[url] + spare} == {}
    assert after == before


def test_every_number_is_found_only_by_those_who_see_it() -> None:
    bench, _ad = night()
    other = User.objects.get(pk=build.person("far", Role.CUSTODIAN, of=build.organization("Millbrook PD")).pk)

    assert find_responses(bench.custodian, "0101").count() == 1
    assert find_responses(actor_of(other), "0101").count() == 0
