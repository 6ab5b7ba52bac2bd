"""What people call a record: a letter and six characters."""

import hashlib
import re
import uuid

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
_LENGTH = 6
_PREFIX = re.compile(r"[A-Z]{1,3}")
_REFERENCE = re.compile(rf"[A-Z]{{1,3}}-[{_ALPHABET}]{{{_LENGTH}}}")


def reference_of(prefix: str, id: uuid.UUID) -> str:
    """Write the reference of a record, such as R-7K2M9X.

    Taken from a SHA-256 of the identifier, so that neither order nor gaps show (domain.md, intake: a gap would reveal
    a referred response). Thirty bits: two records of one kind can share a reference, so a look-up by reference may
    find several.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"A reference starts with one to three capital letters, not {prefix!r}.")
    bits = int.from_bytes(hashlib.sha256(id.bytes).digest()[:4], "big") >> 2
    return f"{prefix}-" + "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def is_reference(text: str) -> bool:
    """Answer whether a text has the form of a reference.

    >>> is_reference("R-7K2M9X"), is_reference("R-7k2m9x")
    (True, False)
    """
    return _REFERENCE.fullmatch(text) is not None
