"""A file comes in by parts, and becomes one blob."""

from __future__ import annotations

import io
import os

import pytest

from hotspots import errors
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.evidence import actions, rules
from hotspots.evidence.actions import ItemFacts, UploadFacts, WholeFacts
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.queries import known_item
from hotspots.evidence.rules import UploadState, clean_file_name
from hotspots.store.actions import parts_of, path_of, read_range
from hotspots.store.models import Blob
from tests import build, build_intake

CONTENT = bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sms-2021.xml", "sms-2021.xml"),
        ("../../etc/passwd", "passwd"),
        ("C:\\phone\\sms.xml", "sms.xml"),
        ("a\u202exml.exe", "axml.exe"),
        ("two\nlines.xml", "twolines.xml"),
        ("...hidden", "hidden"),
        ("", "unnamed file"),
        ("x" * 300 + ".xml", "x" * 196 + ".xml"),
    ],
)
def test_a_file_name_hides_nothing(given: str, kept: str) -> None:
    assert clean_file_name(given) == kept


@pytest.mark.django_db(transaction=True)
def test_parts_come_in_order_and_again_and_are_joined() -> None:
    bench = build_intake.bench()
    by = bench.custodian
    upload = actions.begin_upload(by=by, owner=bench.owner, facts=UploadFacts("a.xml", len(CONTENT)))

    def send(offset: int, size: int) -> Upload:
        source = io.BytesIO(CONTENT[offset : offset + size])
        return actions.store_part(by=by, upload=upload, offset_bytes=offset, size_bytes=size, source=source)

    with pytest.raises(errors.Stale) as gap:
        send(3000, 100)
    send(0, 3000)
    again = send(0, 3000)
    with pytest.raises(errors.RuleBroken):
        actions.join_upload(by=by, upload=again)
    with pytest.raises(errors.BadInput):
        actions.store_part(by=by, upload=upload, offset_bytes=3000, size_bytes=2120, source=io.BytesIO(b"short"))
    with pytest.raises(errors.RuleBroken):
        send(3000, 2121)
    last = send(3000, 2120)
    whole = actions.join_upload(by=by, upload=last)

    assert gap.value.theirs == 0
    assert again.received_bytes == 3000
    assert whole.state == UploadState.WHOLE
    assert read_range(whole.blob, 0, len(CONTENT)) == CONTENT
    assert parts_of(upload.pk) == []


@pytest.mark.django_db(transaction=True)
def test_size_and_quota_are_checked_before_a_byte_comes(monkeypatch) -> None:
    bench = build_intake.bench()
    begin = actions.uploads.begin_upload

    with pytest.raises(errors.RuleBroken) as large:
        begin(by=bench.custodian, owner=bench.owner, facts=UploadFacts("a.xml", rules.UPLOAD_LIMIT_BYTES + 1))
    monkeypatch.setattr(actions.uploads, "QUOTA_BYTES", 100)
    begin(by=bench.custodian, owner=bench.owner, facts=UploadFacts("a.xml", 60))
    with pytest.raises(errors.RuleBroken) as full:
        begin(by=bench.custodian, owner=bench.owner, facts=UploadFacts("b.xml", 60))

    assert large.value.rule == "upload.size"
    assert full.value.rule == "upload.quota"


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_seen_by_its_sender_alone_and_is_one_item_at_the_most() -> None:
    bench = build_intake.bench()
    other = bench.someone(Role.OPERATION_LEAD)
    upload = bench.upload(b"x")
    facts = ItemFacts(build_intake.ARRIVED, "Officer 3")

    with pytest.raises(errors.NotFound):
        actions.discard_upload(by=other, upload=upload)
    actions.log_item(by=bench.custodian, owner=bench.owner, upload=upload, facts=facts)
    with pytest.raises(errors.Stale):
        actions.log_item(by=bench.custodian, owner=bench.owner, upload=upload, facts=facts)
    with pytest.raises(errors.RuleBroken):
        actions.discard_upload(by=bench.custodian, upload=upload)

    assert Item.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_dropped_upload_leaves_no_part() -> None:
    bench = build_intake.bench()
    upload = actions.begin_upload(by=bench.custodian, owner=bench.owner, facts=UploadFacts("a", 10))
    actions.store_part(
        by=bench.custodian, upload=upload, offset_bytes=0, size_bytes=4, source=io.BytesIO(os.urandom(4))
    )

    dropped = actions.discard_upload(by=bench.custodian, upload=upload)

    assert dropped.state == UploadState.DROPPED
    assert parts_of(upload.pk) == []


