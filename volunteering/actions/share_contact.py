from django.utils import timezone

from events.busy import in_time
from portal.accounts.models import User
from portal.audit.models import record
from volunteering import ending, messages
from volunteering.contact import (
    ContactChoice,
    choice_of,
    have_both_agreed,
    in_force,
    person_of,
)
from volunteering.models import Assignment, ContactConsent
from volunteering.refusals import AlreadyChanged

Status = Assignment.Status
Side = ContactConsent.Side


@in_time()
def share_contact(
    *,
    assignment: Assignment,
    side: ContactConsent.Side,
    shows: ContactChoice,
    means: ContactConsent.Means,
    acting_user: User | None,
) -> ContactConsent:
    """One side lets the other see what it has ticked, perhaps nothing but its first name; once both
    have said something, both are told. A new choice takes the place of the one before.

    Args:
        means: how they said it; by phone or on paper somebody of the office writes it down.
        acting_user: None of whoever came by the link.

    Raises:
        AlreadyChanged: it is a shift, or the task is over or called off.
    """
    stored = ending.locked(assignment)
    if stored.request is None or not stored.is_active or stored.status == Status.PROPOSED:
        raise AlreadyChanged
    said = {one.side: one for one in in_force(stored)}
    before = said.get(side)
    if before is not None and choice_of(before) == shows:
        return before
    now = timezone.now()
    if before is not None:
        before.withdrawn_at = now
        before.save(update_fields=["withdrawn_at"])
    consent = ContactConsent.objects.create(
        assignment=stored, side=side, means=means, given_at=now,
        recorded_by=acting_user.pk if acting_user else None, shows_last_name=shows.last_name,
        shows_phone=shows.phone, shows_email=shows.email, shows_address=shows.address,
    )  # fmt: skip
    record(
        "contact.shared", actor=acting_user.pk if acting_user else None, of=stored,
        person=person_of(stored, side).pk, side=side, means=means,
    )  # fmt: skip
    if before is None and have_both_agreed(stored):
        if stored.status == Status.ACCEPTED:
            stored.status = Status.CONTACT_SHARED
            stored.save(update_fields=["status"])
        messages.tell_contact_shared(stored)
    return consent
