"""Load the demonstration county, by the verbs that a user's clicks call."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError

from hotspots.commands.demonstration.cases import record_cases
from hotspots.commands.demonstration.contacts import add_contacts
from hotspots.commands.demonstration.intake import receive_backups, review_responses
from hotspots.commands.demonstration.people import People, admit, found, staff
from hotspots.commands.demonstration.phones import write_phones
from hotspots.commands.demonstration.publishing import publish
from hotspots.commands.demonstration.records import record_campaign, run_ads
from hotspots.results.models import Release

VERSIONS_IN_THE_END = 2


def is_loaded() -> bool:
    """Answer whether the last step of the loading was done."""
    try:
        release = Release.objects.first()
    except DatabaseError:
        return False
    return release is not None and release.versions.filter(published_at__isnull=False).count() >= VERSIONS_IN_THE_END


def load_demonstration(*, say: Callable[[str], object]) -> None:
    """Load everything, saying what is done."""
    people, phones = People(), write_phones()
    found(people)
    admit(people)
    staff(people)
    add_contacts(people)
    say(f"{len(people.organizations)} organizations, {len(people.users)} accounts")
    records = record_campaign(people)
    run_ads(people, records)
    say(f"{len(records.operations)} operations, {len(records.ads)} decoy ads on {len(records.lines)} lines")
    exports = receive_backups(people, records, phones)
    say(f"{len(exports)} phone exports, received and read")
    review_responses(people, records, phones)
    say("responses reviewed")
    record_cases(people, records, phones)
    say("citations, arrests, investigations and charges")
    publish(people, records)
    say("figures frozen, release published and once corrected")
