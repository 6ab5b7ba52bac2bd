"""The lint of a release, of what words say: a response is no person, and "both" is a number."""

from __future__ import annotations

import pytest

from hotspots.results.rules.lint import BoundFigure, lint_release
from hotspots.results.rules.release_text import read_release
from tests.results.test_lint import rules, stops


@pytest.mark.parametrize(
    "told",
    ["responses from people who answered", "people", "buyers", "different men", "responses by individuals", "persons"],
)
def test_a_response_called_a_person_warns(told: str) -> None:
    figures = {"responses_to_ads": BoundFigure(261), "b": BoundFigure(22)}

    found = [lint_release(read_release("T", f"{{{{ {key} }}}} {told} came."), figures, {}) for key in figures]

    assert [[one.rule for one in report.problems] for report in found] == [["response_person"], []]
    assert found[0].warnings[0].sentence.startswith("A response is a contact event, not a person.")


@pytest.mark.parametrize(
    "body", ["{{ responses_to_ads }} responses. People came.", "{{ responses_to_ads }} responses, and people came."]
)
def test_people_who_are_not_the_responses_do_not_warn(body: str) -> None:
    report = lint_release(read_release("T", body), {"responses_to_ads": BoundFigure(261)}, {})

    assert report.problems == ()


def test_both_stands_with_a_reason() -> None:
    assert stops("For both agencies.", literals={"both agencies": "the list of agencies"}) == []


@pytest.mark.parametrize(
    "body",
    [
        "One person came.",
        "Half of them.",
        "Double it.",
        "The second night.",
        "Several came.",
        "None came.",
        "A few left.",
    ],
)
def test_one_and_its_like_only_warn(body: str) -> None:
    assert stops(body) == []
    assert "one" in rules(body)


@pytest.mark.parametrize("body", ["No one came.", "They met one another.", "A second person approves."])
def test_one_that_counts_nothing_does_not_warn(body: str) -> None:
    assert "one" not in rules(body)
