"""The parts of an MMS that are not its text: decoded only to be hashed."""

import binascii
import hashlib

from hotspots.intake.readers.records import AnomalyKind, Attachment

_STEP = 4 << 18  # characters at a time, so that a long video is not decoded whole; a multiple of four


def decode_attachment(
    content_type: str, name: str, *, text: str, data: str
) -> tuple[Attachment, AnomalyKind | None, str]:
    """Measure and hash a part, and say what is wrong with it, if something is."""
    label = repr((name or content_type or "part")[:80])
    if data:
        return _decode(content_type, name, data, label)
    if text:
        content = text.encode("utf-8", "surrogatepass")
        return Attachment(content_type, name, len(content), hashlib.sha256(content).digest()), None, ""
    problem = f"attachment {label} is named but not in the backup"
    return Attachment(content_type, name, 0, None), AnomalyKind.MISSING_ATTACHMENT, problem


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
        problem = f"attachment {label} is not whole base64, kept without a hash"
        return Attachment(content_type, name, 0, None), AnomalyKind.BROKEN_ATTACHMENT, problem
    return Attachment(content_type, name, size, digest.digest()), None, ""
