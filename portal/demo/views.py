from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import User
from portal.demo.loopback import from_here
from portal.demo.people import email_of, people_of
from portal.entrance.second_factor import mark_shown
from tenants.binding import current_tenant


@require_safe
@from_here
def who(request: HttpRequest) -> HttpResponse:
    """The sample people of this site, to enter it as one of them."""
    return TemplateResponse(
        request,
        "demo/who.html",
        {"people": people_of(current_tenant()), "current": str(request.user)
         if request.user.is_authenticated else ""},
    )  # fmt: skip


@require_POST
@from_here
def enter(request: HttpRequest, key: str) -> HttpResponse:
    tenant = current_tenant()
    person = next((person for person in people_of(tenant) if person.key == key), None)
    if person is None:
        raise Http404
    user = get_object_or_404(User, email=email_of(person, tenant))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if user.is_staff:
        mark_shown(request, user, kind="totp")
    return redirect(person.lands)


@require_POST
@from_here
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("demo_who")
