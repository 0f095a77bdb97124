from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.models import User
from portal.demo.people import PEOPLE, email_of
from tenants.binding import current_tenant

LOOPBACK = {"127.0.0.1", "::1"}


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """The address of the connection itself: a forwarded one can be written by anybody."""
    return request.META.get("REMOTE_ADDR") not in LOOPBACK or "HTTP_X_FORWARDED_FOR" in request.META


@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """The sample people of this site, to enter it as one of them."""
    if _is_from_elsewhere(request):
        return HttpResponseForbidden(_("The demo can be entered from this machine only."))
    return TemplateResponse(
        request, "demo/who.html", {"people": PEOPLE, "current": request.user.get_username()}
    )


@never_cache
@require_POST
def enter(request: HttpRequest, key: str) -> HttpResponse:
    if _is_from_elsewhere(request):
        return HttpResponseForbidden(_("The demo can be entered from this machine only."))
    person = next((person for person in PEOPLE if person.key == key), None)
    if person is None:
        raise Http404
    user = get_object_or_404(User, email=email_of(person, current_tenant()))
    login(request, user)
    return redirect("wagtailadmin_home")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("demo_who")
