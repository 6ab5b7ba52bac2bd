"""Every test of sign-in begins with nobody having tried."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests import build


@pytest.fixture(autouse=True)
def nobody_has_tried(transactional_db: None) -> None:
    """Forget the tries, and found the county."""
    cache.clear()
    build.county()
