"""Verbs of cases."""

from hotspots.cases.actions.arrests import correct_arrest, record_arrest, void_arrest
from hotspots.cases.actions.charges import (
    AmendFacts,
    ChargeFacts,
    DismissFacts,
    VoidChargeFacts,
    amend_charge,
    dismiss_charge,
    file_charge,
    void_charge,
)
from hotspots.cases.actions.citations import correct_citation, record_citation, void_citation
from hotspots.cases.actions.encounters import (
    EncounterCorrection,
    EncounterFacts,
    VoidEncounterFacts,
    correct_encounter,
    record_encounter,
    void_encounter,
)
from hotspots.cases.actions.hearings import (
    HearingCorrection,
    HearingFacts,
    OutcomeFacts,
    correct_hearing,
    record_hearing_outcome,
    schedule_hearing,
)
from hotspots.cases.actions.investigations import (
    CloseFacts,
    InvestigationCorrection,
    InvestigationFacts,
    VoidInvestigationFacts,
    close_investigation,
    correct_investigation,
    open_investigation,
    void_investigation,
)
from hotspots.cases.actions.matters import (
    DeclineFacts,
    SubmitFacts,
    VoidMatterFacts,
    decline_matter,
    submit_matter,
    void_matter,
)
from hotspots.cases.actions.moving import StopPlace
from hotspots.cases.actions.setting import Officer
from hotspots.cases.actions.statutes import load_statutes
from hotspots.cases.actions.stops import StopCorrection, StopFacts, VoidFacts
from hotspots.cases.actions.subjects import (
    OpenFacts,
    OpenPurpose,
    PersonFacts,
    SubjectCorrection,
    correct_subject,
    identify_subject,
    open_subject,
)

__all__ = [
    "AmendFacts",
    "ChargeFacts",
    "CloseFacts",
    "DeclineFacts",
    "DismissFacts",
    "EncounterCorrection",
    "EncounterFacts",
    "HearingCorrection",
    "HearingFacts",
    "InvestigationCorrection",
    "InvestigationFacts",
    "Officer",
    "OpenFacts",
    "OpenPurpose",
    "OutcomeFacts",
    "PersonFacts",
    "StopCorrection",
    "StopFacts",
    "StopPlace",
    "SubjectCorrection",
    "SubmitFacts",
    "VoidChargeFacts",
    "VoidEncounterFacts",
    "VoidFacts",
    "VoidInvestigationFacts",
    "VoidMatterFacts",
    "amend_charge",
    "close_investigation",
    "correct_arrest",
    "correct_citation",
    "correct_encounter",
    "correct_hearing",
    "correct_investigation",
    "correct_subject",
    "decline_matter",
    "dismiss_charge",
    "file_charge",
    "identify_subject",
    "load_statutes",
    "open_investigation",
    "open_subject",
    "record_arrest",
    "record_citation",
    "record_encounter",
    "record_hearing_outcome",
    "schedule_hearing",
    "submit_matter",
    "void_arrest",
    "void_charge",
    "void_citation",
    "void_encounter",
    "void_investigation",
    "void_matter",
]
