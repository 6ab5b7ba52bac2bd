"""Backups in a zip: each member is streamed, judged and named."""

import errno
import io
import random
import struct
import zipfile
from dataclasses import replace

import pytest

from hotspots.intake.readers import DEFAULT, Header, Member, Record, RefusalKind, Refused, inspect_export, read_export
from tests.intake.readers.backups import backup, kinds_of, read_all, sms


def zipped(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Make a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


GOOD = ("sms.xml", backup(sms("good")))


def test_every_backup_in_a_zip_is_read_with_places_in_its_member() -> None:
    first, second = backup(sms("a"), sms("b")), backup("<call number='1' date='1700000000064' type='1'/>", root="calls")
    content = zipped(("sms.xml", first), ("notes.txt", b"words"), ("deep/calls.xml", second))

    events = list(read_export(io.BytesIO(content)))

    records = [event for event in events if isinstance(event, Record)]
    assert [(r.member, r.ordinal, r.body) for r in records] == [(0, 0, "a"), (0, 1, "b"), (2, 0, "")]
    assert [e.path for e in events if isinstance(e, Member)] == ["sms.xml", "deep/calls.xml"]
    assert [e.root for e in events if isinstance(e, Header)] == ["smses", "calls"]
    assert second[records[2].offset :][: records[2].length].startswith(b"<call ")
    assert kinds_of(read_all(content)[1]) == ["member_skipped"]


def test_a_zip_is_resumed_inside_any_member() -> None:
    content = zipped(("a.xml", backup(*[sms(str(n)) for n in range(5)])), GOOD, ("b.xml", backup(sms("last"))))
    records, _ = read_all(content)

    for position, record in enumerate(records):
        assert read_all(content, resume=record.resume_point)[0] == records[position:]


@pytest.mark.parametrize(
    "name",
    ["../sms.xml", "a/../../sms.xml", "/sms.xml", "C:/sms.xml", "c:sms.xml", "a\\sms.xml", "..\\sms.xml", "a\x00b.xml"],
)
def test_a_name_that_leads_out_is_refused_and_the_rest_is_read(name: str) -> None:
    # zipfile cuts a name at NUL when it writes one, so the name is put in afterwards
    written = name.replace("\x00", "\x01")
    content = zipped((written, backup(sms("bad"))), GOOD).replace(written.encode(), name.encode())

    records, anomalies = read_all(content)

    assert [record.body for record in records] == ["good"]
    assert kinds_of(anomalies) == ["member_refused"]
    assert "leads out of the zip" in anomalies[0].text


def test_a_link_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
        archive.writestr(*GOOD)

    records, anomalies = read_all(out.getvalue())

    assert len(records) == 1
    assert "is a link" in anomalies[0].text


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_second_member_of_a_name_is_refused() -> None:
    records, anomalies = read_all(zipped(GOOD, ("sms.xml", backup(sms("second")))))

    assert [record.body for record in records] == ["good"]
    assert "same name" in anomalies[0].text


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(zipped(("secret.xml", backup(sms("secret"))), GOOD))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    records, anomalies = read_all(bytes(content))

    assert [record.body for record in records] == ["good"]
    assert "encrypted" in anomalies[0].text


def test_a_zip_in_a_zip_is_not_opened() -> None:
    records, anomalies = read_all(zipped(("inner.zip", zipped(GOOD)), GOOD))

    assert len(records) == 1
    assert kinds_of(anomalies) == ["nested_zip"]


def test_a_member_that_grows_too_much_is_refused_before_it_is_unpacked() -> None:
    records, anomalies = read_all(zipped(("bomb.xml", b"<smses>" + b" " * (20 << 20) + b"</smses>"), GOOD))

    assert len(records) == 1
    assert "200 times" in anomalies[0].text


def test_members_are_limited_in_number_and_together_in_size() -> None:
    content = zipped(*[(f"{n}.xml", backup(sms(str(n) * 900))) for n in range(5)])

    with pytest.raises(Refused, match="5 members") as caught:
        read_all(content, limits=replace(DEFAULT, members=4))
    records, anomalies = read_all(content, limits=replace(DEFAULT, total_bytes=len(content)))

    assert caught.value.kind is RefusalKind.TOO_MANY_MEMBERS
    assert 0 < len(records) < 5
    assert set(kinds_of(anomalies)) == {"member_refused"}


def test_a_directory_that_lies_about_its_number_is_still_limited() -> None:
    content = bytearray(zipped(*[(f"{n}.xml", b"") for n in range(9)]))
    struct.pack_into("<HH", content, len(content) - 22 + 8, 1, 1)

    with pytest.raises(Refused) as caught:
        read_all(bytes(content), limits=replace(DEFAULT, members=4))

    assert caught.value.kind is RefusalKind.TOO_MANY_MEMBERS


def test_a_hostile_member_is_refused_and_the_rest_is_read() -> None:
    hostile = b"<!DOCTYPE smses [<!ENTITY a 'b'>]><smses><sms body='&a;'/></smses>"

    records, anomalies = read_all(zipped(("bad.xml", hostile), GOOD))

    assert [record.body for record in records] == ["good"]
    assert kinds_of(anomalies) == ["member_refused"]
    assert "DOCTYPE" in anomalies[0].text


def test_a_refusal_after_records_were_given_out_is_of_the_whole_file() -> None:
    content = zipped(("big.xml", backup(*[sms(str(n)) for n in range(9)])), GOOD)

    with pytest.raises(Refused) as caught:
        read_all(content, limits=replace(DEFAULT, records=5))

    assert caught.value.member == 0


def test_a_member_with_a_wrong_checksum_is_noted() -> None:
    content = bytearray(zipped(("a.xml", backup(sms("aaaa"))), GOOD, compression=zipfile.ZIP_STORED))
    content[content.index(b"aaaa")] = ord("b")

    records, anomalies = read_all(bytes(content))

    assert records[-1].body == "good"
    assert "member_broken" in kinds_of(anomalies)


def test_a_member_whose_compression_is_damaged_is_noted() -> None:
    content = bytearray(zipped(("a.xml", backup(sms("a" * 500))), GOOD, compression=zipfile.ZIP_BZIP2))
    content[content.index(b"BZh") + 12] ^= 0xFF

    records, anomalies = read_all(bytes(content))

    assert [record.body for record in records] == ["good"]
    assert "member_broken" in kinds_of(anomalies)


class FailingDisk(io.BytesIO):
    """A file whose disk fails once reading has passed its first records."""

    is_failing = False

    def read(self, size: int | None = -1, /) -> bytes:
        if self.is_failing:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails_is_no_fault_of_the_member() -> None:
    texts = [sms(random.Random(number).randbytes(300).hex()) for number in range(2_000)]
    disk = FailingDisk(zipped(("a.xml", backup(*texts)), GOOD))

    with pytest.raises(OSError, match="Input/output error"):
        for event in read_export(disk):
            disk.is_failing = disk.is_failing or isinstance(event, Record)


@pytest.mark.parametrize("cut", [10, 60, -1, -30])
def test_a_zip_that_is_cut_off_is_refused(cut: int) -> None:
    content = zipped(GOOD)[:cut]

    with pytest.raises(Refused) as caught:
        read_all(content)

    assert caught.value.kind is RefusalKind.BROKEN_ZIP


def test_a_zip_without_a_backup_is_refused() -> None:
    for content in (zipped(), zipped(("a.txt", b"words"), ("b.jpg", b"\xff\xd8\xff"), ("folder/", b""))):
        with pytest.raises(Refused, match="no backup"):
            read_all(content)


def test_a_zip_is_inspected_as_one_file() -> None:
    content = zipped(("a.xml", backup(sms("a"), sms("b"))), ("again.xml", backup(sms("a"))))

    found = inspect_export(io.BytesIO(content)).as_json()

    assert (found["records"], found["duplicates"], found["bytes"]) == (3, 1, len(content))
