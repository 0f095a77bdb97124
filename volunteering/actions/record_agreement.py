from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import VolunteerAgreement, VolunteerProfile


@transaction.atomic
def record_agreement(*, agreement: VolunteerAgreement, acting_user: User) -> VolunteerAgreement:
    """An agreement was signed: with the office, or with the organisation it names. The same again
    is the same agreement.

    Raises:
        ValidationError: the dates do not go together, or it should be in writing.
    """
    profile = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=agreement.profile_id)
    agreement.status = VolunteerAgreement.Status.SIGNED
    agreement.recorded_by = acting_user.pk
    agreement.full_clean()
    same = profile.agreements.filter(
        organisation=agreement.organisation, starts_on=agreement.starts_on,
        ends_on=agreement.ends_on, status=agreement.status,
    ).first()  # fmt: skip
    if same is not None:
        return same
    agreement.save(force_insert=True)
    record(
        "agreement.recorded", actor=acting_user.pk, of=agreement, person=profile.person_id,
        organisation=str(agreement.organisation_id or ""),
    )  # fmt: skip
    return agreement
