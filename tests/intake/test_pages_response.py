"""The page of a response, the bytes under it, and what is decided there."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.intake.models import Mark, Message
from hotspots.web.walk import Step, start_trail
from tests import build_intake as made
from tests.build_pages import (
    client_of,
    night,
    place_of,
    text_of,
    url_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_the_page_and_the_list_count_the_messages_of_the_ads_time_alike() -> None:
    bench = made.bench()
    bench.ad()
    bench.read(
        made.backup(
            *(made.sms(made.number(1), made.after(hours)) for hours in (-2, -1, 1, 2, 3, 4, 5)),
            made.mms(made.number(2), [made.number(1)], made.after(6)),
        )
    )
    response, client = bench.response(made.number(1)), client_of(bench.custodian)

    page, listing = client.get(url_of("response", response)), client.get(reverse("intake:responses"))

    assert response.messages_count == 5
    assert "8 messages, 5 in the ad's time, 1 of a group that they are in" in text_of(page).replace("&#x27;", "'")
    assert "Messages in the ad's time" in text_of(listing).replace("&#x27;", "'")
