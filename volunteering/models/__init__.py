"""Volunteers, those who ask for help, and what brings them together."""

from volunteering.models.gates import (
    BackgroundCheck,
    GuardianConsent,
    InsuranceCover,
    VolunteerAgreement,
)
from volunteering.models.help_request import HelpRequest
from volunteering.models.match_run import MatchRun, Proposal
from volunteering.models.opportunity import Application, Opportunity, Shift
from volunteering.models.safety import Block, SafetyContact, SafetyReport
from volunteering.models.task import Assignment, ContactConsent, HoursEntry, Invitation
from volunteering.models.volunteer import (
    Absence,
    AvailabilityWindow,
    District,
    VolunteerProfile,
)

__all__ = [
    "Absence",
    "Application",
    "Assignment",
    "AvailabilityWindow",
    "BackgroundCheck",
    "Block",
    "ContactConsent",
    "District",
    "GuardianConsent",
    "HelpRequest",
    "HoursEntry",
    "InsuranceCover",
    "Invitation",
    "MatchRun",
    "Opportunity",
    "Proposal",
    "SafetyContact",
    "SafetyReport",
    "Shift",
    "VolunteerAgreement",
    "VolunteerProfile",
]
