"""What volunteers and those who ask for help are told. Each function promises one message in the
caller's transaction; the words are in ``emails/volunteering/``, in the language of whoever gets
them. Contact data of the other side are in no message: they stand on the page it leads to."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from events.message_words import briefly, deadline
from portal.accounts.models import Person
from portal.notifications.promise import promise
from portal.notifications.quiet import is_quiet
from volunteering.contact import distance_to
from volunteering.invitation_links import invitation_path
from volunteering.message_words import About
from volunteering.models import Assignment, HelpRequest, Invitation
from volunteering.request_links import request_path

# An urgent request that begins sooner goes before all other messages.
TIME_IS_SHORT = timedelta(hours=12)


def tell_invited(invitation: Invitation) -> None:
    """A volunteer is asked: what, where roughly, when and until when to answer; nobody's name."""
    request, profile = invitation.request, invitation.profile
    about = About(
        request=request,
        path=partial(invitation_path, invitation),
        distance=distance_to(request, profile),
        tells_distance=True,
    )
    _tell(
        _kind_of_invitation(request),
        profile.person,
        about,
        expires_at=invitation.expires_at,
        # In the language of whoever reads it.
        answer_by=partial(deadline, invitation.expires_at),
        answer_by_briefly=partial(briefly, invitation.expires_at),
    )


def tell_not_needed(invitation: Invitation) -> None:
    """A volunteer who has not answered yet need not."""
    request = invitation.request
    _tell(
        "volunteering/not_needed",
        invitation.profile.person,
        About(request=request, path=partial(invitation_path, invitation)),
        expires_at=request.starts_at,
        is_called_off=request.status == HelpRequest.Status.CANCELLED,
    )


def tell_accepted(assignment: Assignment) -> None:
    """A volunteer who said yes: when, whom by first name, and what comes next."""
    request = _request_of(assignment)
    _tell(
        "volunteering/accepted",
        assignment.profile.person,
        _about_task(assignment),
        expires_at=request.ends_at,
        name=_name(request.requester),
    )


def tell_task_cancelled(assignment: Assignment) -> None:
    """A volunteer: nobody waits for them any more."""
    request = _request_of(assignment)
    _tell(
        "volunteering/task_cancelled",
        assignment.profile.person,
        _about_task(assignment),
        expires_at=request.ends_at,
    )


def tell_found(assignment: Assignment) -> None:
    """Whoever asked: who will help, by first name, and when."""
    request = _request_of(assignment)
    _tell_contact(
        "volunteering/found",
        request,
        expires_at=request.ends_at,
        name=_name(assignment.profile.person),
        is_for_somebody=request.asked_by_id is not None,
        for_whom=_name(request.requester),
    )


def tell_given_back(assignment: Assignment) -> None:
    """Whoever asked: this volunteer cannot come, and somebody else is being looked for."""
    _tell_contact(
        "volunteering/given_back",
        _request_of(assignment),
        name=_name(assignment.profile.person),
    )


def tell_nobody_found(request: HelpRequest) -> None:
    """Whoever asked: nobody yet, or not everybody, and the office will call."""
    is_partly = Assignment.objects.active().filter(request=request).exists()
    _tell_contact("volunteering/nobody_found", request, is_partly=is_partly)


def tell_request_cancelled(request: HelpRequest, *, by_requester: bool) -> None:
    """Whoever asked: it is called off, and nobody will come."""
    _tell_contact(
        "volunteering/request_cancelled",
        request,
        is_by_office=not by_requester,
        is_over=request.starts_at <= timezone.now(),
    )


def tell_contact_shared(assignment: Assignment) -> None:
    """Both: they may see what the other has ticked, on their own page."""
    request = _request_of(assignment)
    volunteer = assignment.profile.person
    _tell(
        "volunteering/contact",
        volunteer,
        _about_task(assignment),
        expires_at=request.ends_at,
        name=_name(request.requester),
    )
    _tell_contact(
        "volunteering/contact", request, expires_at=request.ends_at, name=_name(volunteer)
    )


def remind_volunteer(assignment: Assignment) -> None:
    request = _request_of(assignment)
    _tell(
        "volunteering/reminder",
        assignment.profile.person,
        _about_task(assignment),
        expires_at=request.starts_at,
        name=_name(request.requester),
        is_helper=True,
    )


def remind_requester(assignment: Assignment) -> None:
    request = _request_of(assignment)
    _tell_contact(
        "volunteering/reminder",
        request,
        expires_at=request.starts_at,
        name=_name(assignment.profile.person),
        is_helper=False,
    )


def _kind_of_invitation(request: HelpRequest) -> str:
    now = timezone.now()
    is_short = request.starts_at - now < TIME_IS_SHORT
    is_urgent = request.priority == HelpRequest.Priority.URGENT
    return (
        "volunteering/invitation_now"
        if is_urgent and is_short and not is_quiet(now)
        else "volunteering/invitation"
    )


def _about_task(assignment: Assignment) -> About:
    """The invitation's page goes on to show the task, also to whoever has no login."""
    path = (
        partial(invitation_path, assignment.invitation)
        if assignment.invitation is not None
        else partial(reverse, "my_volunteering:task", args=[assignment.pk])
    )
    return About(request=_request_of(assignment), path=path)


def _name(person: Person) -> Promise | str:
    """All that either learns of the other before both consent."""
    return person.first_name or gettext_lazy("a neighbour")


def _request_of(assignment: Assignment) -> HelpRequest:
    if assignment.request is None:
        raise ValueError("a shift has messages of its own")
    return assignment.request


def _tell_contact(
    key: str, request: HelpRequest, *, expires_at: datetime | None = None, **more: Any
) -> None:
    about = About(request=request, path=partial(request_path, request))
    _tell(key, request.contact, about, expires_at=expires_at, **more)


def _tell(
    key: str, person: Person, about: About, *, expires_at: datetime | None = None, **more: Any
) -> None:
    promise(key, to=[person], context={"about": about, **more}, expires_at=expires_at)
