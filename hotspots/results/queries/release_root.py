"""One hash over all figures of a release, printed on the page and in the PDF."""

from __future__ import annotations

from collections.abc import Iterable

from hotspots.audit.rules import canonical_json, merkle_root
from hotspots.results.models import Figure


def root_of_figures(figures: Iterable[Figure]) -> bytes:
    """Give the Merkle root (RFC 9162) over the figures of a release.

    A leaf is the canonical JSON of [key, version of the measure, value, data as of, root of the rows], in the order of
    (key, root), so that value, definition and rows of a figure cannot change without the root.
    """
    leaves = {
        (figure.measure_key, bytes(figure.root).hex()): canonical_json(
            [
                figure.measure_key,
                figure.measure_version,
                figure.value,
                figure.data_as_of_on.isoformat(),
                bytes(figure.root).hex(),
            ]
        ).encode()
        for figure in figures
    }
    _count, root = merkle_root(leaves[place] for place in sorted(leaves))
    return root
