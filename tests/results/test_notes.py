"""The note of a correction or a retraction is read by everybody, so it is linted like the text."""

from __future__ import annotations

import pytest

from hotspots import errors
from hotspots.results.actions.correcting import NoteFacts, correct_release, retract_release
from hotspots.results.actions.drafting import save_release
from hotspots.results.actions.publishing import approve_release
from hotspots.results.models import ReleaseVersion
from tests import build_releases as releases
from tests.build_releases import Press

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = (
    ("We wrote 22 citations; 19 were issued.", "22"),
    ("Nineteen citations were issued.", "Nineteen"),
    ("The perpetrator was not charged.", "perpetrator"),
)


@pytest.fixture
def here() -> Press:
    """Give a campaign with its six figures frozen."""
    return releases.press()


@pytest.mark.parametrize(("note", "where"), WRONG)
@pytest.mark.parametrize("verb", [correct_release, retract_release])
def test_a_note_with_a_number_or_a_word_that_may_not_stand_is_refused(here: Press, verb, note: str, where: str) -> None:
    first = releases.published(here)

    with pytest.raises(errors.RuleBroken) as refused:
        verb(by=here.writer, release=first.release, facts=NoteFacts(note))

    assert refused.value.field == "note"
    assert f"“{where}”" in str(refused.value)
    assert "Line 1" in str(refused.value)
    assert ReleaseVersion.objects.count() == 1


@pytest.mark.parametrize("note", ["On Nov 9, 2021 we left out an agency.", "There are more than 30 organizations."])
def test_a_note_may_name_a_day_and_what_the_release_marks(here: Press, note: str) -> None:
    first = releases.published(here)

    notice = retract_release(by=here.writer, release=first.release, facts=NoteFacts(note))

    assert notice.published_at is not None
    assert notice.note == note


def test_a_correction_is_not_approved_while_its_note_has_a_number(here: Press) -> None:
    first = releases.published(here)
    after = correct_release(by=here.writer, release=first.release, facts=NoteFacts("A word was wrong."))
    after = save_release(by=here.writer, version=after, facts=releases.facts(based_on=after.saved_at))
    ReleaseVersion.objects.filter(pk=after.pk).update(note="We wrote 22.")
    after = ReleaseVersion.objects.get(pk=after.pk)

    with pytest.raises(errors.RuleBroken) as refused:
        approve_release(by=here.second, version=after)

    assert "note" in str(refused.value).lower()
    assert "“22”" in str(refused.value)
