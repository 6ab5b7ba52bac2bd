"""Verbs of intake, and the import job."""

from hotspots.intake.actions.ads import AdFacts, AdTimesFacts, WithdrawFacts, correct_ad, place_ad, withdraw_ad
from hotspots.intake.actions.anomalies import review_anomalies
from hotspots.intake.actions.deriving import derive_responses
from hotspots.intake.actions.exports import (
    ExportFacts,
    ImportFacts,
    cancel_import,
    finish_import,
    receive_export,
    retry_import,
)
from hotspots.intake.actions.lines import LineFacts, open_line
from hotspots.intake.actions.marks import MarkFacts, mark_message, unmark_message
from hotspots.intake.actions.opening import (
    BytesFacts,
    OpeningFacts,
    download_export,
    open_bytes,
    open_referral,
    open_response,
    show_contacts,
)
from hotspots.intake.actions.reading import import_export
from hotspots.intake.actions.referrals import ReferralFacts, TakeOverFacts, refer_response, take_over_referral
from hotspots.intake.actions.responses import (
    DismissalFacts,
    dismiss_response,
    dismiss_responses,
    preview_dismissal,
    reinstate_response,
    state_of,
)

__all__ = [
    "AdFacts",
    "AdTimesFacts",
    "BytesFacts",
    "DismissalFacts",
    "ExportFacts",
    "ImportFacts",
    "LineFacts",
    "MarkFacts",
    "OpeningFacts",
    "ReferralFacts",
    "TakeOverFacts",
    "WithdrawFacts",
    "cancel_import",
    "correct_ad",
    "derive_responses",
    "dismiss_response",
    "dismiss_responses",
    "download_export",
    "finish_import",
    "import_export",
    "mark_message",
    "open_bytes",
    "open_line",
    "open_referral",
    "open_response",
    "place_ad",
    "preview_dismissal",
    "receive_export",
    "refer_response",
    "reinstate_response",
    "retry_import",
    "review_anomalies",
    "show_contacts",
    "state_of",
    "take_over_referral",
    "unmark_message",
    "withdraw_ad",
]
