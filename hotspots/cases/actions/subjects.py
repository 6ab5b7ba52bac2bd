"""Identify a person on a lawful basis, correct what is known, open the identity for a purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change
from hotspots.access.models import Organization
from hotspots.access.rules import Role
from hotspots.cases.actions.setting import RECORDERS, check_operation, new_identity, owner_id_of
from hotspots.cases.models import Charge, Encounter, Statute, Subject
from hotspots.cases.queries.identities import Identity, identity_of
from hotspots.cases.rules.dates import check_day_not_in_future, local_day
from hotspots.cases.rules.documents import check_encounter_stands, check_reason
from hotspots.cases.rules.kinds import AgeBand, ChargeState, IdentificationBasis, RecordState, TreatedAs
from hotspots.cases.rules.people import (
    band_on,
    check_band_fits,
    check_may_be_subject,
    check_not_a_victim,
    normalized_name,
)
from hotspots.intake.models import ContactPoint
from hotspots.keys import actions as keys
from hotspots.operations.models import Operation
from hotspots.web.county import county_zone
from sealing import encrypt_small

IDENTITY_PURPOSE = "subject identity"


class OpenPurpose(StrEnum):
    """Why someone opens the identity of a subject."""

    CHARGING = "charging"
    COURT = "court"
    IDENTIFICATION = "identification"
    CORRECTION = "correction"
    DISCOVERY = "discovery"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person, and on what basis; the identity is optional."""

    basis: IdentificationBasis = IdentificationBasis.STATEMENT
    age_band: AgeBand = AgeBand.UNKNOWN
    identified_on: date | None = None
    title: str = ""
    name: str = ""
    birth_on: date | None = None
    words: str = ""

    LOGGED: ClassVar = ("basis", "age_band", "identified_on")


@dataclass(frozen=True, slots=True)
class SubjectCorrection:
    """What is right about a person, and why it is corrected; the sealed identity may stay as it is."""

    reason: str
    person: PersonFacts
    keeps_identity: bool = False


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """For what purpose an identity is opened."""

    purpose: OpenPurpose

    LOGGED: ClassVar = ("purpose",)


@action("cases.identify_subject", roles=RECORDERS, subject="credited", changes=["operation", "encounter"])
def identify_subject(
    *,
    by: Actor,
    credited: Organization,
    facts: PersonFacts,
    operation: Operation | None = None,
    contact_point: ContactPoint | None = None,
    encounter: Encounter | None = None,
    clock: Clock = system_clock,
) -> Subject:
    """Identify a person on a lawful basis; the identity is sealed under a key of its own."""
    check_operation(credited, operation)
    if encounter is not None:
        check_encounter_stands(is_void=encounter.is_void)
        check_not_a_victim(TreatedAs(encounter.treated_as))
    today = local_day(clock(), county_zone())
    on = facts.identified_on or today
    check_day_not_in_future(on, today, field="identified_on")
    subject = Subject(
        **new_identity("S"),
        credited=credited,
        owner_id=owner_id_of(by, credited),
        operation=operation,
        contact_point=contact_point,
        basis=facts.basis,
        age_band=check_band_fits(facts.birth_on, facts.age_band, on),
        identified_on=on,
        recorded_by_id=by.user_id,
        recorded_at=clock(),
    )
    subject.title = " ".join(facts.title.split()) or _("Subject %(code)s") % {"code": subject.reference[2:]}
    subject.key_id, key = keys.make_key("subject")
    _seal_identity(subject, key, _identity_in(facts))
    _check_not_known(by, subject)
    subject.save(force_insert=True)
    return subject


@action("cases.correct_subject", roles=RECORDERS, subject="subject", changes=["subject"])
def correct_subject(*, by: Actor, subject: Subject, facts: SubjectCorrection, clock: Clock = system_clock) -> Subject:
    """Correct what is known of a person, with the reason; the history keeps the old under the person's own key."""
    reason, person = check_reason(facts.reason), facts.person
    on = person.identified_on or subject.identified_on
    check_day_not_in_future(on, local_day(clock(), county_zone()), field="identified_on")
    old, key = identity_of(subject), keys.open_key(subject.key_id)
    new = old if facts.keeps_identity else _identity_in(person)
    band = check_band_fits(new.birth_on, person.age_band, on)
    check_band_of_records(by, subject, new.birth_on, band)
    changes = _changes(subject, person, band, on) | _identity_changes(old, new)
    if not changes:
        raise errors.RuleBroken("cases.nothing_changed", _("Nothing was changed."))
    subject.basis, subject.age_band, subject.identified_on = person.basis, band, on
    subject.title = " ".join(person.title.split()) or subject.title
    _seal_identity(subject, key, new)
    _check_not_known(by, subject)
    subject.save()
    note_change(subject, subject.key_id, reason=(None, reason), **changes)
    return subject


