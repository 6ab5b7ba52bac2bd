"""Items, their custody, their bytes hashed again, downloaded and replaced."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hotspots import errors
from hotspots.access.actor import actor_of
from hotspots.access.rules import Role
from hotspots.audit.models import Entry
from hotspots.evidence import actions
from hotspots.evidence.actions import DownloadFacts, ItemFacts, ReplaceFacts, TransferFacts, UploadFacts
from hotspots.evidence.models import Item, Transfer
from hotspots.evidence.queries import custody_of
from hotspots.evidence.rules import Step, is_chain_whole
from hotspots.intake.actions import ReferralFacts, refer_response
from hotspots.intake.rules.states import ReferralGround
from hotspots.store.actions import path_of
from tests import build
from tests.build_intake import ARRIVED, Bench, after, backup, bench, number, sms

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], False),
        ([Step(1, None, ONE, ARRIVED)], True),
        ([Step(1, None, ONE, ARRIVED), Step(2, ONE, TWO, ARRIVED + HOUR)], True),
        ([Step(1, None, ONE, ARRIVED), Step(3, ONE, TWO, ARRIVED + HOUR)], False),
        ([Step(1, None, ONE, ARRIVED), Step(2, TWO, ONE, ARRIVED + HOUR)], False),
        ([Step(1, None, ONE, ARRIVED), Step(2, ONE, TWO, ARRIVED - HOUR)], False),
    ],
)
def test_custody_has_no_gap_when_each_gives_what_he_holds(steps, expected) -> None:
    assert is_chain_whole(steps) is expected


def item_of(made: Bench, content: bytes = b"bytes") -> Item:
    return actions.log_item(
        by=made.custodian, owner=made.owner, upload=made.upload(content), facts=ItemFacts(ARRIVED, "Officer 3")
    )


pytestmark = pytest.mark.django_db(transaction=True)


def test_custody_opens_on_arrival_and_passes_from_hand_to_hand() -> None:
    made = bench()
    sheriff = build.organization("Alder County Sheriff's Office")
    second = build.person("second.custodian", Role.CUSTODIAN, of=made.owner)
    third = build.person("sheriff.custodian", Role.CUSTODIAN, of=sheriff)
    officer = build.person("officer", Role.OFFICER, of=made.owner)
    item = item_of(made)

    with pytest.raises(errors.RuleBroken, match="not an evidence custodian"):
        move(made.custodian, item, officer, 1)
    with pytest.raises(errors.RuleBroken, match="Say why"):
        actions.transfer_custody(by=made.custodian, item=item, to=second, facts=TransferFacts(ARRIVED, " "))
    move(made.custodian, item, second, 2)
    with pytest.raises(errors.RuleBroken, match="before it last did"):
        move(made.custodian, item, third, 1)
    move(made.custodian, item, third, 3)  # a custodian of the owner's organization hands it on as well
    fresh = Item.objects.get(pk=item.pk)
    move(actor_of(third, channel="test"), fresh, made.custodian_user, 4)  # and so does the one who holds it
    with pytest.raises(errors.NotFound):
        move(actor_of(third, channel="test"), fresh, third, 5)  # who no longer sees it
    custody = custody_of(made.custodian, Item.objects.get(pk=item.pk))

    assert custody.is_whole
    assert [step.kind for step in custody.steps] == ["received"] + ["transferred"] * 3
    assert custody.steps[0].given_by == "Officer 3"
    assert custody.steps[2].taken_by.startswith("Sheriff custodian, Alder County Sheriff")


def move(by, item: Item, to, hours: int) -> Transfer:
    facts = TransferFacts(ARRIVED + hours * HOUR, "moved to the evidence room")
    return actions.transfer_custody(by=by, item=item, to=to, facts=facts)


def test_a_transfer_is_never_changed() -> None:
    made = bench()
    item_of(made)

    for statement in ("UPDATE evidence_transfer SET reason = 'x'", "DELETE FROM evidence_transfer"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Transfer.objects.get().reason == "Received as evidence"


def test_a_physical_item_has_a_description_and_a_seal() -> None:
    made = bench()
    by, owner = made.custodian, made.owner

    with pytest.raises(errors.RuleBroken):
        actions.log_item(by=by, owner=owner, facts=ItemFacts(ARRIVED, "Officer 3", description="a phone"))
    item = actions.log_item(
        by=by, owner=owner, facts=ItemFacts(ARRIVED, "Officer 3", description="a phone", seal_number="A-17")
    )

    assert (item.item_kind, item.blob_id) == ("physical", None)
    with pytest.raises(errors.RuleBroken):
        actions.hash_item(by=by, item=item)


def test_an_officer_names_the_custodian_who_takes_the_item() -> None:
    made = bench()
    officer = made.someone(Role.OFFICER)
    facts = ItemFacts(ARRIVED, "Officer 3", description="a phone", seal_number="A-17")

    with pytest.raises(errors.RuleBroken) as refusal:
        actions.log_item(by=officer, owner=made.owner, facts=facts)
    item = actions.log_item(by=officer, owner=made.owner, custodian=made.custodian_user, facts=facts)

    assert refusal.value.field == "custodian"
    assert item.custodian == made.custodian_user


def test_bytes_are_hashed_again_and_an_altered_file_is_found_out() -> None:
    made = bench()
    item = item_of(made, b"some bytes of a phone")

    before = actions.hash_item(by=made.custodian, item=item)
    path = path_of(item.blob)
    sealed = bytearray(path.read_bytes())
    sealed[-20] ^= 1
    path.write_bytes(bytes(sealed))
    after = actions.hash_item(by=made.custodian, item=item)

    assert (before.is_whole, after.is_whole) == (True, False)
    assert custody_of(made.custodian, item).is_verified_whole is False
    assert Entry.objects.filter(action="evidence.verify_item").count() == 2


def test_only_prosecutor_and_custodian_download() -> None:
    made = bench()
    item = item_of(made)
    facts = DownloadFacts("for the hearing")

    for role in (Role.COORDINATOR, Role.OFFICER, Role.OPERATION_LEAD, Role.AUDITOR):
        with pytest.raises(errors.NotAllowed):
            actions.download_item(by=made.someone(role), item=item, facts=facts)

    assert actions.download_item(by=made.someone(Role.PROSECUTOR), item=item, facts=facts) == item
    assert actions.download_item(by=made.custodian, item=item, facts=facts) == item


@pytest.mark.parametrize("is_first", [True, False])
def test_an_export_is_not_downloaded_past_its_own_page(is_first: bool) -> None:
    made = bench()
    content = b"<smses></smses>"
    before = item_of(made, content) if is_first else None
    made.receive(content)
    other = before or item_of(made, content)

    with pytest.raises(errors.RuleBroken, match="phone export"):
        actions.download_item(by=made.custodian, item=other, facts=DownloadFacts("for the hearing"))


def test_bytes_that_another_agency_received_as_an_export_stay_too_and_it_is_not_told() -> None:
    made = bench()
    content = backup(sms(number(1), after(1)))
    made.ad()
    made.read(content)
    refer_response(
        by=made.custodian, response=made.response(number(1)), facts=ReferralFacts(ReferralGround.MAY_BE_MINOR)
    )
    sheriff = build.organization("Alder County Sheriff's Office")
    stranger = made.someone(Role.CUSTODIAN, of=sheriff)
    upload = actions.keep_file(
        by=stranger, owner=sheriff, source=io.BytesIO(content), facts=UploadFacts("copy.xml", len(content))
    )
    copy = actions.log_item(by=stranger, owner=sheriff, upload=upload, facts=ItemFacts(ARRIVED, "desk"))

    with pytest.raises(errors.RuleBroken) as told:
        actions.download_item(by=stranger, item=copy, facts=DownloadFacts("for the hearing"))
    with pytest.raises(errors.RuleBroken, match="phone export"):
        actions.download_item(by=made.someone(Role.PROSECUTOR), item=copy, facts=DownloadFacts("for the hearing"))

    assert (told.value.rule, "export" in str(told.value)) == ("item.whole", False)
    assert not Entry.objects.filter(action="evidence.download_item").exists()


def test_an_item_is_replaced_once_and_both_are_kept() -> None:
    made = bench()
    cut, whole = item_of(made, b"cut"), item_of(made, b"whole")
    facts = ReplaceFacts("the first copy was cut off")

    replaced = actions.replace_item(by=made.custodian, item=cut, replacement=whole, facts=facts)
    with pytest.raises(errors.RuleBroken):
        actions.replace_item(by=made.custodian, item=replaced, replacement=whole, facts=facts)
    with pytest.raises(errors.RuleBroken):
        actions.replace_item(by=made.custodian, item=whole, replacement=whole, facts=facts)

    assert Item.objects.get(pk=cut.pk).replaced_by == whole
    assert Item.objects.count() == 2
