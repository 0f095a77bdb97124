"""What happens to volunteering when two cards turn out to be one person."""

from django.db import IntegrityError, transaction

from portal.accounts.merging import on_clash
from portal.accounts.models import Person
from volunteering.models import (
    Absence,
    Application,
    Assignment,
    BackgroundCheck,
    Block,
    GuardianConsent,
    HelpRequest,
    HoursEntry,
    InsuranceCover,
    Invitation,
    VolunteerAgreement,
    VolunteerProfile,
)

Status = VolunteerProfile.Status
_CARRIED_OVER = (
    Assignment, Invitation, HoursEntry, VolunteerAgreement, InsuranceCover, BackgroundCheck,
    GuardianConsent, Application, Absence,
)  # fmt: skip


@on_clash(VolunteerProfile)
def _one_profile_is_enough(row: VolunteerProfile, kept: Person) -> None:
    """All that was done and signed goes over to the profile that stays. Of what both have, like a
    task on one shift, one is enough."""
    stays = kept.volunteer
    for model in _CARRIED_OVER:
        for one in model._base_manager.filter(profile=row):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=one.pk).update(profile=stays)
            except IntegrityError:
                continue
    if row.status == Status.ACTIVE and stays.status != Status.ACTIVE:
        stays.status, stays.paused_until = row.status, None
        stays.save(update_fields=["status", "paused_until"])
    row.delete()


@on_clash(Block)
def _nobody_is_kept_from_themselves(row: Block, _kept: Person) -> None:
    row.delete()


@on_clash(HelpRequest)
def _asked_for_themselves(row: HelpRequest, kept: Person) -> None:
    row.requester, row.asked_by = kept, None
    row.save(update_fields=["requester", "asked_by"])
