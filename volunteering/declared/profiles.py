"""What volunteers say about themselves, and when they can help."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.merging import everybody_who_is
from portal.accounts.models import Person
from portal.accounts.privacy import Declaration
from volunteering.declared.gates import agreements_still_needed
from volunteering.declared.help import free_places
from volunteering.models import Assignment, VolunteerProfile

KEPT = timedelta(days=2 * 365)


def export(person: Person) -> list[dict[str, Any]]:
    profiles = VolunteerProfile.objects.filter(person__in=everybody_who_is(person))
    return [
        {
            "state": str(profile.get_status_display()),
            "skills": [str(skill) for skill in profile.skills],
            "languages": [str(language) for language in profile.languages],
            "part_of_gmina": profile.district.name,
            "kilometres": profile.radius_km,
            "transport": str(profile.get_transport_display()),
            "hours_a_week": profile.weekly_hours,
            "born_on": profile.born_on,
            "with_children": profile.with_children,
            "note": profile.about,
            "when": [
                {"weekday": window.weekday + 1, "from": _clock(window.starts),
                 "until": _clock(window.ends)}
                for window in profile.windows.all()
            ],
            "absences": [
                {"from": absence.first_on, "until": absence.last_on}
                for absence in profile.absences.all()
            ],
            "applications": [
                {
                    "opportunity": application.opportunity.title,
                    "state": str(application.get_status_display()),
                    "words": application.words,
                    "applied_at": application.applied_at,
                }
                for application in profile.applications.select_related("opportunity")
            ],
        }
        for profile in profiles.select_related("district").prefetch_related("windows", "absences")
    ]  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def erase(person: Person) -> None:
    """A profile that an agreement still hangs on is emptied; the others go whole."""
    profiles = VolunteerProfile.objects.filter(person__in=everybody_who_is(person))
    for profile in profiles:
        if agreements_still_needed(person).filter(profile=profile).exists():
            _empty(profile, person)
        else:
            profile.delete()


def _empty(profile: VolunteerProfile, person: Person) -> None:
    for rows in (profile.windows, profile.absences, profile.applications, profile.proposals):
        rows.all().delete()
    VolunteerProfile.objects.filter(pk=profile.pk).update(
        person=person, status=VolunteerProfile.Status.ENDED, paused_until=None, skills=[],
        languages=["pl"], radius_km=None, transport="foot", weekly_hours=1, born_on=None,
        with_children=False, about="", notice=None,
    )  # fmt: skip


def retain() -> None:
    """Whoever ended, or never began, two years ago and has done nothing since."""
    before = timezone.now() - KEPT
    old = VolunteerProfile.objects.filter(
        status__in=[VolunteerProfile.Status.ENDED, VolunteerProfile.Status.APPLIED],
        created_at__lt=before,
    )
    old = old.exclude(assignments__ends_at__gte=before).exclude(hours__on__gte=before.date())
    old = old.exclude(agreements__in=agreements_still_needed())
    free_places(Assignment.objects.filter(profile__in=old))
    old.delete()


DECLARATION = Declaration(
    key="volunteering",
    label=_("Your profile of a volunteer"),
    basis=_("a public task: social services (GDPR art. 6(1)(e))"),
    kept_for=_("two years after you stop being a volunteer"),
    tables=(
        "volunteering_volunteerprofile",
        "volunteering_availabilitywindow",
        "volunteering_absence",
        "volunteering_application",
        "volunteering_proposal",
    ),
    export=export,
    erase=erase,
    retain=retain,
    names={
        "skills": _("What you can help with"),
        "languages": _("Languages"),
        "part_of_gmina": _("Part of the gmina"),
        "kilometres": _("How far"),
        "transport": _("How you get around"),
        "hours_a_week": _("Hours a week"),
        "born_on": _("Date of birth"),
        "with_children": _("Also with children"),
        "when": _("When you can help"),
        "weekday": _("Day of the week"),
        "from": _("From"),
        "until": _("Until"),
        "absences": _("Absences"),
        "applications": _("Applications"),
        "opportunity": _("Opportunity"),
        "words": _("Your words"),
        "applied_at": _("Applied"),
    },
)
