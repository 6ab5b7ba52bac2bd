"""Pages of exports: how an import is followed, and what a file is said to hold."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.evidence.models import Item
from hotspots.intake.models import Export
from hotspots.intake.rules.states import ReadingState
from hotspots.jobs.actions import claim_job, run_ready_jobs
from hotspots.jobs.models import Job
from tests import build_intake as made
from tests.build_pages import (
    client_as,
    client_of,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def export_of(content: bytes, name: str = "sms-20211007.xml") -> tuple[made.Bench, Export]:
    """Receive a file whose import waits."""
    bench = made.bench()
    return bench, bench.receive(content, name)


def page_of(client: Client, export: Export) -> Any:
    """Open the page of an export."""
    return client.get(reverse("intake:export", args=[export.pk]))


def test_an_export_is_followed_while_it_is_read_and_shown_when_it_is() -> None:
    bench, export = export_of(made.backup(made.sms(made.number(1), made.after(1)), count=3))
    bench.ad()
    client = client_of(bench.custodian)
    url = reverse("intake:progress", args=[export.pk])

    waiting = page_of(client, export)
    queued = client.get(url)
    job = claim_job()
    Job.objects.filter(pk=job.pk).update(done_bytes=131_000_000, total_bytes=214_000_000, rows_count=332_418)
    running = text_of(client.get(url))
    Job.objects.filter(pk=job.pk).update(state="queued", done_bytes=0, total_bytes=500, rows_count=0)
    run_ready_jobs()
    over = client.get(url)
    done = text_of(page_of(client, export))

    assert "Being read now" in text_of(waiting)
    assert "If the computer stops, the import goes on from the last whole record." in text_of(waiting)
    assert f'hx-get="{url}"' in waiting.content.decode()
    assert "It waits for its turn." in text_of(queued)
    assert "61% read, 131 of 214 MB" in running
    assert "332,418 records kept so far." in running
    assert (over.status_code, over.headers["HX-Refresh"]) == (286, "true")
    assert "All, and all are kept 1" in done
    assert "New responses 1" in done
    assert "1 anomaly in this file" in done
    assert "All, and all are kept 1 Of these, came in without a number 0" in done
    assert "The file declares 3 records and holds 1" in done


def test_an_import_is_canceled_and_read_again() -> None:
    bench, export = export_of(made.backup(made.sms(made.number(1), made.after(1))))
    client = client_of(bench.custodian)

    stopped = client.post(reverse("intake:cancel_import", args=[export.pk]), follow=True)
    twice = client.post(reverse("intake:cancel_import", args=[export.pk]), follow=True)
    again = client.post(reverse("intake:retry_import", args=[export.pk]), follow=True)
    run_ready_jobs()

    assert "The import was stopped" in text_of(stopped)
    assert "This import is over." in text_of(twice)
    assert "The file is read again from its beginning." in text_of(again)
    export.reading.refresh_from_db()
    assert export.reading.state == ReadingState.FINISHED


def test_a_file_that_is_refused_says_why_and_is_kept() -> None:
    bench, export = export_of(b'<!DOCTYPE smses [<!ENTITY a "b">]><smses count="0"></smses>')
    run_ready_jobs()
    client = client_of(bench.custodian)

    page = page_of(client, export)

    said = text_of(page)
    assert "This file is not read" in said
    assert "DOCTYPE at byte 0" in said
    assert "It was kept and hashed, and not read." in said
    assert "What was read" not in said
    assert Item.objects.get().sha256 in page.content.decode()


def test_the_same_bytes_again_add_nothing_and_the_page_says_so() -> None:
    content = made.backup(made.sms(made.number(1), made.after(1)))
    bench, _first = export_of(content)
    run_ready_jobs()
    client = client_of(bench.custodian)
    told = {
        "file_name": "again.xml",
        "size_bytes": len(content),
        "line": bench.line.pk,
        "received_at": "2021-10-09T09:00",
    }
    told |= {"from_words": "message operator", "custodian": bench.custodian_user.pk}
    upload = client.post(reverse("intake:begin"), told).json()
    client.put(f"{upload['parts_url']}?offset=0", content, content_type="application/octet-stream")

    page = client.post(reverse("intake:receive"), {**told, "upload": upload["id"]}, follow=True)

    assert "The same bytes were received for this line before." in text_of(page)
    assert "New responses 0" in text_of(page)
    assert Export.objects.count() == 2


def test_a_form_of_an_export_without_its_line_says_so_before_a_byte_is_sent() -> None:
    bench = made.bench()

    answer = client_of(bench.custodian).post(
        reverse("intake:begin"),
        {"file_name": "a.xml", "size_bytes": 5, "received_at": "2021-10-09T09:00", "from_words": "x", "line": ""},
    )

    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"line", "custodian"}


def test_things_to_know_are_gathered_by_kind_with_every_place() -> None:
    bench = made.bench()
    emoji = made.sms(made.number(1), made.after(1), "ok").replace("ok", "ok &#55357;&#56832;")
    other = made.sms(made.number(2), made.after(2), "hm").replace("hm", "hm &#55357;&#56832;")
    export = bench.read(made.backup(emoji, other))

    said = text_of(page_of(client_of(bench.custodian), export))

    assert "Emoji written as two halves." in said
    assert "2 places, first at line 3" in said
    assert said.count("Two surrogate references") == 2


def test_an_emoji_written_as_two_halves_is_read_on_the_page_of_its_bytes() -> None:
    bench = made.bench()
    bench.ad()
    bench.read(made.backup(made.sms(made.number(1), made.after(1), "ok").replace("ok", "ok &#55357;&#56832;")))
    client = client_of(bench.custodian)
    response = bench.response(made.number(1))
    place = response.first_message.places.get()

    page = client.get(reverse("intake:bytes", args=[place.pk]))

    assert page.context["words"] == "ok \U0001f600"
    assert "\U0001f600" in text_of(client.get(reverse("intake:response", args=[response.pk])))


def test_the_whole_file_needs_a_purpose_and_stays_while_a_record_in_it_is_referred() -> None:
    bench, export = export_of(
        made.backup(made.sms(made.number(1), made.after(1)), made.sms(made.number(2), made.after(2)))
    )
    bench.ad()
    run_ready_jobs()
    client = client_of(bench.custodian)
    url = reverse("intake:download_export", args=[export.pk])

    bare = client.post(url, {"purpose": ""})
    sent = client.post(url, {"purpose": "court"})
    refer = reverse("intake:refer", args=[bench.response(made.number(2)).pk])
    client.post(refer, {"ground": "in_need_of_help"})
    shut = client.post(url, {"purpose": "court"})

    assert "Choose one." in text_of(bare)
    assert hashlib.sha256(sent.getvalue()).hexdigest() == export.item.sha256
    assert Entry.objects.filter(action="intake.download_export").count() == 1
    assert "so it does not leave as a whole" in text_of(shut)


def test_an_export_is_found_from_its_item_and_verified_there() -> None:
    bench, export = export_of(made.backup(made.sms(made.number(1), made.after(1))))
    client = client_of(bench.custodian)

    found = client.get(reverse("intake:export_of_item", args=[export.item_id]), follow=True)
    checked = client.post(reverse("intake:verify_export", args=[export.pk]), follow=True)

    assert found.status_code == 200
    assert found.request["PATH_INFO"] == reverse("intake:export", args=[export.pk])
    assert "still give the same SHA-256" in text_of(checked)
    other = client_as(Role.ADVOCATE_LIAISON)
    assert other.get(reverse("intake:export_of_item", args=[export.item_id])).status_code == 404


def test_the_list_of_exports_filters_and_exports() -> None:
    bench, _export = export_of(made.backup(made.sms(made.number(1), made.after(1))))
    client = client_of(bench.custodian)

    found = text_of(client.get(reverse("intake:exports"), {"name": "sms-", "state": "waiting"}))
    none = text_of(client.get(reverse("intake:exports"), {"state": "refused"}))
    rows = client.get(reverse("intake:exports") + "?format=csv").getvalue().decode().splitlines()

    assert "sms-20211007.xml" in found
    assert "No row matches" in none
    assert rows[0].startswith("Received,File,Line,Agency,Size,Records,State")
    assert "Being read" in rows[1]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("truncated.xml", "before the backup does"),
        ("xxe_file.xml", "It was kept and hashed, and not read."),
        ("billion_laughs_text.xml", "It was kept and hashed, and not read."),
        ("bidi_and_zero_width.xml", "What was read"),
        ("zip_slip.zip", "its name leads out of the zip"),
    ],
)
def test_a_hostile_sample_gives_a_page_and_not_an_apology(name: str, sentence: str, samples: Path) -> None:
    bench, export = export_of((samples / "intake" / "hostile_synthetic" / name).read_bytes(), name)
    run_ready_jobs()

    page = page_of(client_of(bench.custodian), export)

    assert page.status_code == 200
    assert "The file, untouched" in text_of(page)
    assert sentence in text_of(page)


def test_a_late_answer_is_told_to_lie_outside_the_ads_time() -> None:
    bench = made.bench()
    bench.ad()
    late = made.WITHDRAWN + timedelta(hours=80)
    bench.read(made.backup(made.sms(made.number(1), made.after(1)), made.sms(made.number(1), late, "still there?")))

    said = text_of(client_of(bench.custodian).get(reverse("intake:response", args=[bench.response(made.number(1)).pk])))

    assert "outside the ad" in said
    assert "still there?" in said
