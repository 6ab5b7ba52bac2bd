"""Items of evidence: logged with custody opened, downloaded, replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from hotspots import errors
from hotspots.access.action import action
from hotspots.access.actor import Actor, actor_of
from hotspots.access.clock import Clock, system_clock
from hotspots.access.frame import note_change, note_fact
from hotspots.access.models import Organization, User
from hotspots.access.rules import Role
from hotspots.evidence.actions.uploads import SENDERS
from hotspots.evidence.models import Item, Transfer, Upload
from hotspots.evidence.queries import lineage_of_bytes
from hotspots.evidence.rules import ItemKind, ItemPurpose, TransferKind, UploadState
from hotspots.operations.models import Operation


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """How an item came: when, from whom, and for a physical one what it is and under which seal."""

    received_at: datetime
    from_words: str
    description: str = ""
    seal_number: str = ""
    purpose: ItemPurpose = ItemPurpose.GENERAL

    LOGGED: ClassVar = ("received_at", "purpose")


@dataclass(frozen=True, slots=True)
class DownloadFacts:
    """Why the bytes of an item leave the program, in a few words that its history keeps."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReplaceFacts:
    """Why an item is replaced by another."""

    reason: str


@action("evidence.log_item", roles=SENDERS, subject="owner", changes=["upload"])
def log_item(
    *,
    by: Actor,
    owner: Organization,
    facts: ItemFacts,
    upload: Upload | None = None,
    custodian: User | None = None,
    operation: Operation | None = None,
    clock: Clock = system_clock,
) -> Item:
    """Log an item of evidence and open its custody: digital from an upload, physical under a description and a seal."""
    if facts.received_at > clock():
        raise errors.RuleBroken("item.received", _("An item cannot come in the future."), field="received_at")
    if not facts.from_words.strip():
        raise errors.RuleBroken("item.from", _("Say from whom the item came."), field="from_words")
    holder = custodian or User.objects.get(pk=by.user_id)
    check_custodian(holder)
    item = Item.objects.create(
        owner=owner,
        operation=operation,
        custodian=holder,
        received_at=facts.received_at,
        transfers_count=1,
        purpose=facts.purpose,
        **(_digital(owner, upload, facts) if upload is not None else _physical(facts)),
    )
    Transfer.objects.create(
        item=item,
        number=1,
        transfer_kind=TransferKind.RECEIVED,
        from_words=facts.from_words.strip(),
        to_user=holder,
        moved_at=facts.received_at,
        reason=_("Received as evidence"),
        seal_number=facts.seal_number,
        recorded_by_id=by.user_id,
    )
    words = {"custodian": (None, holder.full_title), "from": (None, facts.from_words.strip())}
    note_change(item, owner.history_key_id, item=(None, str(item)), **words)
    return item


def check_custodian(person: User) -> None:
    """Check that a person is an evidence custodian; no one else holds an item."""
    if not person.is_active or not actor_of(person).holds_any(Role.CUSTODIAN):
        sentence = _("{person} is not an evidence custodian.").format(person=person.title)
        raise errors.RuleBroken("item.custodian", sentence, field="custodian")


def _digital(owner: Organization, upload: Upload, facts: ItemFacts) -> dict[str, object]:
    if upload.state != UploadState.WHOLE:
        sentence = _("The upload of {name} is {state}; a whole one is needed.")
        told = sentence.format(name=upload.file_name, state=upload.state)
        raise errors.Stale("item.upload", told, theirs=upload.state)
    if upload.owner_id != owner.pk:
        raise errors.RuleBroken("item.owner", _("The upload was made for another organization."), field="owner")
    upload.state = UploadState.LOGGED
    upload.save(update_fields=["state"])
    return {
        "item_kind": ItemKind.DIGITAL,
        "blob_id": upload.blob_id,
        "file_name": upload.file_name,
        "description": facts.description.strip(),
        **lineage_of_bytes(upload.blob_id),
    }


def _physical(facts: ItemFacts) -> dict[str, object]:
    if not facts.description.strip():
        raise errors.RuleBroken("item.description", _("Say what the item is."), field="description")
    if not facts.seal_number.strip():
        sentence = _("A physical item is kept under a seal; give its number.")
        raise errors.RuleBroken("item.seal", sentence, field="seal_number")
    return {
        "item_kind": ItemKind.PHYSICAL,
        "description": facts.description.strip(),
        "seal_number": facts.seal_number.strip(),
    }


@action("evidence.download_item", roles=[Role.PROSECUTOR, Role.CUSTODIAN], subject="item")
def download_item(*, by: Actor, item: Item, facts: DownloadFacts) -> Item:
    """Let the whole bytes of an item leave the program; a phone export leaves from its own page alone."""
    if item.blob_id is None:
        raise errors.RuleBroken("item.physical", _("A physical item has no bytes."))
    _check_no_export(by, item)
    note_fact(sha256=item.sha256)
    note_change(item, item.owner.history_key_id, download=(None, facts.reason))
    return item


def _check_no_export(by: Actor, item: Item) -> None:
    """Refuse bytes that were received as a phone export, by whichever agency and whenever, under whatever item.

    The export's own page knows who is referred inside. That there is an export is told to those who see it alone.
    """
    exports = Item.objects.filter(blob__sha256=item.sha256, purpose=ItemPurpose.EXPORT)
    if not exports.exists():
        return
    if exports.filter(pk__in=Item.objects.visible_to(by).values("pk")).exists():
        raise errors.RuleBroken("item.export", _("This is a phone export. Download it from the export's page."))
    raise errors.RuleBroken("item.whole", _("This file does not leave as a whole from here. Ask the prosecutor."))


@action("evidence.replace_item", roles=[Role.CUSTODIAN], subject="item", changes=["item", "replacement"])
def replace_item(*, by: Actor, item: Item, replacement: Item, facts: ReplaceFacts) -> Item:
    """Mark an item as replaced by another, as a cut copy by a whole one; both are kept."""
    if not facts.reason.strip():
        raise errors.RuleBroken("item.reason", _("Say why the item is replaced."), field="reason")
    if item.replaced_by_id is not None:
        raise errors.RuleBroken("item.replaced", _("This item was replaced before."), field="replacement")
    if replacement.owner_id != item.owner_id or replacement.item_kind != item.item_kind:
        sentence = _("An item is replaced by one of the same kind and organization.")
        raise errors.RuleBroken("item.replacement", sentence, field="replacement")
    if replacement.pk == item.pk or replacement.replaced_by_id is not None:
        sentence = _("Choose another item, one that was not replaced itself.")
        raise errors.RuleBroken("item.replacement", sentence, field="replacement")
    _join_lineages(item, replacement)
    item.replaced_by = replacement
    item.save(update_fields=["replaced_by"])
    note_change(
        item, item.owner.history_key_id, replaced_by=(None, str(replacement)), reason=(None, facts.reason.strip())
    )
    return item


def _join_lineages(item: Item, replacement: Item) -> None:
    """Make one lineage of two.

    The rows are locked by a statement of their own: an item of the same bytes that someone logs meanwhile is waited
    for, and the update then sees it.
    """
    joining = Item.objects.filter(lineage=item.lineage)
    list(joining.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    joining.update(lineage=replacement.lineage)
    item.lineage = replacement.lineage