@pytest.mark.django_db(transaction=True)
def test_known_bytes_are_told_only_to_those_who_see_the_item() -> None:
    bench = build_intake.bench()
    elsewhere = build.organization("Millbrook Police Department")
    stranger = bench.someone(Role.CUSTODIAN, of=elsewhere)
    upload = bench.upload(b"the same bytes")
    item = actions.log_item(
        by=bench.custodian, owner=bench.owner, upload=upload, facts=ItemFacts(build_intake.ARRIVED, "Officer 3")
    )

    assert known_item(bench.custodian, item.sha256) == item
    assert known_item(stranger, item.sha256) is None
    assert known_item(bench.custodian, "0" * 64) is None


def whole_upload(bench: build_intake.Bench, content: bytes) -> Upload:
    """Send a file by parts, and join them."""
    by = bench.custodian
    upload = actions.begin_upload(by=by, owner=bench.owner, facts=UploadFacts("a.mp4", len(content)))
    sent = actions.store_part(by=by, upload=upload, offset_bytes=0, size_bytes=len(content), source=io.BytesIO(content))
    return actions.join_upload(by=by, upload=sent)


@pytest.mark.django_db(transaction=True)
def test_a_whole_upload_that_is_dropped_leaves_no_bytes_and_the_log_names_what_went() -> None:
    bench = build_intake.bench()
    upload = whole_upload(bench, CONTENT)
    blob, path = upload.blob, path_of(upload.blob)
    assert path.exists()

    actions.discard_upload(by=bench.custodian, upload=upload)

    assert not path.exists()
    with pytest.raises(errors.Unavailable):
        read_range(blob, 0, 1)
    assert Blob.objects.get().destroyed_at is not None
    body = Entry.objects.get(action="evidence.drop_upload").body
    assert blob.sha256 in body
    assert str(blob.key_id) in body


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_item", [True, False])
def test_bytes_that_something_else_uses_stay(is_item: bool) -> None:
    bench = build_intake.bench()
    other, upload = whole_upload(bench, CONTENT), whole_upload(bench, CONTENT)
    if is_item:
        facts = ItemFacts(build_intake.ARRIVED, "Officer 3")
        actions.log_item(by=bench.custodian, owner=bench.owner, upload=other, facts=facts)

    actions.discard_upload(by=bench.custodian, upload=upload)

    assert read_range(upload.blob, 0, len(CONTENT)) == CONTENT
    if not is_item:
        actions.discard_upload(by=bench.custodian, upload=other)
        assert not path_of(upload.blob).exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_that_were_let_go_come_again_under_a_new_key() -> None:
    bench = build_intake.bench()
    dropped = whole_upload(bench, CONTENT)
    actions.discard_upload(by=bench.custodian, upload=dropped)

    again = whole_upload(bench, CONTENT)

    assert again.blob.key_id != dropped.blob.key_id
    assert read_range(again.blob, 0, len(CONTENT)) == CONTENT


@pytest.mark.django_db(transaction=True)
def test_an_upload_does_not_finish_with_bytes_that_were_let_go_in_between() -> None:
    bench = build_intake.bench()
    dropped = whole_upload(bench, CONTENT)
    facts = UploadFacts("b.mp4", len(CONTENT))
    waiting = actions.begin_upload(by=bench.custodian, owner=bench.owner, facts=facts)
    actions.discard_upload(by=bench.custodian, upload=dropped)

    with pytest.raises(errors.Stale) as refusal:
        actions.finish_upload(by=bench.custodian, upload=waiting, facts=WholeFacts(dropped.blob_id))

    assert refusal.value.rule == "upload.blob"
