"""The pages whose queries are counted: which record each shows, who reads it, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from hotspots.access.models import Grant, User
from hotspots.intake.models import SourcePlace
from tests.build_plenty import Plenty

FORM = "a form about one record; its room tests it"
DOOR = "the door and one's own account: no list, no drill-down"

# name of the address -> the records in it
RECORDS: dict[str, Callable[[Plenty], list[Any]]] = {
    "accounts:person": lambda made: [User.objects.get(login="reader.officer").pk],
    "accounts:grant": lambda made: [User.objects.get(login="reader.officer").pk],
    "accounts:confirm": lambda made: [Grant.objects.waiting().order_by("pk")[0].pk],
    "coalition:organization": lambda made: [made.bench.owner.pk],
    "operations:campaign": lambda made: [made.bench.campaign.pk],
    "operations:campaign_operations": lambda made: [made.bench.campaign.pk],
    "operations:correct_operation": lambda made: [made.operation.pk],
    "operations:operation": lambda made: [made.operation.pk],
    "operations:record_past_operation": lambda made: [made.bench.campaign.pk],
    "evidence:item": lambda made: [made.item.pk],
    "intake:line": lambda made: [made.bench.line.pk],
    "intake:ad": lambda made: [made.world.ad.pk],
    "intake:export": lambda made: [made.export.pk],
    "intake:response": lambda made: [made.response.pk],
    "intake:bytes": lambda made: [SourcePlace.objects.filter(message=made.response.first_message).order_by("pk")[0].pk],
    "intake:referral": lambda made: [made.referral.pk],  # type: ignore[union-attr]
    "cases:citation": lambda made: [made.citation.pk],  # type: ignore[union-attr]
    "cases:correct_citation": lambda made: [made.citation.pk],  # type: ignore[union-attr]
    "cases:arrest": lambda made: [made.matter.arrest_id],  # type: ignore[union-attr]
    "cases:investigation": lambda made: [made.bench.campaign.investigations.order_by("pk")[0].pk],
    "cases:encounter": lambda made: [made.encounter.pk],  # type: ignore[union-attr]
    "cases:subject": lambda made: [made.citation.subject_id],  # type: ignore[union-attr]
    "cases:open_subject": lambda made: [made.citation.subject_id],  # type: ignore[union-attr]
    "cases:matter": lambda made: [made.matter.pk],  # type: ignore[union-attr]
    "cases:file_charge": lambda made: [made.matter.pk],  # type: ignore[union-attr]
    "cases:submit_matter": lambda made: ["citations", made.citation.pk],  # type: ignore[union-attr]
    "cases:schedule_hearing": lambda made: ["citations", made.citation.pk],  # type: ignore[union-attr]
    "results:results": lambda made: [made.bench.campaign.pk],
    "results:download": lambda made: [made.bench.campaign.pk],
    "results:figure": lambda made: [made.figures[-1].pk],
    "results:proof": lambda made: [made.figures[-1].pk],
    "results:release": lambda made: [made.version.release_id],  # type: ignore[union-attr]
    "results:release_as_page": lambda made: [made.version.release_id],  # type: ignore[union-attr]
    "results:compare_release": lambda made: [made.version.release_id, 2],  # type: ignore[union-attr]
    "results:preview": lambda made: [made.token],
    "results:public_campaign": lambda made: [made.bench.campaign.key],
    "results:public_campaign_csv": lambda made: [made.bench.campaign.key],
    "results:public_release": lambda made: [made.version.release.slug, 1],  # type: ignore[union-attr]
    "results:public_release_csv": lambda made: [made.version.release.slug, 1],  # type: ignore[union-attr]
    "desk:history": lambda made: ["intake.Response", made.response.pk],
    "desk:entry": lambda made: [1],
}
# Variants of a page: the address, and what follows it.
VARIANTS: dict[str, tuple[str, Callable[[Plenty], list[Any]], str]] = {
    **{
        f"rows of {key}": ("results:measure_rows", lambda made, key=key: [made.bench.campaign.pk, key], "")
        for key in (
            "responses_to_ads", "withheld_contacts", "citations_for_soliciting", "persons_charged.pandering",
            "investigations_opened.pimping_and_pandering", "arrests.firearm", "outcomes", "operations_held",
            "agencies_taking_part",
        )
    },
    "a figure that has changed": ("results:figure", lambda made: [made.figures[0].pk], ""),
    "responses as csv": ("intake:responses", lambda made: [], "?format=csv"),
    "responses found": ("intake:responses", lambda made: [], "?found={0.contact_point_id}"),
    "history of the campaign": ("desk:history", lambda made: ["operations.Campaign", made.bench.campaign.pk], ""),
}  # fmt: skip


def path_of(made: Plenty, name: str) -> str:
    """Give the path of a page."""
    if name in VARIANTS:
        address, records, query = VARIANTS[name]
        return reverse(address, args=records(made)) + query.format(made.response)
    return reverse(name, args=RECORDS[name](made) if name in RECORDS else [])


def address_of(name: str) -> str:
    """Give the name of the address of a page."""
    return VARIANTS[name][0] if name in VARIANTS else name


# A page, or a page and who reads it where that is not the first of READERS in its audience.
PINNED: dict[str, int] = {
    "accounts:sign_in": 0,
    "accounts:account": 8,
    "accounts:enroll": 6,
    "accounts:password": 4,
    "accounts:people": 6,
    "accounts:invite": 6,
    "accounts:person": 8,
    "accounts:grant": 7,
    "accounts:confirm": 13,
    "coalition:organizations": 7,
    "coalition:admit": 4,
    "coalition:organization": 9,
    "operations:campaigns": 6,
    "operations:open_campaign": 5,
    "operations:campaign": 8,
    "operations:campaign_operations": 10,
    "operations:record_past_operation": 7,
    "operations:operations": 10,
    "operations:operation": 7,
    "operations:correct_operation": 10,
    "evidence:items": 7,
    "evidence:upload": 8,
    "evidence:log_object": 7,
    "evidence:known": 4,
    "evidence:item": 9,
    "intake:lines": 6,
    "intake:open_line": 5,
    "intake:line": 7,
    "intake:ads": 7,
    "intake:place_ad": 8,
    "intake:ad": 8,
    "intake:exports": 7,
    "intake:receive": 8,
    "intake:export": 19,
    "intake:responses": 17,
    "intake:dismiss_many": 7,
    "intake:withheld": 9,
    "intake:response": 23,
    "intake:bytes": 21,
    "intake:referred": 6,
    "intake:referral": 20,
    "cases:cases": 11,
    "cases:arrests": 11,
    "cases:investigations": 10,
    "cases:matters": 8,
    "cases:subjects": 8,
    "cases:encounters": 8,
    "cases:hearings": 6,
    "cases:record_citation": 16,
    "cases:citation": 9,
    "cases:correct_citation": 20,
    "cases:record_arrest": 16,
    "cases:arrest": 8,
    "cases:open_investigation": 9,
    "cases:investigation": 7,
    "cases:record_encounter": 10,
    "cases:encounter": 6,
    "cases:identify_subject": 8,
    "cases:subject": 8,
    "cases:open_subject": 8,
    "cases:matter": 8,
    "cases:file_charge": 9,
    "cases:submit_matter": 6,
    "cases:schedule_hearing": 6,
    "results:results": 64,
    "results:download": 51,
    "results:figure": 24,
    "results:proof": 6,
    "results:measures": 4,
    "results:releases": 6,
    "results:start_release": 6,
    "results:release": 20,
    "results:release_as_page": 8,
    "results:compare_release": 8,
    "results:public_home": 4,
    "results:public_campaign_csv": 3,
    "results:public_campaign": 6,
    "results:public_releases": 1,
    "results:public_release": 3,
    "results:public_release_csv": 3,
    "results:preview": 3,
    "results:help": 0,
    "results:refuses": 0,
    "results:public_measures": 0,
    "results:accessibility": 0,
    "results:robots": 0,
    "desk:now": 41,
    "desk:access": 0,
    "desk:history": 11,
    "desk:log": 9,
    "desk:entry": 7,
    "rows of responses_to_ads": 25,
    "rows of withheld_contacts": 24,
    "rows of citations_for_soliciting": 12,
    "rows of persons_charged.pandering": 11,
    "rows of investigations_opened.pimping_and_pandering": 11,
    "rows of arrests.firearm": 11,
    "rows of operations_held": 10,
    "rows of agencies_taking_part": 10,
    "a figure that has changed": 25,
    "responses as csv": 13,
    "responses found": 17,
    "history of the campaign": 15,
    "intake:responses for auditor": 11,
    "intake:responses for partner": 17,
    "intake:withheld for auditor": 10,
    "intake:withheld for partner": 10,
    "intake:ads for partner": 7,
    "intake:lines for partner": 6,
    "intake:exports for auditor": 7,
    "intake:response for partner": 21,
    "operations:operation for officer": 9,
    "operations:operation for partner": 8,
    "operations:operations for partner": 10,
    "evidence:items for evidence_custodian": 7,
    "evidence:items for auditor": 7,
    "evidence:item for evidence_custodian": 13,
    "intake:export for evidence_custodian": 20,
    "intake:export for auditor": 19,
    "cases:cases for auditor": 11,
    "cases:cases for partner": 11,
    "cases:citation for officer": 11,
    "cases:citation for auditor": 9,
    "cases:subjects for auditor": 8,
    "accounts:people for administrator": 6,
    "accounts:people for liaison": 6,
    "accounts:person for administrator": 9,
    "accounts:person for liaison": 9,
    "accounts:confirm for liaison": 13,
    "coalition:organizations for coalition_member": 7,
    "coalition:organizations for liaison": 7,
    "coalition:organization for liaison": 9,
    "results:results for publisher": 64,
    "results:results for partner": 11,
    "results:release for publisher": 20,
    "results:releases for auditor": 6,
    "results:figure for auditor": 17,
    "desk:now for administrator": 14,
    "desk:now for liaison": 12,
    "desk:now for operation_lead": 22,
    "desk:now for officer": 6,
    "desk:now for evidence_custodian": 21,
    "desk:now for prosecutor": 14,
    "desk:now for publisher": 16,
    "desk:now for coalition_member": 9,
    "desk:now for auditor": 9,
    "desk:now for advocate_liaison": 6,
    "desk:now for partner": 12,
    "evidence:upload for evidence_custodian": 8,
    "intake:receive for evidence_custodian": 8,
    "rows of responses_to_ads for auditor": 18,
}

NOT_PINNED: dict[str, str] = {
    **dict.fromkeys(
        (
            "accounts:second_factor", "accounts:closed", "accounts:accept", "accounts:demonstration", "accounts:codes",
            "account_login", "mfa_authenticate", "account_inactive",
        ),
        DOOR,
    ),
    **dict.fromkeys(
        (
            "accounts:new_link", "accounts:end_access", "accounts:revoke", "coalition:suspend_organization",
            "coalition:reinstate_organization", "coalition:begin_membership", "coalition:end_membership",
            "coalition:add_contact", "coalition:correct_contact", "coalition:remove_contact",
            "operations:correct_campaign", "evidence:download", "intake:download_export", "cases:void_citation",
            "cases:correct_arrest", "cases:void_arrest", "cases:close_investigation", "cases:correct_investigation",
            "cases:void_investigation", "cases:correct_encounter", "cases:void_encounter", "cases:correct_subject",
            "cases:decline_matter", "cases:void_matter", "cases:amend_charge", "cases:dismiss_charge",
            "cases:void_charge", "cases:correct_hearing", "cases:record_hearing_outcome",
        ),
        FORM,
    ),
    "evidence:upload_state": "one upload, asked by the script that sends it",
    "intake:progress": "one import, asked by the page that shows it; no list",
    "intake:export_of_item": "leads from one item to its export, which is pinned",
    "intake:find": "leads to the list that it was sent from, which is pinned as found",
    "results:public_release_pdf": "the release's page, which is pinned, set by Typst",
}  # fmt: skip
