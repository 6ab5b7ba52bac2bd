"""The parts of an MMS that are not its text: decoded only to be hashed.

What is said of a part names its number and its type, never its name: that comes from whoever sent it.
"""

import binascii
import hashlib
import re

from hotspots.intake.readers.records import AnomalyKind, Attachment

_STEP = 4 << 18  # characters at a time, so that a long video is not decoded whole; a multiple of four
_TYPE = re.compile(r"[A-Za-z]{1,20}/[A-Za-z0-9.+-]{1,60}", re.ASCII)


def decode_attachment(
    content_type: str, name: str, *, text: str, data: str, number: int
) -> tuple[Attachment, AnomalyKind | None, str]:
    """Measure and hash a part, and say what is wrong with it, if something is."""
    label = _label_of(content_type, number)
    if data:
        return _decode(content_type, name, data, label)
    if text:
        content = text.encode("utf-8", "surrogatepass")
        return Attachment(content_type, name, len(content), hashlib.sha256(content).digest()), None, ""
    problem = f"{label} is named but not in the backup"
    return Attachment(content_type, name, 0, None), AnomalyKind.MISSING_ATTACHMENT, problem


def _label_of(content_type: str, number: int) -> str:
    """Name a part by its number and its type, where that is one."""
    known = _TYPE.match(content_type)
    return f"part {number:,} ({known[0]})" if known else f"part {number:,}"


def _decode(content_type: str, name: str, data: str, label: str) -> tuple[Attachment, AnomalyKind | None, str]:
    """Hash base64, or say that it is none."""
    if " " in data or "\n" in data or "\t" in data or "\r" in data:
        data = "".join(data.split())
    digest, size = hashlib.sha256(), 0
    try:
        if "=" in data[:-2]:
            raise binascii.Error
        for start in range(0, len(data), _STEP):
            content = binascii.a2b_base64(data[start : start + _STEP], strict_mode=True)
            digest.update(content)
            size += len(content)
    except ValueError:  # binascii.Error is one, and so is a letter outside ASCII
        problem = f"{label} is not whole base64, kept without a hash"
        return Attachment(content_type, name, 0, None), AnomalyKind.BROKEN_ATTACHMENT, problem
    return Attachment(content_type, name, size, digest.digest()), None, ""
