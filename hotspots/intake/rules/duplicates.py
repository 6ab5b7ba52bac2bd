"""When two source lines tell of the same event."""


def duplicate_key_parts(
    *, own_phone: str, address: str, sent_at_ms: int | None, direction: str, body: str, m_id: str = ""
) -> bytes:
    """Compose the bytes that are equal for two copies of one event, and only for those.

    The line's own phone, address as written, message id of an MMS, direction, date and body: each but the last, which
    may be long, with its length before it or of a form of its own, so that no two lists of parts give the same bytes.
    The caller keys them (HMAC) before storing. Source: intake.md 1.1, "Repeats between backups are normal"; what a
    backup copies differently (readable_date) is left out.
    """
    date = "" if sent_at_ms is None else sent_at_ms
    # One string, encoded once: an import does this for every record.
    told = f"{len(own_phone)}:{own_phone}{len(address)}:{address}{len(m_id)}:{m_id}{direction}:{date}:{body}"
    return told.encode("utf-8", "surrogatepass")
