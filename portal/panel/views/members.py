"""Members of an organisation, as the office sees them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.actions.remove_member import remove_member
from portal.accounts.models import Organisation, OrganisationMember
from portal.accounts.permissions import Permission
from portal.entrance.actions.invite import invite
from portal.entrance.actions.revoke_invitation import revoke_invitation
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.actions.change_member_role import change_member_role
from portal.panel.forms import InviteMemberForm, MemberRoleForm
from portal.panel.refusing import refusals_told


@requires(Permission.EDIT_ORGANISATIONS)
def invite_member(request: OwnRequest, pk: UUID) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = InviteMemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            invite(organisation=organisation, acting_user=request.user, **form.cleaned_data)
            messages.success(request, _("The invitation is on its way."))
        return redirect("panel:organisation", pk)
    return TemplateResponse(
        request, "panel/member_invite.html", {"form": form, "organisation": organisation}
    )


@require_POST
@requires(Permission.EDIT_ORGANISATIONS)
def revoke(request: OwnRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    row = get_object_or_404(organisation.invitations.open(), pk=invitation)
    revoke_invitation(invitation=row, acting_user=request.user)
    messages.success(request, _("The invitation is taken back; its link no longer works."))
    return redirect("panel:organisation", pk)


@requires(Permission.EDIT_ORGANISATIONS)
def change_role(request: OwnRequest, pk: UUID, member: UUID) -> HttpResponse:
    row = _member(pk, member)
    form = MemberRoleForm(request.POST or None, initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            change_member_role(
                member=row,
                role=OrganisationMember.Role(form.cleaned_data["role"]),
                acting_user=request.user,
            )
            messages.success(request, _("The role is changed."))
        return redirect("panel:organisation", pk)
    return TemplateResponse(request, "panel/member_role.html", {"form": form, "member": row})


@requires(Permission.EDIT_ORGANISATIONS)
def remove(request: OwnRequest, pk: UUID, member: UUID) -> HttpResponse:
    row = _member(pk, member)
    if request.method != "POST":
        return TemplateResponse(request, "panel/member_remove.html", {"member": row})
    with refusals_told(request):
        remove_member(member=row, acting_user=request.user)
        messages.success(
            request,
            _("%(name)s is no longer a member of %(organisation)s.")
            % {"name": row.user.person, "organisation": row.organisation.name},
        )
    return redirect("panel:organisation", pk)


def _member(organisation: UUID, member: UUID) -> OrganisationMember:
    return get_object_or_404(
        OrganisationMember.objects.select_related("user__person", "organisation"),
        pk=member,
        organisation=organisation,
    )
