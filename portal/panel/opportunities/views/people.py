"""Who would like to help with an opportunity."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.looking import note_listed
from portal.panel.opportunities.finding import application_or_404, opportunity_or_404
from portal.panel.refusing import refusals_told
from volunteering.actions.decide_application import decide_application
from volunteering.applicants import applications_of

SIZE = 40


@require_safe
@requires(Permission.SEE_VOLUNTEERS)
def applicants(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = opportunity_or_404(pk)
    pages = page_of(applications_of(found), request, SIZE)
    note_listed([one.profile.person_id for one in pages], request.user)
    return TemplateResponse(
        request, "panel/opportunities/applicants.html", {"opportunity": found, "pages": pages}
    )


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def accept(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, is_accepted=True)


@require_POST
@requires(Permission.EDIT_VOLUNTEERS)
def decline(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _decide(request, pk, is_accepted=False)


def _decide(request: OwnRequest, pk: UUID, *, is_accepted: bool) -> HttpResponse:
    found = application_or_404(pk)
    with refusals_told(request):
        decide_application(application=found, is_accepted=is_accepted, acting_user=request.user)
        messages.success(request, _("Your answer is on its way to them."))
    return redirect("panel:opportunities:applicants", found.opportunity_id)
