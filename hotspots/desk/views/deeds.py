"""What was done to a record, as its history says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_ACCOUNTS = {
    "accept_invitation": _("The invitation was accepted: a password was set."),
    "confirm_grant": _("A second person confirmed a role. It is in force from here on."),
    "end_access": _("Access was ended: the account is closed and every role with it."),
    "found_county": _("The county was founded."),
    "grant_role": _("A role was given."),
    "invite_first": _("The first accounts were founded."),
    "invite_user": _("A person was invited to an account."),
    "renew_invitation": _("A new link was given. Password and second factor start over."),
    "revoke_role": _("A role was ended."),
}
_CASES = {
    "amend_charge": _("The charge was amended."),
    "close_investigation": _("The investigation was closed."),
    "correct_arrest": _("The arrest was corrected."),
    "correct_citation": _("The citation was corrected."),
    "correct_encounter": _("The encounter was corrected."),
    "correct_hearing": _("The hearing was corrected."),
    "correct_investigation": _("The investigation was corrected."),
    "correct_subject": _("What is known of the person was corrected."),
    "decline_matter": _("The prosecutor declined the matter."),
    "dismiss_charge": _("The charge was dismissed."),
    "file_charge": _("A charge was filed."),
    "identify_subject": _("The person was identified."),
    "load_statutes": _("The statutes were loaded."),
    "open_investigation": _("The investigation was opened."),
    "open_subject": _("The identity of the person was opened for a purpose."),
    "record_arrest": _("The arrest was recorded."),
    "record_citation": _("The citation was recorded."),
    "record_encounter": _("The encounter was recorded."),
    "record_hearing_outcome": _("What became of the hearing was recorded."),
    "schedule_hearing": _("A hearing was scheduled."),
    "submit_matter": _("A matter was submitted to the prosecutor."),
    "void_arrest": _("The arrest was voided."),
    "void_charge": _("The charge was voided."),
    "void_citation": _("The citation was voided."),
    "void_encounter": _("The encounter was voided."),
    "void_investigation": _("The investigation was voided."),
    "void_matter": _("The matter was voided."),
}
_COALITION = {
    "add_contact": _("A contact was added."),
    "admit_organization": _("The organization was admitted."),
    "begin_membership": _("The organization joined the coalition."),
    "correct_contact": _("The contact was corrected."),
    "end_membership": _("The organization left the coalition."),
    "reinstate_organization": _("The organization was made active again."),
    "remove_contact": _("The contact was removed from the lists."),
    "suspend_organization": _("The organization was suspended."),
}
_EVIDENCE = {
    "begin_upload": _("An upload was begun."),
    "download_item": _("The file was downloaded."),
    "drop_upload": _("The upload was dropped."),
    "finish_upload": _("The upload was finished."),
    "let_go_bytes": _("Bytes that nothing used were destroyed."),
    "log_item": _("The item was taken into evidence."),
    "receive_part": _("A part of the upload came in."),
    "replace_item": _("The item was marked as replaced by another."),
    "transfer_custody": _("The item was handed to another custodian."),
    "verify_item": _("The bytes were hashed again and compared."),
}
_INTAKE = {
    "cancel_import": _("The import was stopped."),
    "correct_ad": _("The ad was corrected."),
    "dismiss_response": _("The response was dismissed. It does not count."),
    "dismiss_responses": _("A set of responses was dismissed. They do not count."),
    "download_export": _("The export was downloaded."),
    "finish_import": _("What was read of the export was shown."),
    "mark_message": _("A message was marked as the first to raise a subject."),
    "open_bytes": _("The bytes of a message were opened."),
    "open_line": _("The line was opened."),
    "open_referral": _("The referral was opened."),
    "open_response": _("The conversation was opened for a purpose."),
    "place_ad": _("The ad was recorded."),
    "receive_export": _("An export was received into custody."),
    "refer_response": _("The sender was referred to victim services."),
    "reinstate_response": _("The response was reinstated. It counts again."),
    "review_anomalies": _("What is odd in the file was looked at."),
    "retry_import": _("The import was started again."),
    "show_contacts": _("Numbers of contact points were shown."),
    "take_over_referral": _("An advocate took the sender over."),
    "unmark_message": _("A mark was removed from a message."),
    "withdraw_ad": _("The ad was withdrawn."),
}
_OPERATIONS = {
    "correct_campaign": _("The campaign was corrected."),
    "correct_operation": _("The operation was corrected."),
    "open_campaign": _("The campaign was opened."),
    "record_past_operation": _("The operation was recorded afterwards."),
}
_RESULTS = {
    "abandon_correction": _("The correction was abandoned. Its text stays on record."),
    "approve_release": _("A second person approved the text."),
    "bind_figure": _("A frozen figure was chosen for a number in the text."),
    "correct_release": _("A correction was opened, with a visible note."),
    "draft_release": _("The release was started."),
    "end_preview_link": _("An invitation to read the draft was ended."),
    "freeze_figure": _("A figure was frozen."),
    "freeze_figures": _("Several figures were frozen."),
    "hold_back_release": _("The release could not go out at its time, and was held back."),
    "make_preview_link": _("A link for invited readers was made."),
    "mark_literal": _("A number or a word was marked as meant."),
    "publish_due": _("The release was published at the time that was set."),
    "publish_release": _("The release was published, or a time was set for it."),
    "retract_release": _("The release was retracted. Its numbers no longer stand."),
    "save_release": _("The text was saved."),
    "unmark_literal": _("A mark was taken from a number or a word."),
}

DEEDS: Mapping[str, Any] = {
    **{f"accounts.{verb}": words for verb, words in _ACCOUNTS.items()},
    **{f"cases.{verb}": words for verb, words in _CASES.items()},
    **{f"coalition.{verb}": words for verb, words in _COALITION.items()},
    "desk.record_verification": _("The log was verified."),
    **{f"evidence.{verb}": words for verb, words in _EVIDENCE.items()},
    **{f"intake.{verb}": words for verb, words in _INTAKE.items()},
    **{f"operations.{verb}": words for verb, words in _OPERATIONS.items()},
    **{f"results.{verb}": words for verb, words in _RESULTS.items()},
}
