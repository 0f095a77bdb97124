from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import InsuranceCover, VolunteerProfile


@transaction.atomic
def record_cover(*, cover: InsuranceCover, acting_user: User) -> InsuranceCover:
    """Insurance was bought for a volunteer, or what was written down about it is put right: its
    days, its number. The audit keeps the days as they were. The same again is the same insurance.

    Raises:
        ValidationError: the last day comes before the first.
    """
    profile = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=cover.profile_id)
    before = InsuranceCover.objects.filter(pk=cover.pk).first()
    if before is None:
        cover.recorded_by = acting_user.pk
    cover.full_clean()
    same = profile.covers.filter(
        kind=cover.kind, starts_on=cover.starts_on, ends_on=cover.ends_on, policy=cover.policy
    ).first()
    if same is not None:
        return same
    cover.save()
    record(
        "cover.changed" if before else "cover.recorded", actor=acting_user.pk, of=cover,
        person=profile.person_id, kind=cover.kind,
        **({"before": [before.starts_on.isoformat(), before.ends_on.isoformat()]}
           if before else {}),
    )  # fmt: skip
    return cover
