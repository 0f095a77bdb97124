from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from portal.accounts.models import Invitation, User
from portal.accounts.roles import Role
from portal.entrance import invitations, second_factor
from portal.entrance.actions.accept_invitation import LoginExists, accept_invitation
from portal.entrance.forms import NameForm
from portal.entrance.invitations import InvitationOver
from portal.entrance.ways import come_in, with_next


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, and to what; accepting is a POST."""
    user = request.user if isinstance(request.user, User) else None
    try:
        found = invitations.find_open(token)
        if request.method == "POST":
            return _accept(request, found, token, user)
        return _page(request, found, user, NameForm())
    except InvitationOver:
        return TemplateResponse(request, "entrance/invitation_over.html", status=410)


def _accept(request: HttpRequest, found: Invitation, token: str, user: User | None) -> HttpResponse:
    form = NameForm(request.POST)
    if user is None and not form.is_valid():
        return _page(request, found, user, form)
    names = {} if user else form.cleaned_data
    try:
        accepted = accept_invitation(
            token=token, acting_user=user, language=get_language() or "pl", **names
        )
    except LoginExists:
        return HttpResponseRedirect(request.path)
    if user is None:
        return come_in(request, accepted, by="invitation", to=_place_of(found))
    if second_factor.is_due(request, accepted):
        return HttpResponseRedirect(with_next(reverse("mfa_index"), _place_of(found)))
    return HttpResponseRedirect(_place_of(found))


def _page(
    request: HttpRequest, found: Invitation, user: User | None, form: NameForm
) -> HttpResponse:
    address = invitations.address_of(found)
    by = invitations.inviter(found)
    return TemplateResponse(
        request,
        "entrance/invitation.html",
        {
            "form": form,
            "invitation": found,
            "address": address,
            "inviter": by.person.full_name if by else "",
            "role": Role(found.role).label if found.role else "",
            "me": user,
            "is_anothers": address.is_taken(besides=user),
            "log_in": with_next(reverse("account_login"), request.path),
        },
        status=422 if form.errors else 200,
    )


def _place_of(found: Invitation) -> str:
    if found.organisation_id:
        return reverse("my_account:organisation", args=[found.organisation_id])
    return reverse("panel:today")
