"""What people are told about opportunities and shifts. Each function promises one message in the
caller's transaction; the words are in ``emails/volunteering/``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from portal.accounts.models import Organisation, Person, User
from portal.notifications.links import absolute
from portal.notifications.promise import File, promise
from portal.notifications.quiet import is_quiet, next_waking_moment
from portal.places.reach import reach
from volunteering.models import Application, Assignment, Opportunity, Shift
from volunteering.shift_calendar import calendar_file
from volunteering.shift_lines import ShiftLine

# Whoever would set out before the morning's messages are read is told in the night.
TIME_TO_READ = timedelta(hours=2)


def tell_shift_taken(assignment: Assignment) -> None:
    """The place is theirs."""
    shift = assignment.shift
    if shift is None:
        return
    person = assignment.profile.person
    promise(
        "volunteering/shift_taken",
        to=[person],
        context={"line": ShiftLine(shift)},
        files=_files(shift, person),
        expires_at=shift.ends_at,
    )


def tell_shift_cancelled(shift: Shift, people: Sequence[Person]) -> None:
    """Those who had a place: it is called off."""
    for person in people:
        promise(
            _urgent_if_soon("volunteering/shift_cancelled", shift.starts_at),
            to=[person],
            context={"line": ShiftLine(shift)},
            files=_files(shift, person),
            expires_at=shift.ends_at,
        )


def tell_application_made(application: Application) -> None:
    """An organisation: somebody would like to help. Who it is stands behind the login."""
    opportunity = application.opportunity
    if opportunity.organisation is None:
        return
    promise(
        "volunteering/application_made",
        to=_members(opportunity.organisation),
        context={
            "opportunity": opportunity,
            "link": partial(
                _address,
                "my_volunteering:organisation_applicants",
                opportunity.organisation_id,
                opportunity.pk,
            ),
        },
    )


def tell_application_decided(application: Application) -> None:
    """Whoever would like to help: what the organiser said."""
    opportunity = application.opportunity
    promise(
        "volunteering/application_decided",
        to=[application.profile.person],
        context={
            "opportunity": opportunity,
            "is_accepted": application.status == Application.Status.ACCEPTED,
            "organiser": str(opportunity.organisation or ""),
            "link": partial(_address, "volunteering:opportunity", opportunity.slug),
            "phone": reach().phone,
        },
    )


def tell_opportunity_reviewed(opportunity: Opportunity, acting_user: User) -> None:
    """The organisation that proposed it: what the office decided, or asks."""
    organisation = opportunity.organisation
    if organisation is None:
        return
    promise(
        "volunteering/opportunity_reviewed",
        to=_members(organisation),
        context={
            "opportunity": opportunity,
            "page": partial(_address, "volunteering:opportunity", opportunity.slug),
            "link": partial(
                _address,
                "my_volunteering:organisation_opportunity",
                organisation.pk,
                opportunity.pk,
            ),
        },
        sender=acting_user.pk,
    )


def _members(organisation: Organisation) -> Sequence[Person]:
    members = Person.objects.current().filter(logins__memberships__organisation=organisation)
    return list(members.distinct())


def _files(shift: Shift, person: Person) -> list[File]:
    """For the calendar of whoever gets mail, in their language."""
    if person.channel != Person.Channel.EMAIL:
        return []
    with translation.override(person.language):
        return [calendar_file(shift)]


def _urgent_if_soon(kind: str, first: datetime) -> str:
    now = timezone.now()
    is_soon = is_quiet(now) and first < next_waking_moment(now) + TIME_TO_READ
    return f"{kind}_now" if is_soon else kind


def _address(view: str, *args: Any) -> str:
    return absolute(reverse(view, args=args))
