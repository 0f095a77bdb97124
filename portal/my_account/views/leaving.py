from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.actions.erase_person import erase_person
from portal.accounts.declared.trail import DECLARATION as TRAIL
from portal.accounts.privacy import declarations, locks_on
from portal.accounts.refusals import Refused
from portal.entrance.doors import logged_in
from portal.entrance.proofs import recently_proved
from portal.entrance.requests import OwnRequest
from portal.my_account.forms import LeaveForm

LEFT = "left"  # what the last page says; in a session of nobody, gone within the hour


@require_safe
@logged_in
def what_happens(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(
        request,
        "my_account/leave.html",
        {
            "declarations": [part for part in declarations() if part.key != TRAIL.key],
            "locks": locks_on(request.user.person),
        },
    )


@recently_proved
def confirm(request: OwnRequest) -> HttpResponse:
    form = LeaveForm(request.POST if request.method == "POST" else None)
    locks = locks_on(request.user.person)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=request.user.person, acting_user=request.user)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            request.session[LEFT] = [
                [str(lock.label), str(lock.basis), date_format(lock.until)] for lock in locks
            ]
            return redirect("my_account:left")
    return TemplateResponse(
        request, "my_account/confirm_leaving.html", {"form": form, "locks": locks}
    )


@require_safe
@never_cache
def left(request: HttpRequest) -> HttpResponse:
    """The last page, to print: for somebody who is nobody here any more."""
    kept: Any = request.session.get(LEFT)
    if kept is None:
        return redirect("my_account:home")
    return TemplateResponse(request, "my_account/left.html", {"kept": kept})
