"""The one byte format of encrypted things: sealed blobs, and small values under a key's id."""

from sealing.context import ctx, pae
from sealing.errors import NotSealed, SealBroken, SealDamaged, WrongKeyOrPlace
from sealing.seal import SealedReader, Sealer, open_sealed, seal, seal_stream, sealed_size
from sealing.small import SmallKey, decrypt_small, encrypt_small, key_id_of

__all__ = [
    "NotSealed",
    "SealBroken",
    "SealDamaged",
    "SealedReader",
    "Sealer",
    "SmallKey",
    "WrongKeyOrPlace",
    "ctx",
    "decrypt_small",
    "encrypt_small",
    "key_id_of",
    "open_sealed",
    "pae",
    "seal",
    "seal_stream",
    "sealed_size",
]
