"""The registry of organisations, and decisions on them."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.decide_on_organisation import decide_on_organisation
from portal.accounts.actions.save_organisation import save_organisation
from portal.accounts.forms import OrganisationForm
from portal.accounts.models import Organisation
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.forms import ReasonForm
from portal.panel.refusing import refusals_told
from portal.panel.telling import tell_members
from portal.panel.views.people import asked
from tenants.polish import search_key

Status = Organisation.Status


@require_safe
@requires(Permission.SEE_ORGANISATIONS)
def organisations(request: OwnRequest) -> HttpResponse:
    """``?q=&stan=``: a part of the name, and a state."""
    question, status = asked(request), request.GET.get("stan", "")
    rows = Organisation.objects.in_order()
    for word in search_key(question).split():
        rows = rows.filter(search_key__contains=word)
    if status in Status.values:
        rows = rows.filter(status=status)
    return TemplateResponse(
        request,
        "panel/organisations.html",
        {
            "question": question,
            "status": status,
            "statuses": Status.choices,
            "to_verify": Organisation.objects.to_verify().count(),
            "organisations": page_of(rows, request),
        },
    )


@require_safe
@requires(Permission.SEE_ORGANISATIONS)
def organisation(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    return TemplateResponse(
        request,
        "panel/organisation.html",
        {
            "organisation": found,
            "decisions": Organisation.DECISIONS[found.status],
            "members": found.members.select_related("user__person").order_by("-role", "since"),
            "invitations": found.invitations.open(),
        },
    )


@requires(Permission.EDIT_ORGANISATIONS)
def add(request: OwnRequest) -> HttpResponse:
    return _form(request, None)


@requires(Permission.EDIT_ORGANISATIONS)
def edit(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _form(request, get_object_or_404(Organisation, pk=pk))


def _form(request: OwnRequest, found: Organisation | None) -> HttpResponse:
    name = found.name if found else ""
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = save_organisation(organisation=form.instance, acting_user=request.user)
        messages.success(request, _("The organisation is saved."))
        return redirect("panel:organisation", saved.pk)
    return TemplateResponse(
        request,
        "panel/organisation_form.html",
        {"form": form, "name": name, "organisation": found},
    )


@require_POST
@requires(Permission.VERIFY_ORGANISATIONS)
def verify(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    with refusals_told(request):
        _decide(found, Status.VERIFIED, "", request)
        messages.success(request, _("%(name)s is verified.") % {"name": found.name})
    return redirect("panel:organisation", pk)


@require_POST
@requires(Permission.VERIFY_ORGANISATIONS)
def reopen(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Back to the list of those to verify."""
    found = get_object_or_404(Organisation, pk=pk)
    with refusals_told(request):
        _decide(found, Status.NEW, "", request)
        messages.success(request, _("%(name)s waits to be verified again.") % {"name": found.name})
    return redirect("panel:organisation", pk)


@requires(Permission.VERIFY_ORGANISATIONS)
def refuse(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _with_reason(request, pk, Status.REFUSED)


@requires(Permission.VERIFY_ORGANISATIONS)
def close(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _with_reason(request, pk, Status.CLOSED)


def _with_reason(request: OwnRequest, pk: UUID, status: Status) -> HttpResponse:
    found = get_object_or_404(Organisation, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            _decide(found, status, form.cleaned_data["reason"], request)
            messages.success(request, _("The decision is written down and the members are told."))
        return redirect("panel:organisation", pk)
    return TemplateResponse(
        request,
        "panel/organisation_reason.html",
        {"form": form, "organisation": found, "is_refusal": status == Status.REFUSED},
    )


@transaction.atomic
def _decide(found: Organisation, status: Status, reason: str, request: OwnRequest) -> None:
    decided = decide_on_organisation(
        organisation=found, status=status, reason=reason, acting_user=request.user
    )
    tell_members(decided)
