from django.db import transaction

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Application


@transaction.atomic
def change_contact_shown(
    *, application: Application, shows_contact: bool, acting_user: User
) -> Application:
    """Let the organiser see how to reach the volunteer, or see it no more. The same again changes
    nothing."""
    stored = (
        Application.objects.select_for_update(of=("self",))
        .select_related("profile")
        .get(pk=application.pk)
    )
    if stored.shows_contact == shows_contact:
        return stored
    stored.shows_contact = shows_contact
    stored.save(update_fields=["shows_contact"])
    record(
        "application.contact",
        actor=acting_user.pk,
        of=stored,
        person=stored.profile.person_id,
        shows=shows_contact,
    )
    return stored
