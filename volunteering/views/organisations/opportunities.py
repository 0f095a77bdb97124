"""What an organisation wants volunteers for: a draft, sent to the office, published."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.forms_editing.refusing import form_page, refusals_on
from events.views.organisations.finding import get_organisation_for, is_verified, not_verified
from portal.accounts.models import Organisation
from portal.accounts.refusals import Refused
from portal.audit.models import record
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from volunteering.actions.decide_application import decide_application
from volunteering.actions.save_opportunity import save_opportunity
from volunteering.actions.submit_opportunity import submit_opportunity
from volunteering.actions.take_back_opportunity import take_back_opportunity
from volunteering.applicants import applications_of, as_organisation_sees
from volunteering.forms.opportunities import OpportunityForm
from volunteering.models import Application, Opportunity, Shift
from volunteering.opportunity_states import OPEN_TO_ITS_ORGANISATION, TAKES_SHIFTS
from volunteering.shift_lines import ShiftLine, with_everything
from volunteering.views.organisations.finding import get_application_for, get_opportunity_for

APPLICANTS_ON_A_PAGE = 50


@require_safe
@logged_in
def opportunities(request: OwnRequest, pk: UUID) -> HttpResponse:
    """All of the organisation's, the newest first."""
    organisation = get_organisation_for(request.user, pk)
    rows = Opportunity.objects.filter(organisation=organisation).order_by("-created_at", "id")
    return TemplateResponse(
        request,
        "volunteering/organisations/opportunities.html",
        {
            "organisation": organisation,
            "is_verified": is_verified(organisation),
            "opportunities": page_of(rows, request),
        },
    )


@require_safe
@logged_in
def opportunity(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    found = get_opportunity_for(request.user, pk, opportunity)
    organisation = get_organisation_for(request.user, pk)
    shifts = with_everything(Shift.objects.filter(opportunity=found)).order_by("-starts_at", "id")
    dates = page_of(shifts, request)
    return TemplateResponse(
        request,
        "volunteering/organisations/opportunity.html",
        {
            "opportunity": found,
            "organisation": organisation,
            "is_verified": is_verified(organisation),
            "is_open": found.status in OPEN_TO_ITS_ORGANISATION,
            "takes_shifts": found.status in TAKES_SHIFTS,
            "applied": applications_of(found).filter(status=Application.Status.APPLIED).count(),
            "dates": dates,
            "lines": [ShiftLine(shift) for shift in dates],
        },
    )


@logged_in
def propose(request: OwnRequest, pk: UUID) -> HttpResponse:
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    begun = Opportunity(organisation=organisation)
    form = OpportunityForm(request.POST or None, instance=begun)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            save_opportunity(opportunity=form.instance, acting_user=request.user)
            messages.success(request, _("The draft is kept. Add shifts next, if there are any."))
            return redirect("my_volunteering:organisation_opportunity", pk, begun.pk)
    return _form(request, form, organisation)


@logged_in
def change(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    """Also the answer to the office's words: what is changed is sent again."""
    found = get_opportunity_for(request.user, pk, opportunity)
    organisation = get_organisation_for(request.user, pk)
    form = OpportunityForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            save_opportunity(
                opportunity=form.instance,
                only_while=OPEN_TO_ITS_ORGANISATION,
                acting_user=request.user,
            )
            messages.success(request, _("Saved. Send it to the office when it is ready."))
            return redirect("my_volunteering:organisation_opportunity", pk, opportunity)
    stored = get_opportunity_for(request.user, pk, opportunity)
    return _form(request, form, organisation, stored)


def _form(
    request: OwnRequest,
    form: OpportunityForm,
    organisation: Organisation,
    stored: Opportunity | None = None,
) -> HttpResponse:
    return form_page(
        request, "volunteering/organisations/proposal.html", form,
        organisation=organisation, opportunity=stored,
    )  # fmt: skip


@require_POST
@logged_in
def submit(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    found = get_opportunity_for(request.user, pk, opportunity)
    with told(request):
        submit_opportunity(opportunity=found, acting_user=request.user)
        messages.success(request, _("Sent. The office reads it and answers you by message."))
    return redirect("my_volunteering:organisation_opportunity", pk, opportunity)


@require_POST
@logged_in
def take_back(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    """To correct what was sent."""
    found = get_opportunity_for(request.user, pk, opportunity)
    with told(request):
        take_back_opportunity(opportunity=found, acting_user=request.user)
        messages.success(request, _("It is a draft again: change it and send it once more."))
    return redirect("my_volunteering:organisation_opportunity", pk, opportunity)


@require_safe
@logged_in
def applicants(request: OwnRequest, pk: UUID, opportunity: UUID) -> HttpResponse:
    """First names; how to reach somebody only where they agreed to it."""
    found = get_opportunity_for(request.user, pk, opportunity)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    pages = page_of(applications_of(found), request, APPLICANTS_ON_A_PAGE)
    shown = as_organisation_sees(pages)
    record("applicants.viewed", actor=request.user.pk, of=found)
    for one in shown:
        if one.application.shows_contact:
            person = one.application.profile.person_id
            record("person.viewed", actor=request.user.pk, of=found, person=person)
    return TemplateResponse(
        request,
        "volunteering/organisations/applicants.html",
        {"organisation": organisation, "opportunity": found, "pages": pages, "applicants": shown},
    )


@require_POST
@logged_in
def accept(request: OwnRequest, pk: UUID, opportunity: UUID, application: UUID) -> HttpResponse:
    return _decide(request, pk, opportunity, application, is_accepted=True)


@require_POST
@logged_in
def decline(request: OwnRequest, pk: UUID, opportunity: UUID, application: UUID) -> HttpResponse:
    return _decide(request, pk, opportunity, application, is_accepted=False)


def _decide(
    request: OwnRequest, pk: UUID, opportunity: UUID, application: UUID, *, is_accepted: bool
) -> HttpResponse:
    found = get_application_for(request.user, pk, opportunity, application)
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    with told(request):
        decide_application(application=found, is_accepted=is_accepted, acting_user=request.user)
        messages.success(request, _("Your answer is on its way to them."))
    return redirect("my_volunteering:organisation_applicants", pk, opportunity)


@contextmanager
def told(request: OwnRequest) -> Iterator[None]:
    """What an action refuses is said on the page that opens next."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
