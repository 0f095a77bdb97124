from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Person, User
from portal.accounts.notices import current_notice
from portal.audit.models import record
from volunteering.answers import Answers, write_week
from volunteering.joining_messages import tell_joined
from volunteering.joining_refusals import YOUNGEST, TooYoungToJoin
from volunteering.models import VolunteerProfile

Status = VolunteerProfile.Status


@transaction.atomic
def become_volunteer(*, person: Person, answers: Answers, acting_user: User) -> VolunteerProfile:
    """Somebody offers to help; the office meets them and says yes. Whoever is a volunteer already
    stays what they are; whoever has left begins anew, with these answers.

    Raises:
        TooYoungToJoin: younger than may join on the site.
    """
    # Two tabs that finish at once take turns.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    profile = VolunteerProfile.objects.filter(person=person).first()
    if profile is not None and profile.status != Status.ENDED:
        return profile
    profile = profile or VolunteerProfile(person=person)
    profile.born_on = answers.born_on
    age = profile.age_on(timezone.localdate())
    # At the office somebody younger comes with a guardian, whose consent is a gate of its own.
    is_by_themselves = acting_user.person_id == person.pk
    if is_by_themselves and age is not None and age < YOUNGEST:
        raise TooYoungToJoin
    profile.status = Status.APPLIED
    profile.skills = list(answers.skills)
    profile.languages = list(answers.languages)
    profile.district = answers.district
    profile.radius_km = answers.radius_km
    profile.transport = answers.transport
    profile.weekly_hours = answers.weekly_hours
    profile.with_children = answers.with_children
    profile.about = answers.about
    profile.notice = current_notice()
    profile.save()
    write_week(profile, answers.windows)
    record(
        "volunteer.joined", actor=acting_user.pk, of=profile, person=person.pk,
        notice=str(profile.notice_id or ""),
    )  # fmt: skip
    tell_joined(profile)
    return profile
