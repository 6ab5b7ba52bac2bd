"""What tests of the decorator share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotspots.access.action import REGISTRY


@pytest.fixture(scope="module")
def verbs() -> Iterator[None]:
    """Take the verbs that a file declares for its tests out again."""
    yield
    for name in [name for name in REGISTRY if name.startswith("test.")]:
        del REGISTRY[name]
