"""What can be wrong with something sealed.

SealBroken
├── NotSealed          these bytes are not of this format, or end inside its header
├── WrongKeyOrPlace    the key, or the context it was sealed in, is another one
└── SealDamaged        bytes were changed, reordered, cut off or added
"""


class SealBroken(Exception):
    """Raised when something sealed cannot be opened; nothing of the plaintext is given out."""


class NotSealed(SealBroken):
    """Raised for bytes that do not begin as a sealed blob or a small value does."""


class WrongKeyOrPlace(SealBroken):
    """Raised when the key or the context differs from the one it was sealed with."""


class SealDamaged(SealBroken):
    """Raised when the bytes are not those that were sealed."""
