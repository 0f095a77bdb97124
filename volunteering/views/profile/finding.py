"""Whose profile a page is about: that of whoever is logged in, and nobody else's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import redirect

from portal.accounts.models import Person
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from volunteering.models import VolunteerProfile

P = ParamSpec("P")


def profile_of(person: Person) -> VolunteerProfile | None:
    """None of somebody who is no volunteer, or has left."""
    return (
        VolunteerProfile.objects.filter(person=person)
        .exclude(status=VolunteerProfile.Status.ENDED)
        .select_related("district", "person")
        .first()
    )


def of_volunteer(
    view: Callable[Concatenate[OwnRequest, VolunteerProfile, P], HttpResponseBase],
) -> Callable[Concatenate[OwnRequest, P], HttpResponseBase]:
    """Who is no volunteer is shown how to become one."""

    @logged_in
    @wraps(view)
    def wrapped(request: OwnRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        profile = profile_of(request.user.person)
        if profile is None:
            return redirect("my_volunteering:profile")
        return view(request, profile, *args, **kwargs)

    return wrapped
