"""Who works here: logins, roles, second factors, invitations."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.grant_role import grant_role, revoke_role
from portal.accounts.models import Invitation, User
from portal.accounts.permissions import Permission
from portal.accounts.roles import STAFF, Role
from portal.entrance.actions.forget_second_factor import forget_second_factor
from portal.entrance.actions.invite import invite
from portal.entrance.actions.revoke_invitation import revoke_invitation
from portal.entrance.doors import requires
from portal.entrance.invitations import roles_to_invite_to
from portal.entrance.requests import OwnRequest
from portal.entrance.second_factor import has_one
from portal.paging import page_of
from portal.panel.forms import InviteStaffForm
from portal.panel.refusing import refusals_told


def _colleagues() -> "QuerySet[User]":
    factor = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    return (
        User.objects.filter(role_grants__role__in=STAFF)
        .distinct()
        .select_related("person")
        .prefetch_related("role_grants")
        .annotate(has_second_factor=Exists(factor))
        .order_by("person__sort_key", "pk")
    )


@require_safe
@requires(Permission.SEE_TEAM)
def team(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(
        request,
        "panel/team.html",
        {
            "colleagues": page_of(_colleagues(), request),
            "invitations": Invitation.objects.open().exclude(role=""),
        },
    )


@require_safe
@requires(Permission.MANAGE_TEAM)
def colleague(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The roles of one login: those they have, those they could be given."""
    user = get_object_or_404(User.objects.select_related("person"), pk=pk)
    held = {Role(grant.role) for grant in user.role_grants.all()}
    return TemplateResponse(
        request,
        "panel/colleague.html",
        {
            "colleague": user,
            "held": sorted(held & STAFF),
            "has_second_factor": has_one(user),
            "others": [role for role in roles_to_invite_to() if role not in held],
        },
    )


@requires(Permission.MANAGE_TEAM)
def grant(request: OwnRequest, pk: UUID, role: str) -> HttpResponse:
    user, given = _login_and_role(pk, role)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/role_confirm.html", {"colleague": user, "role": given, "is_gift": True}
        )
    with refusals_told(request):
        grant_role(user=user, role=given, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s now has the role: %(role)s.") % {"name": user.person, "role": given.label},
        )
    return redirect("panel:colleague", pk)


@requires(Permission.MANAGE_TEAM)
def revoke(request: OwnRequest, pk: UUID, role: str) -> HttpResponse:
    user, taken = _login_and_role(pk, role)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/role_confirm.html", {"colleague": user, "role": taken}
        )
    with refusals_told(request):
        revoke_role(user=user, role=taken, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s no longer has the role: %(role)s.")
            % {"name": user.person, "role": taken.label},
        )
    return redirect("panel:team")


@requires(Permission.MANAGE_TEAM)
def forget_factor(request: OwnRequest, pk: UUID) -> HttpResponse:
    """For a colleague who lost the phone and the paper codes."""
    user = get_object_or_404(_colleagues(), pk=pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/factor_forget.html", {"colleague": user})
    forget_second_factor(user=user, acting_user=request.user)
    messages.success(request, _("The second step is removed. It is set up anew at the next login."))
    return redirect("panel:team")


def _login_and_role(pk: UUID, role: str) -> tuple[User, Role]:
    """
    Raises:
        Http404: no such login, or no such role of the office.
    """
    if role not in {staff.value for staff in STAFF}:
        raise Http404
    return get_object_or_404(User.objects.select_related("person"), pk=pk), Role(role)


@requires(Permission.MANAGE_TEAM)
def invite_colleague(request: OwnRequest) -> HttpResponse:
    form = InviteStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        with refusals_told(request):
            invite(
                email=wanted["email"],
                phone=wanted["phone"],
                role=Role(wanted["role"]),
                acting_user=request.user,
            )
            messages.success(request, _("The invitation is on its way."))
        return redirect("panel:team")
    return TemplateResponse(request, "panel/team_invite.html", {"form": form})


@require_POST
@requires(Permission.MANAGE_TEAM)
def revoke_staff_invitation(request: OwnRequest, pk: UUID) -> HttpResponse:
    revoke_invitation(invitation=_invitation(pk), acting_user=request.user)
    messages.success(request, _("The invitation is taken back; its link no longer works."))
    return redirect("panel:team")


@require_POST
@requires(Permission.MANAGE_TEAM)
def invite_again(request: OwnRequest, pk: UUID) -> HttpResponse:
    """A new link, for a new time; the old one stops working."""
    row = _invitation(pk)
    invite(email=row.email, phone=str(row.phone), role=Role(row.role), acting_user=request.user)
    messages.success(request, _("A new invitation is on its way; the old link no longer works."))
    return redirect("panel:team")


def _invitation(pk: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.open().exclude(role=""), pk=pk)
