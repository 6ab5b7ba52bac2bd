"""What intake decides: the place of a record, the key of an address, duplicates, references, and what follows."""

from hotspots.intake.rules.addresses import Address, AddressKind, is_withheld, normalize_address
from hotspots.intake.rules.duplicates import duplicate_key_parts
from hotspots.intake.rules.places import place_id
from hotspots.intake.rules.references import is_reference, reference_of

__all__ = [
    "Address",
    "AddressKind",
    "duplicate_key_parts",
    "is_reference",
    "is_withheld",
    "normalize_address",
    "place_id",
    "reference_of",
]
