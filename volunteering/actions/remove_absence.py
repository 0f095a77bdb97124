from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Absence, VolunteerProfile


@transaction.atomic
def remove_absence(*, absence: Absence, acting_user: User) -> None:
    """They are there on those days after all; harmless when it is gone already."""
    profile = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=absence.profile_id)
    gone, _by_model = Absence.objects.filter(pk=absence.pk).delete()
    if gone:
        record("absence.removed", actor=acting_user.pk, of=absence, person=profile.person_id)
