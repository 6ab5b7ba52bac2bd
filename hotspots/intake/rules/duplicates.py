"""When two source lines tell of the same event."""

import hashlib


def duplicate_key_parts(
    *, own_phone: str, address: str, sent_at_ms: int | None, direction: str, body: str, m_id: str = ""
) -> bytes:
    """Compose the bytes that are equal for two copies of one event, and only for those.

    The line's own phone, address as written, date, direction, SHA-256 of the body, and the message id of an MMS: each
    with its length before it, so that no two lists of parts give the same bytes. The caller keys them (HMAC) before
    storing. Source: intake.md 1.1, "Repeats between backups are normal"; what a backup copies differently
    (readable_date) is left out.
    """
    date = b"" if sent_at_ms is None else b"%d" % sent_at_ms
    parts = (
        own_phone.encode("utf-8", "surrogatepass"),
        address.encode("utf-8", "surrogatepass"),
        date,
        direction.encode("ascii"),
        hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest(),
        m_id.encode("utf-8", "surrogatepass"),
    )
    return b"".join(b"%d:%b" % (len(part), part) for part in parts)
