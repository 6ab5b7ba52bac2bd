"""Bytes that no item came of do not stay, whenever the upload was dropped or its process was killed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from hotspots import errors
from hotspots.access.clock import system_clock
from hotspots.audit.models import Entry
from hotspots.commands.serve import work
from hotspots.evidence import actions
from hotspots.evidence.actions import UploadFacts, sweep_bytes
from hotspots.evidence.models import Item, Upload
from hotspots.evidence.rules import UploadState
from hotspots.store.actions import PartsReader, parts_of, path_of, put_bytes, put_part, read_range
from hotspots.store.models import Blob
from tests import build_intake
from tests.build_pages import item

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = bytes(range(256)) * 20


def sent(bench: build_intake.Bench) -> Upload:
    """Send a file by two parts, and do not join them yet."""
    by, half = bench.custodian, len(CONTENT) // 2
    upload = actions.begin_upload(by=by, owner=bench.owner, facts=UploadFacts("a.mp4", len(CONTENT)))
    for start in (0, half):
        source = io.BytesIO(CONTENT[start : start + half])
        upload = actions.store_part(by=by, upload=upload, offset_bytes=start, size_bytes=half, source=source)
    return upload


def doing(deed: Callable[[], object]) -> Callable[[], datetime]:
    """Give a clock that does something the first time that it is read: the parts are known then, and not read."""
    left = [deed]

    def clock() -> datetime:
        while left:
            left.pop()()
        return system_clock()

    return clock


def later() -> datetime:
    """Give the time in two days."""
    return system_clock() + timedelta(days=2)


def live_blobs() -> int:
    """Count the bytes that are still there."""
    return Blob.objects.filter(destroyed_at__isnull=True).count()


def files_of(settings: Settings) -> list[Path]:
    """Give the files of the store."""
    return [path for path in Path(settings.STORE_ROOT).rglob("*") if path.is_file()]


def test_an_upload_that_is_dropped_while_it_is_joined_leaves_no_bytes() -> None:
    bench = build_intake.bench()
    upload = sent(bench)
    drop = doing(lambda: actions.drop_upload(by=bench.custodian, upload=upload))

    with pytest.raises(errors.Stale):
        actions.join_upload(by=bench.custodian, upload=upload, clock=drop)

    blob = Blob.objects.get()
    assert blob.destroyed_at is not None
    assert not path_of(blob).exists()
    entry = Entry.objects.get(action="evidence.let_go_bytes")
    assert entry.actor_id is None
    assert json.loads(entry.body)["noted"]["destroyed_sha256"] == blob.sha256


def test_parts_that_go_while_they_are_read_are_told_in_a_sentence(settings: Settings) -> None:
    bench = build_intake.bench()
    upload = sent(bench)
    before = files_of(settings)
    drop = doing(lambda: actions.discard_upload(by=bench.custodian, upload=upload))

    with pytest.raises(errors.Stale, match="was dropped in between"):
        actions.join_upload(by=bench.custodian, upload=upload, clock=drop)

    assert set(files_of(settings)) < set(before)
    assert Blob.objects.count() == 0


def test_a_part_whose_file_is_gone_is_told_in_a_sentence(settings: Settings) -> None:
    upload = sent(build_intake.bench())
    reader = PartsReader(parts_of(upload.pk))
    for path in files_of(settings):
        if path.name.startswith(str(upload.pk)):
            path.unlink()

    with pytest.raises(errors.Stale, match="was dropped in between"):
        reader.read(10)


def test_a_whole_file_that_is_refused_in_the_end_leaves_no_bytes() -> None:
    bench = build_intake.bench()
    facts = UploadFacts("a.xml", len(CONTENT) + 1)

    with pytest.raises(errors.RuleBroken) as refusal:
        actions.keep_file(by=bench.custodian, owner=bench.owner, source=io.BytesIO(CONTENT), facts=facts)

    assert refusal.value.rule == "upload.size"
    assert live_blobs() == 0


def test_a_refusal_leaves_the_bytes_that_an_item_uses() -> None:
    bench = build_intake.bench()
    kept = item(bench, CONTENT)
    facts = UploadFacts("a.xml", len(CONTENT) + 1)

    with pytest.raises(errors.RuleBroken):
        actions.keep_file(by=bench.custodian, owner=bench.owner, source=io.BytesIO(CONTENT), facts=facts)

    assert read_range(kept.blob, 0, len(CONTENT)) == CONTENT


def test_a_day_after_a_kill_the_sweep_lets_go_what_nothing_uses() -> None:
    bench = build_intake.bench()
    kept, waiting = item(bench, b"an item"), bench.upload(b"a whole upload")
    upload = sent(bench)
    put_bytes(PartsReader(parts_of(upload.pk)), at=system_clock())  # and here the process is killed
    actions.drop_upload(by=bench.custodian, upload=upload)
    sweep_bytes()
    after_an_hour = live_blobs()

    sweep_bytes(clock=later)
    sweep_bytes(clock=later)

    assert after_an_hour == 3
    assert set(Blob.objects.filter(destroyed_at__isnull=True)) == {kept.blob, waiting.blob}
    assert Entry.objects.filter(action="evidence.let_go_bytes").count() == 1
    assert not Entry.objects.filter(action="refused").exists()


def test_the_sweep_lets_go_the_parts_of_an_upload_that_has_ended_and_no_others() -> None:
    bench = build_intake.bench()
    dropped, going_on = sent(bench), sent(bench)
    actions.drop_upload(by=bench.custodian, upload=dropped)
    put_part(dropped.pk, len(CONTENT), io.BytesIO(b"came too late"))

    sweep_bytes()

    assert parts_of(dropped.pk) == []
    whole = actions.join_upload(by=bench.custodian, upload=going_on)
    assert whole.state == UploadState.WHOLE


def test_a_worker_sweeps() -> None:
    put_bytes(io.BytesIO(CONTENT), at=system_clock() - timedelta(days=2))

    work(once=True)

    assert live_blobs() == 0


def test_nothing_but_items_and_uploads_names_stored_bytes() -> None:
    fields = Blob._meta.get_fields(include_hidden=True)

    # Whoever adds another teaches `is_used` and `unused_blobs` of it: they decide what is destroyed.
    assert {field.related_model for field in fields if field.auto_created and field.is_relation} == {Item, Upload}
