"""Pages on which evidence comes in: by parts, or as an object under its seal."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotspots.access.rules import Role
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import UploadState
from tests import build
from tests import build_intake as made
from tests.build_pages import (
    MINUTE,
    client_as,
    client_of,
    item,
    local_now,
    text_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


def arrival(bench: made.Bench, **said: Any) -> dict[str, Any]:
    """Give the fields of a form of arrival."""
    at = (local_now() - timedelta(minutes=5)).strftime(MINUTE)
    told = {
        "owner": bench.owner.pk,
        "received_at": at,
        "from_words": "desk officer",
        "custodian": bench.custodian_user.pk,
    }
    return {**told, **said}


def begin(client: Client, bench: made.Bench, size: int, **said: Any) -> Any:
    """Begin an upload as the script does."""
    told = arrival(bench, file_name="lobby.mp4", size_bytes=size, **said)
    return client.post(reverse("evidence:begin"), told)


def put(client: Client, upload: dict[str, Any], offset: int, part: bytes) -> Any:
    """Send one part as the script does."""
    return client.put(f"{upload['parts_url']}?offset={offset}", part, content_type="application/octet-stream")


def test_an_upload_comes_by_parts_and_goes_on_where_it_stopped() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)
    content = bytes(range(256)) * 40
    upload = begin(client, bench, len(content)).json()

    first = put(client, upload, 0, content[:4000])
    again = put(client, upload, 0, content[:4000])
    gap = put(client, upload, 8000, content[8000:])
    state = client.get(upload["url"]).json()
    rest = put(client, upload, state["received_bytes"], content[4000:])
    sha256 = hashlib.sha256(content).hexdigest()
    page = client.post(
        reverse("evidence:upload"), arrival(bench, upload=upload["id"], sha256=sha256, description="lobby"), follow=True
    )

    assert first.json()["received_bytes"] == again.json()["received_bytes"] == 4000
    assert gap.status_code == 409
    assert rest.json()["received_bytes"] == len(content)
    assert "lobby.mp4 is received." in text_of(page)
    assert Item.objects.get().sha256 == sha256


def test_a_form_with_an_error_keeps_the_file_that_has_come() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)
    upload = begin(client, bench, 3).json()
    put(client, upload, 0, b"abc")

    page = client.post(reverse("evidence:upload"), arrival(bench, upload=upload["id"], from_words=""))

    assert "This is needed." in text_of(page)
    assert "Received whole" in text_of(page)
    assert f'value="{upload["id"]}"' in page.content.decode()
    assert Item.objects.count() == 0


def test_errors_beside_other_fields_are_told_before_a_byte_is_sent() -> None:
    bench = made.bench()

    answer = begin(client_of(bench.custodian), bench, 10, from_words="")

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["from_words"]
    assert Upload.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_before_it_is_sent() -> None:
    bench = made.bench()

    answer = begin(client_of(bench.custodian), bench, 5 << 30)

    assert answer.status_code == 422
    assert "at most" in answer.json()["errors"]["file"][0]


def test_without_a_file_the_form_says_so_beside_it() -> None:
    bench = made.bench()

    page = client_of(bench.custodian).post(reverse("evidence:upload"), arrival(bench))

    assert "Choose a file and wait until it has been sent." in text_of(page)
    assert "No command takes in a file of this kind" in text_of(page)


def test_bytes_that_are_not_those_the_browser_hashed_are_let_go() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)
    upload = begin(client, bench, 3).json()
    put(client, upload, 0, b"abc")

    page = client.post(reverse("evidence:upload"), arrival(bench, upload=upload["id"], sha256="0" * 64))

    assert "The bytes that came are not those of the file you chose." in text_of(page)
    assert Item.objects.count() == 0
    assert Upload.objects.get().state == UploadState.DROPPED


def test_an_upload_is_seen_by_its_sender_alone() -> None:
    bench = made.bench()
    upload = begin(client_of(bench.custodian), bench, 3).json()
    other = client_of(build.person("second", Role.CUSTODIAN, of=bench.owner))

    assert other.get(upload["url"]).status_code == 404
    assert put(other, upload, 0, b"abc").status_code == 404
    assert Upload.objects.get().received_bytes == 0


def test_what_was_sent_and_not_received_can_be_discarded() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)
    upload = begin(client, bench, 6).json()
    put(client, upload, 0, b"abc")

    listed = client.get(reverse("evidence:upload"))
    page = client.post(reverse("evidence:discard", args=[upload["id"]]), follow=True)

    assert "3 bytes of 6 bytes" in text_of(listed)
    assert "What had come of lobby.mp4 is gone." in text_of(page)
    assert "Sent, and not yet received" not in text_of(page)


def test_bytes_that_are_here_already_are_told_only_to_those_who_see_them() -> None:
    bench = made.bench()
    kept = item(bench)
    url = f"{reverse('evidence:known')}?sha256={kept.sha256}"
    other = client_as(Role.CUSTODIAN, build.organization("Millbrook Police Department"))

    assert "These bytes are here already: lobby.mp4" in client_of(bench.custodian).get(url).json()["text"]
    assert other.get(url).json() == {"text": ""}


def test_an_object_is_logged_under_its_seal() -> None:
    bench = made.bench()
    client = client_of(bench.custodian)

    bare = client.post(reverse("evidence:log_object"), arrival(bench, description="phone", seal_number=""))
    page = client.post(
        reverse("evidence:log_object"), arrival(bench, description="phone", seal_number="004417"), follow=True
    )

    assert "This is needed." in text_of(bare)
    assert "phone is received. Its custody begins here." in text_of(page)


def test_an_item_cannot_come_in_the_future() -> None:
    bench = made.bench()
    later = (local_now() + timedelta(days=2)).strftime(MINUTE)

    page = client_of(bench.custodian).post(
        reverse("evidence:log_object"), arrival(bench, description="phone", seal_number="1", received_at=later)
    )

    assert "An item cannot come in the future." in text_of(page)
    assert 'value="phone"' in page.content.decode()


@pytest.mark.parametrize("is_known", [True, False])
def test_a_long_file_that_is_here_already_is_recognized_once_it_has_come(is_known: bool) -> None:
    bench = made.bench()
    item(bench)
    elsewhere = build.organization("Millbrook Police Department")
    custodian = bench.custodian_user if is_known else build.person("millbrook", Role.CUSTODIAN, of=elsewhere)
    client, owner = client_of(custodian), custodian.organization
    said = {"owner": owner.pk, "custodian": custodian.pk}
    upload = begin(client, bench, 6, **said).json()
    put(client, upload, 0, b"frames")

    # A browser does not hash a long file, so none comes with the form.
    page = client.post(reverse("evidence:upload"), arrival(bench, upload=upload["id"], **said), follow=True)

    assert "lobby.mp4 is received." in text_of(page)
    assert ("These bytes are here already: lobby.mp4, Alder City" in text_of(page)) is is_known


@pytest.mark.parametrize(("page", "has_command"), [("intake:receive", True), ("evidence:upload", False)])
def test_without_script_the_page_names_the_command_that_takes_such_a_file_and_no_other(
    page: str, has_command: bool
) -> None:
    build.county()

    said = text_of(client_as(Role.CUSTODIAN).get(reverse(page)))

    assert ("hotspots export receive FILE" in said) == has_command
    assert ("No command takes in a file of this kind" in said) != has_command
