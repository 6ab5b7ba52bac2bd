"""Write phone backups in the real format of SMS Backup & Restore, oddities included."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import quoteattr

from hotspots.commands.demonstration.phones import Event, Phones
from hotspots.commands.demonstration.script import LINES, ZONE, local

DEMONSTRATION_NOTE = "Demonstration data: Alder County does not exist"
BACKUP_SET = "3d1f0a52-5f0e-4f0b-9b8f-2021102a1de4"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file of a line's phone, and when it was handed in."""

    line: str
    file_name: str
    content: bytes
    taken_at: datetime
    replaces: str = ""


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _attributes(pairs: dict[str, object]) -> str:
    return " ".join(f"{name}={_quoted(str(value))}" for name, value in pairs.items())


def _quoted(value: str) -> str:
    """Quote an attribute as the app does: characters beyond the basic plane as two surrogate references."""
    quoted = quoteattr(value, {"\n": "&#10;"})
    return "".join(character if ord(character) < 0x10000 else _surrogates(character) for character in quoted)


def _surrogates(character: str) -> str:
    high, low = struct.unpack(">HH", character.encode("utf-16-be"))
    return f"&#{high};&#{low};"


def _readable(at: datetime) -> str:
    local_at = at.astimezone(ZONE)
    return f"{local_at:%b} {local_at.day}, {local_at:%Y %I:%M:%S %p}"


def _sms(event: Event, *, readable: str) -> str:
    pairs = {
        "protocol": 0,
        "address": event.address or "null",
        "date": _milliseconds(event.at),
        "type": event.type_code,
        "subject": "null",
        "body": event.words,
        "toa": "null",
        "sc_toa": "null",
        "service_center": "null",
        "read": 1,
        "status": -1,
        "locked": 0,
        "date_sent": 0 if event.type_code == 2 else _milliseconds(event.at) - 1000,
        "sub_id": 1,
        "readable_date": readable,
        "contact_name": "(Unknown)",
    }
    return f"  <sms {_attributes(pairs)} />"


def _mms(event: Event, own_number: str) -> str:
    head = {
        "date": _milliseconds(event.at),
        "ct_t": "application/vnd.wap.multipart.related",
        "msg_box": event.type_code,
        "address": "~".join((event.address, *event.group)),
        "m_id": f"demo{_milliseconds(event.at):x}",
        "m_type": 132,
        "date_sent": int(event.at.timestamp()) - 1,
        "read": 1,
        "readable_date": _readable(event.at),
        "contact_name": "(Unknown)",
    }
    parts = ['      <part seq="-1" ct="application/smil" name="null" text="&lt;smil/&gt;" />']
    if event.has_picture:
        picture = base64.b64encode(_small_picture()).decode()
        parts.append(f'      <part seq="0" ct="image/png" name="picture.png" cl="picture.png" data="{picture}" />')
    parts.append(f'      <part seq="0" ct="text/plain" name="text.txt" text={_quoted(event.words)} />')
    people = [(event.address, 137), (own_number, 151), *((other, 151) for other in event.group)]
    addresses = [f'      <addr address="{address}" type="{code}" charset="106" />' for address, code in people]
    rows = ("    <parts>", *parts, "    </parts>", "    <addrs>", *addresses, "    </addrs>")
    return "\n".join((f"  <mms {_attributes(head)}>", *rows, "  </mms>"))


def _call(event: Event) -> str:
    pairs = {
        "number": event.address,
        "duration": event.duration_seconds,
        "date": _milliseconds(event.at),
        "type": event.type_code,
        "presentation": 1 if event.address else 2,
        "subscription_id": "demonstration",
        "post_dial_digits": "",
        "subscription_component_name": "com.android.phone/demonstration",
        "readable_date": _readable(event.at),
        "contact_name": "(Unknown)",
    }
    return f"  <call {_attributes(pairs)} />"


def _small_picture() -> bytes:
    """Give a gray PNG of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")
    )


def _file(root: str, rows: list[str], taken_at: datetime, *, count: int | None = None) -> bytes:
    head = {
        "count": len(rows) if count is None else count,
        "backup_set": BACKUP_SET,
        "backup_date": _milliseconds(taken_at),
        "type": "full",
    }
    lines = [
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
        f"<!-- {DEMONSTRATION_NOTE} -->",
        f"<{root} {_attributes(head)}>",
        *rows,
        f"</{root}>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _texts(phones: Phones, label: str, taken_at: datetime, *, count_off: int = 0) -> bytes:
    rows, seen = [], set()
    for event in phones.of_line(label, until=taken_at):
        place = (event.at, event.address, event.type_code, event.words)
        readable = "null" if place in seen else _readable(event.at)  # a copy that differs in this alone
        seen.add(place)
        rows.append(_mms(event, LINES[label].number) if event.kind == "mms" else _sms(event, readable=readable))
    return _file("smses", rows, taken_at, count=len(rows) + count_off if count_off else None)


def _calls(phones: Phones, label: str, taken_at: datetime) -> bytes:
    return _file("calls", [_call(event) for event in phones.of_line(label, until=taken_at, kinds=("call",))], taken_at)


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 10, 14, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def write_backups(phones: Phones) -> list[Backup]:
    """Give the eight files in the order in which they were handed in."""
    at_a1, at_b1, at_c, at_a2, at_d, at_b2 = (
        local(10, 7, 9), local(10, 9, 9), local(10, 14, 9), local(10, 16, 9), local(10, 21, 9), local(10, 23, 9),
    )  # fmt: skip
    whole_d = _texts(phones, "D", at_d)
    cut_d = whole_d[: len(whole_d) * 3 // 4]
    zip_c = _zipped({"sms-20211014.xml": _texts(phones, "C", at_c), "calls-20211014.xml": _calls(phones, "C", at_c)})
    return [
        Backup("A", "sms-20211007.xml", _texts(phones, "A", at_a1), at_a1),
        Backup("B", "sms-20211009.xml", _texts(phones, "B", at_b1), at_b1),
        Backup("C", "backup-20211014.zip", zip_c, at_c),
        Backup("A", "sms-20211016.xml", _texts(phones, "A", at_a2), at_a2),
        Backup("D", "sms-20211021-copy.xml", cut_d, at_d),
        Backup("D", "sms-20211021.xml", whole_d, local(10, 21, 14), replaces="sms-20211021-copy.xml"),
        Backup("B", "sms-20211023.xml", _texts(phones, "B", at_b2, count_off=3), at_b2),
        Backup("B", "calls-20211023.xml", _calls(phones, "B", at_b2), at_b2),
    ]
