"""Backups inside a zip: members are streamed one after the other, and nothing is unpacked.

Source: intake.md 1.12, "zip". A member that is refused is named in a sentence, and the others are read. An offset in
a zip is one in the uncompressed member.
"""

import errno
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from hotspots.intake.readers.head import Head, read_head
from hotspots.intake.readers.notes import Notes
from hotspots.intake.readers.plain import read_backup
from hotspots.intake.readers.records import (
    AnomalyKind,
    Event,
    Limits,
    Member,
    Record,
    RefusalKind,
    Refused,
    ResumePoint,
)

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_END_RECORD = b"PK\x05\x06"
_END_BYTES = 22
_COMMENT_BYTES = 65_535
_ENTRY_BYTES = 4_096  # what one entry of the directory may take on average
_DRIVE = re.compile(r"[A-Za-z]:")
_RATIO_FLOOR_BYTES = 10 << 20
_NAME_CHARACTERS = 200  # of a member's name that are shown
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_NOT_OF_THE_DISK = (None, errno.EINVAL)  # a decompressor gives no number; a place before the beginning is invalid


def is_zip(start: bytes) -> bool:
    """Tell a zip by its first bytes."""
    return start.startswith(_SIGNATURES)


def read_zip(src: BinaryIO, notes: Notes, *, resume: ResumePoint | None, limits: Limits) -> Iterator[Event]:
    """Read the backups in a zip in the order of its directory, from its beginning or from a record."""
    archive = _open_archive(src, limits)
    reader = _ZipReader(archive, notes, limits)
    for index, info in enumerate(archive.infolist()):
        sentence = reader.problem_of(info)
        if resume is not None and index < resume.member:
            continue
        notes.member = index
        if sentence is not None:
            notes.add(AnomalyKind.MEMBER_REFUSED, 0, 0, sentence)
        elif not info.is_dir():
            yield from reader.read(index, info, resume if resume is not None and index == resume.member else None)
        yield from notes.take_all()
    if not reader.has_read:
        reason = "The zip holds no backup of SMS Backup & Restore that can be read."
        raise Refused(reason, RefusalKind.WRONG_FORMAT)


class _ZipReader:
    """Reads the members of one zip."""

    def __init__(self, archive: zipfile.ZipFile, notes: Notes, limits: Limits) -> None:
        self.has_read = False
        self._archive = archive
        self._notes = notes
        self._limits = limits
        self._names: set[str] = set()
        self._total_bytes = 0

    def problem_of(self, info: zipfile.ZipInfo) -> str | None:
        """Say why a member is not read, judged by the directory alone."""
        is_repeated = info.filename in self._names
        self._names.add(info.filename)
        checks = (
            (_is_outside(info.orig_filename), "its name leads out of the zip"),
            (stat.S_ISLNK(info.external_attr >> 16), "it is a link"),
            (is_repeated, "another member before it has the same name"),
            (bool(info.flag_bits & 1), "it is encrypted"),
            (self._is_bomb(info), f"it would grow more than {self._limits.ratio} times when unpacked"),
            (
                self._total_bytes + info.file_size > self._limits.total_bytes,
                f"the members are larger than {self._limits.total_bytes:,} bytes together",
            ),
        )
        for is_so, why in checks:
            if is_so:
                return f"member {info.orig_filename[:_NAME_CHARACTERS]!r} is not read: {why}"
        self._total_bytes += info.file_size
        return None

    def read(self, index: int, info: zipfile.ZipInfo, resume: ResumePoint | None) -> Iterator[Event]:
        """Read one member; a refusal is of the member alone unless records of it were already given out."""
        shown = f"member {info.orig_filename[:_NAME_CHARACTERS]!r}"
        has_records = False
        try:
            head = self._head_of(index, info, shown)
            if head is not None:
                self.has_read = True
                with self._open(info) as src:
                    member = Member(index, info.filename, info.file_size)
                    for event in read_backup(src, head, member, self._notes, resume=resume, limits=self._limits):
                        has_records = has_records or isinstance(event, Record)
                        yield event
        except Refused as refused:
            if has_records or resume is not None:
                raise refused.inside(f"{shown[:1].upper()}{shown[1:]}") from None
            self._notes.add(AnomalyKind.MEMBER_REFUSED, refused.offset, 0, _not_read(shown, refused))
        except _BROKEN as error:
            if isinstance(error, OSError) and error.errno not in _NOT_OF_THE_DISK:
                raise  # the disk failed, not the file: the import is tried again and nothing is half-counted
            self._notes.add(AnomalyKind.MEMBER_BROKEN, 0, 0, f"{shown} cannot be unpacked to its end: {error}")

    def _head_of(self, index: int, info: zipfile.ZipInfo, shown: str) -> Head | None:
        """Read what a member is; None, and a note, for one that is no backup."""
        with self._open(info) as src:
            if is_zip(src.read(4)):
                self._notes.add(AnomalyKind.NESTED_ZIP, 0, 0, f"{shown} is a zip itself and is not opened")
                return None
        with self._open(info) as src:
            try:
                return read_head(src, member=index, limits=self._limits)
            except Refused as refused:
                if refused.kind not in (RefusalKind.WRONG_FORMAT, RefusalKind.EMPTY):
                    raise
                self._notes.add(AnomalyKind.MEMBER_SKIPPED, 0, 0, _not_read(shown, refused))
                return None

    def _open(self, info: zipfile.ZipInfo) -> BinaryIO:
        return cast(BinaryIO, _opened(self._archive, info))

    def _is_bomb(self, info: zipfile.ZipInfo) -> bool:
        """Tell whether a member unpacks to far more than text does."""
        return info.file_size > max(_RATIO_FLOOR_BYTES, self._limits.ratio * info.compress_size)


def member_names(src: BinaryIO, limits: Limits) -> tuple[str, ...]:
    """Name the members of a zip that was read, in the order of its directory; a plain file has none."""
    src.seek(0)
    if not is_zip(src.read(4)):
        return ()
    return tuple(info.orig_filename[:_NAME_CHARACTERS] for info in _open_archive(src, limits).infolist())


def _not_read(shown: str, refused: Refused) -> str:
    return f"{shown} is not read: {refused.reason.removesuffix('.')}"


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    return archive.open(info)


def _is_outside(name: str) -> bool:
    """Tell whether a name is absolute, climbs, or is written for another system."""
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or "\\" in name or "\x00" in name or bool(_DRIVE.match(name))


def _open_archive(src: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Open a zip, having looked at the size of its directory first, for that is read into memory."""
    size = src.seek(0, io.SEEK_END)
    src.seek(max(0, size - _END_BYTES - _COMMENT_BYTES))
    tail = src.read()
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise Refused("The zip is cut off: its directory is missing.", RefusalKind.BROKEN_ZIP, offset=size)
    count, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if count > limits.members or directory_bytes > limits.members * _ENTRY_BYTES:
        reason = f"The zip has {count:,} members, more than the {limits.members:,} that are read."
        raise Refused(reason, RefusalKind.TOO_MANY_MEMBERS)
    try:
        archive = zipfile.ZipFile(src)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(f"The zip cannot be opened: {error}.", RefusalKind.BROKEN_ZIP) from None
    if len(archive.infolist()) > limits.members:
        raise Refused(f"The zip has more than {limits.members:,} members.", RefusalKind.TOO_MANY_MEMBERS)
    return archive
