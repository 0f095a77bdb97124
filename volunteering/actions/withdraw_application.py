from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Application
from volunteering.refusals import AlreadyChanged


@transaction.atomic
def withdraw_application(*, application: Application, acting_user: User) -> Application:
    """The volunteer has changed their mind; the organiser sees nothing of them any more. Shifts
    they have are given back one by one. Harmless when pressed twice.

    Raises:
        AlreadyChanged: the organiser has said no.
    """
    stored = (
        Application.objects.select_for_update(of=("self",))
        .select_related("profile")
        .get(pk=application.pk)
    )
    if stored.status == Application.Status.WITHDRAWN:
        return stored
    if Application.Status.WITHDRAWN not in Application.FOLLOWS[stored.status]:
        raise AlreadyChanged
    stored.status, stored.shows_contact = Application.Status.WITHDRAWN, False
    stored.save(update_fields=["status", "shows_contact"])
    record(
        "application.withdrawn",
        actor=acting_user.pk,
        of=stored,
        person=stored.profile.person_id,
    )
    return stored
