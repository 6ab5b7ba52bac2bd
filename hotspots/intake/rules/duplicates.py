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
    phone = own_phone.encode("utf-8", "surrogatepass")
    written = address.encode("utf-8", "surrogatepass")
    date = b"" if sent_at_ms is None else b"%d" % sent_at_ms
    way = direction.encode("ascii")
    words = hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()
    name = m_id.encode("utf-8", "surrogatepass")
    # One pattern: joining a list took twice as long, and an import does this for every record.
    told = (len(phone), phone, len(written), written, len(date), date, len(way), way, words, len(name), name)
    return b"%d:%b%d:%b%d:%b%d:%b32:%b%d:%b" % told
