from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.remove_member import remove_member
from portal.accounts.actions.save_organisation import save_organisation
from portal.accounts.forms import OrganisationForm
from portal.accounts.limits import TooManyTries, take
from portal.accounts.models import Organisation, OrganisationMember, User
from portal.accounts.refusals import Refused
from portal.entrance.actions.invite import invite
from portal.entrance.actions.revoke_invitation import revoke_invitation
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.my_account.forms import InviteMemberForm
from portal.my_account.tries import INVITATIONS

# What the office compared with the public registers; from then on only the office changes it.
REGISTERED = ("name", "kind", "nip", "regon", "krs")


def get_membership_for(user: User, organisation: UUID) -> OrganisationMember:
    return get_object_or_404(
        user.memberships.select_related("organisation"), organisation=organisation
    )


def get_coordinated_organisation_for(user: User, pk: UUID) -> Organisation:
    return get_object_or_404(
        Organisation,
        pk=pk,
        members__user=user,
        members__role=OrganisationMember.Role.COORDINATOR,
    )


@require_safe
@logged_in
def organisation(request: OwnRequest, pk: UUID) -> HttpResponse:
    membership = get_membership_for(request.user, pk)
    found = membership.organisation
    is_coordinator = membership.role == OrganisationMember.Role.COORDINATOR
    members = found.members.select_related("user__person").order_by(
        "user__person__sort_key", "user_id"
    )
    return TemplateResponse(
        request,
        "my_account/organisation.html",
        {
            "organisation": found,
            "is_coordinator": is_coordinator,
            "members": members,
            "invitations": found.invitations.open() if is_coordinator else [],
        },
    )


@logged_in
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = get_coordinated_organisation_for(request.user, pk)
    is_settled = found.status == Organisation.Status.VERIFIED
    form = OrganisationForm(request.POST if request.method == "POST" else None, instance=found)
    if is_settled:
        for name in REGISTERED:
            del form.fields[name]
    if request.method == "POST" and form.is_valid():
        try:
            save_organisation(organisation=form.save(commit=False), acting_user=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("my_account:organisation", pk)
    return TemplateResponse(
        request,
        "my_account/change_organisation.html",
        {"form": form, "organisation": get_membership_for(request.user, pk).organisation,
         "is_settled": is_settled},
    )  # fmt: skip


@logged_in
def invite_member(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = get_coordinated_organisation_for(request.user, pk)
    form = InviteMemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take(INVITATIONS, str(request.user.pk))
        except TooManyTries:
            form.add_error(None, _("That is enough invitations for one day. Go on tomorrow."))
        else:
            invite(
                email=form.cleaned_data["email"],
                phone=str(form.cleaned_data["phone"]),
                organisation=found,
                organisation_role=form.cleaned_data["role"],
                acting_user=request.user,
            )
            messages.success(request, _("The invitation is on its way."))
            return redirect("my_account:organisation", pk)
    return TemplateResponse(
        request, "my_account/invite_member.html", {"form": form, "organisation": found}
    )


@require_POST
@logged_in
def revoke(request: OwnRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    found = get_coordinated_organisation_for(request.user, pk)
    revoked = get_object_or_404(found.invitations.open(), pk=invitation)
    revoke_invitation(invitation=revoked, acting_user=request.user)
    messages.success(request, _("The invitation is taken back. Its link opens nothing now."))
    return redirect("my_account:organisation", pk)


@logged_in
def remove(request: OwnRequest, pk: UUID, member: UUID) -> HttpResponse:
    found = get_coordinated_organisation_for(request.user, pk)
    leaving = get_object_or_404(found.members.select_related("user__person"), pk=member)
    context: dict[str, Any] = {"organisation": found, "member": leaving}
    if request.method != "POST":
        return TemplateResponse(request, "my_account/remove_member.html", context)
    try:
        remove_member(member=leaving, acting_user=request.user)
    except Refused as refusal:
        return TemplateResponse(
            request, "my_account/remove_member.html", {**context, "refusal": refusal}, status=409
        )
    messages.success(request, _("This person is not a member any more."))
    is_myself = leaving.user_id == request.user.pk
    return redirect("my_account:home") if is_myself else redirect("my_account:organisation", pk)
