"""The page docs/measures.md, written from the measures themselves."""

from __future__ import annotations

from collections.abc import Iterator

from hotspots.results.measures import Measure, all_measures

HEAD = """# Measures

Made from the code by `make docs`; a test fails when it is stale. Each measure, or family of measures, is one file in
`hotspots/results/measures/`.

- A measure does not depend on who looks. Drilling down to its rows does.
- Each has one unit; units are never added together.
- *Data as of* a day counts facts dated on or before it, never by when they were entered. Dismissals and voids count
  whenever they were made: they say that a record should not have counted at all.
- No measure counts what is void, what was read from a file that was not read to the end, or what is sealed, referred or
  protected.
- The keys are final: others build on them. A change of what a measure counts is a new version of it, and a frozen
  figure goes on being compared under the version it was frozen with.
"""


def measures_document() -> str:
    """Write every measure in plain words, as Markdown."""
    return "\n".join([HEAD, *(line for measure in all_measures() for line in _section(measure))])


def _section(measure: Measure) -> Iterator[str]:
    yield f"## {measure.label}"
    yield ""
    yield f"`{measure.key}`, version {measure.version}"
    yield ""
    yield f"- **Counts**: {measure.definition}"
    yield f"- **Unit**: {measure.unit}. {measure.unit_note}"
    yield f"- **Of**: {measure.population}"
    yield f"- **Period**: {measure.period}"
    yield "- **Not counted**:"
    yield from (f"  - {sentence}" for sentence in measure.not_counted)
    if measure.beside:
        yield f"- **Shown beside**: {', '.join(f'`{key}`' for key in measure.beside)}"
    if measure.is_protected:
        yield "- **Published**: only by a named person's decision, since it counts a protected group."
    yield ""
