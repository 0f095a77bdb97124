from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import record
from volunteering.models import Application, Opportunity, VolunteerProfile
from volunteering.opportunity_states import lock_opportunity
from volunteering.shift_messages import tell_application_made
from volunteering.shift_refusals import NotThisTime, NotWanted

Status = Application.Status


@transaction.atomic
def apply_for(
    *,
    opportunity: Opportunity,
    profile: VolunteerProfile,
    words: str = "",
    shows_contact: bool = False,
    acting_user: User,
) -> Application:
    """A volunteer would like to help with something; the organiser answers. The same again is the
    same application, with the words and the consent of the last time.

    Raises:
        NotThisTime: the organiser has said no.
        NotWanted: it is not public, or the volunteer has ended.
    """
    stored = lock_opportunity(opportunity)
    if (
        stored.status != Opportunity.Status.PUBLISHED
        or profile.status == VolunteerProfile.Status.ENDED
    ):
        raise NotWanted
    application, is_new = Application.objects.get_or_create(
        opportunity=stored,
        profile=profile,
        defaults={"words": words, "shows_contact": shows_contact},
    )
    if application.status == Status.DECLINED:
        raise NotThisTime
    if not is_new and application.status == Status.ACCEPTED:
        return application
    is_again = application.status == Status.WITHDRAWN
    if not is_new:
        application.words, application.shows_contact = words, shows_contact
        application.status = Status.APPLIED
        application.applied_at = timezone.now() if is_again else application.applied_at
        application.save(update_fields=["words", "shows_contact", "status", "applied_at"])
    if is_new or is_again:
        tell_application_made(application)
        record("application.made", actor=acting_user.pk, of=application, person=profile.person_id)
    return application