@action("cases.open_subject", roles=RECORDERS, subject="subject")
def open_subject(*, by: Actor, subject: Subject, facts: OpenFacts) -> Identity:
    """Open the identity of a person for a stated purpose; who opened it and why is logged."""
    return identity_of(subject)


def check_band_of_records(by: Actor, subject: Subject, birth_on: date | None, stated: AgeBand) -> None:
    """Refuse an age that a citation, an arrest or a charge of the person forbids, and say what to void first.

    The age that counts is that of the offense date: whoever was 18 when identified may have been 17 then.
    """
    is_prosecutor = by.holds_any(Role.PROSECUTOR)
    try:
        for statute, offense_on in _standing_offenses(subject):
            check_may_be_subject(statute, band_on(birth_on, stated, offense_on), is_prosecutor=is_prosecutor)
    except errors.RuleBroken as refusal:
        sentence = _("%(why)s Void that record first.") % {"why": refusal.sentence}
        raise errors.RuleBroken(refusal.rule, sentence, field="age_band") from refusal


def _standing_offenses(subject: Subject) -> Iterator[tuple[Statute, date]]:
    """Give each statute that the person stands accused under, with the offense date."""
    standing = {"state": RecordState.RECORDED}
    for stop in (*subject.citations.filter(**standing), *subject.arrests.filter(**standing)):
        offense_on = local_day(stop.occurred_at, county_zone())
        for count in stop.counts.select_related("statute"):
            yield count.statute, offense_on
    for charge in Charge.objects.filter(subject=subject, state=ChargeState.FILED).select_related("statute"):
        yield charge.statute, charge.offense_on


def _identity_in(facts: PersonFacts) -> Identity:
    return Identity(" ".join(facts.name.split()), facts.birth_on, facts.words.strip())


def _seal_identity(subject: Subject, key: bytes, identity: Identity) -> None:
    if identity.is_empty:
        subject.sealed, subject.identity_digest = None, None
        return
    birth = identity.birth_on.isoformat() if identity.birth_on else None
    text = json.dumps({"name": identity.name, "birth_on": birth, "words": identity.words}, ensure_ascii=False)
    subject.sealed = encrypt_small(key, subject.key_id.bytes, text.encode(), associated=subject.pk.bytes)
    name = normalized_name(identity.name)
    subject.identity_digest = keys.index_digest(IDENTITY_PURPOSE, f"{name}|{birth}") if name and birth else None


def _check_not_known(by: Actor, subject: Subject) -> None:
    """Refuse a second record of the same person, as far as the actor may know of the first."""
    if subject.identity_digest is None:
        return
    rows = Subject.objects.visible_to(by).filter(identity_digest=subject.identity_digest)
    known = rows.exclude(pk=subject.pk).first()
    if known is not None:
        sentence = _("This person is in the record as %(title)s. Choose that subject.") % {"title": known.title}
        raise errors.RuleBroken("cases.subject_once", sentence, field="name")


def _changes(subject: Subject, person: PersonFacts, band: AgeBand, on: date) -> dict[str, tuple[str, str]]:
    pairs = {
        "title": (subject.title, " ".join(person.title.split()) or subject.title),
        "basis": (str(subject.basis), str(person.basis)),
        "age_band": (str(subject.age_band), str(band)),
        "identified_on": (subject.identified_on.isoformat(), on.isoformat()),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _identity_changes(old: Identity, new: Identity) -> dict[str, tuple[str, str]]:
    pairs = {
        "name": (old.name, new.name),
        "birth_on": (str(old.birth_on or ""), str(new.birth_on or "")),
        "words": (old.words, new.words),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
