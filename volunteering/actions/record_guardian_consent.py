from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import GuardianConsent, VolunteerProfile


@transaction.atomic
def record_guardian_consent(*, consent: GuardianConsent, acting_user: User) -> GuardianConsent:
    """Whoever represents a minor agrees that they help; or the days written down before are put
    right, or the consent ends. The audit keeps the days as they were. The same again is the same
    consent.

    Raises:
        ValidationError: nobody consents for themselves; the last day comes before the first.
    """
    profile = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=consent.profile_id)
    if consent.guardian_id == profile.person_id:
        raise ValidationError(_("Somebody else has to consent: a parent or a guardian."))
    before = GuardianConsent.objects.filter(pk=consent.pk).first()
    if before is None:
        consent.recorded_by = acting_user.pk
    consent.full_clean()
    same = profile.guardian_consents.filter(
        guardian=consent.guardian, given_on=consent.given_on, ends_on=consent.ends_on
    ).first()
    if same is not None:
        return same
    consent.save()
    record(
        "guardian_consent.changed" if before else "guardian_consent.recorded",
        actor=acting_user.pk, of=consent, person=profile.person_id,
        **({"before": [before.given_on.isoformat(),
                       before.ends_on.isoformat() if before.ends_on else ""]}
           if before else {}),
    )  # fmt: skip
    return consent
