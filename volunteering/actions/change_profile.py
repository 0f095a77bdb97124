from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.answers import write_week
from volunteering.models import VolunteerProfile


@transaction.atomic
def change_profile(
    *, profile: VolunteerProfile, changes: Mapping[str, Any], acting_user: User
) -> VolunteerProfile:
    """The volunteer answers some questions anew; from now on matching reads the new answers.

    Args:
        changes: name of a part of ``volunteering.answers.Answers`` → its new value. How old they
            are is changed by the office.
    """
    locked = VolunteerProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    fields = [name for name in changes if name != "windows"]
    for name in fields:
        setattr(locked, name, changes[name])
    if fields:
        locked.save(update_fields=fields)
    if "windows" in changes:
        write_week(locked, changes["windows"])
    record(
        "volunteer.changed", actor=acting_user.pk, of=locked, person=locked.person_id,
        parts=sorted(changes),
    )  # fmt: skip
    return locked
