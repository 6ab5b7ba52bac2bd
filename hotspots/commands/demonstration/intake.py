"""The phone exports of the demonstration: received, read like anyone's, and reviewed."""

from __future__ import annotations

import io

from hotspots.access.actor import Actor
from hotspots.commands.demonstration.backups import Backup, write_backups
from hotspots.commands.demonstration.people import SHORT, People
from hotspots.commands.demonstration.phones import Answer, Phones
from hotspots.commands.demonstration.records import Records
from hotspots.commands.demonstration.script import LINES, local
from hotspots.commands.demonstration.words import PRICE_TURN
from hotspots.evidence.actions import (
    ReplaceFacts,
    TransferFacts,
    UploadFacts,
    keep_file,
    replace_item,
    transfer_custody,
)
from hotspots.intake.actions.exports import ExportFacts, receive_export
from hotspots.intake.actions.marks import MarkFacts, mark_message
from hotspots.intake.actions.opening import OpeningFacts, open_response
from hotspots.intake.actions.referrals import ReferralFacts, refer_response
from hotspots.intake.actions.responses import DismissalFacts, dismiss_response
from hotspots.intake.models import Export, Response
from hotspots.intake.queries import conversation_of, find_responses
from hotspots.intake.rules.states import DismissalReason, MarkSubject, Purpose, ReferralGround
from hotspots.jobs.actions import run_ready_jobs


def receive_backups(people: People, records: Records, phones: Phones) -> dict[str, Export]:
    """Receive the eight files into custody, and read each of them before the next comes."""
    received: dict[str, Export] = {}
    for backup in write_backups(phones):
        received[backup.file_name] = _receive(people, records, backup)
        run_ready_jobs()
        if backup.replaces:
            replace_item(
                by=_custodian(people, backup),
                item=received[backup.replaces].item,
                replacement=received[backup.file_name].item,
                facts=ReplaceFacts(reason="The copy broke off while it was written; the phone was read again."),
            )
    _hand_over(people, received["sms-20211016.xml"])
    return received


def _custodian(people: People, backup: Backup) -> Actor:
    return people.actor(f"custodian.{SHORT[LINES[backup.line].owner.short_name]}")


def _receive(people: People, records: Records, backup: Backup) -> Export:
    by = _custodian(people, backup)
    line = records.lines[backup.line]
    upload = keep_file(
        by=by,
        owner=line.owner,
        source=io.BytesIO(backup.content),
        facts=UploadFacts(file_name=backup.file_name, size_bytes=len(backup.content)),
    )
    return receive_export(
        by=by,
        line=line,
        upload=upload,
        facts=ExportFacts(received_at=backup.taken_at, from_words=f"message operator of line {backup.line}"),
    )


def _hand_over(people: People, export: Export) -> None:
    transfer_custody(
        by=people.actor("custodian.alder-city"),
        item=export.item,
        to=people.users["custodian.da"],
        facts=TransferFacts(moved_at=local(10, 18, 10, 15), reason="For review by the prosecutor"),
    )


def find_response(by: Actor, records: Records, answer: Answer) -> Response:
    """Find the response of an answer, as a person would: by its number, on its ad."""
    return find_responses(by, answer.address).get(ad=records.ads[answer.ad])


def review_responses(people: People, records: Records, phones: Phones) -> None:
    """Dismiss and refer, each for its reason, and mark who first raised a price."""
    coordinator, prosecutor = people.actor("coordinator"), people.actor("prosecutor")
    for answer in phones.answers:
        if answer.outcome == "dismissed":
            dismiss_response(
                by=coordinator,
                response=find_response(coordinator, records, answer),
                facts=DismissalFacts(DismissalReason(answer.reason)),
            )
        elif answer.outcome == "referred":
            refer_response(
                by=coordinator,
                response=find_response(coordinator, records, answer),
                facts=ReferralFacts(ReferralGround(answer.reason)),
            )
        elif answer.has_price:
            _mark_price(prosecutor, find_response(prosecutor, records, answer))


def _mark_price(by: Actor, response: Response) -> None:
    open_response(by=by, response=response, facts=OpeningFacts(Purpose.REVIEW))
    asked = next(said for said in conversation_of(by, response).said if said.words == PRICE_TURN[0])
    message = response.contact_point.messages.get(pk=asked.message_id)
    mark_message(by=by, response=response, message=message, facts=MarkFacts(MarkSubject.PRICE))
