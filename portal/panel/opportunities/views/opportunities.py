"""Opportunities: all of them, one, its words, and whether everybody sees it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.forms_editing.refusing import form_page, refusals_on
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.opportunities.finding import opportunity_or_404
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from tenants.polish import slug
from volunteering.actions.close_opportunity import close_opportunity
from volunteering.actions.publish_opportunity import publish_opportunity
from volunteering.actions.save_opportunity import save_opportunity
from volunteering.actions.send_back_opportunity import send_back_opportunity
from volunteering.applicants import applications_of
from volunteering.forms.opportunities import OpportunityForm, SendBackForm
from volunteering.models import Application, Opportunity, Shift
from volunteering.shift_lines import ShiftLine, with_everything

Status = Opportunity.Status
# What is over stays as it was.
CAN_CHANGE = frozenset(Status) - {Status.CLOSED}


@require_safe
@requires(Permission.SEE_OPPORTUNITIES)
def opportunities(request: OwnRequest) -> HttpResponse:
    """``?q=&stan=``: a part of the title, and a state. What waits longest comes first among those
    to review; otherwise the newest."""
    question, status = asked(request), request.GET.get("stan", "")
    coming = Shift.objects.filter(
        opportunity=OuterRef("pk"), cancelled_at=None, ends_at__gt=timezone.now()
    )
    rows = Opportunity.objects.select_related("organisation").annotate(
        next_start=Subquery(coming.order_by("starts_at").values("starts_at")[:1])
    )
    for word in question.split():
        rows = rows.filter(Q(slug__contains=slug(word)) | Q(title__icontains=word))
    if status in Status.values:
        rows = rows.filter(status=status)
    order = "created_at" if status == Status.SUBMITTED else "-created_at"
    return TemplateResponse(
        request,
        "panel/opportunities/list.html",
        {
            "question": question,
            "status": status,
            "statuses": Status.choices,
            "to_review": Opportunity.objects.to_review().count(),
            "opportunities": page_of(rows.order_by(order, "id"), request),
        },
    )


@require_safe
@requires(Permission.SEE_OPPORTUNITIES)
def opportunity(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?minione=1`` shows the shifts that are over, or called off."""
    found = opportunity_or_404(pk)
    is_past = request.GET.get("minione") == "1"
    shifts = Shift.objects.filter(opportunity=found)
    past = shifts.exclude(pk__in=shifts.upcoming().values("pk"))
    shown = past.order_by("-starts_at", "id") if is_past else shifts.upcoming().in_order()
    dates = page_of(with_everything(shown), request)
    return TemplateResponse(
        request,
        "panel/opportunities/opportunity.html",
        {
            "opportunity": found,
            "is_past": is_past,
            "past": past.count(),
            "can_change": found.status in CAN_CHANGE,
            "can_publish": found.status == Status.DRAFT and found.organisation_id is None,
            "can_close": Status.CLOSED in Opportunity.FOLLOWS[found.status],
            "applied": applications_of(found).filter(status=Application.Status.APPLIED).count(),
            "dates": dates,
            "lines": [ShiftLine(shift) for shift in dates],
        },
    )


@requires(Permission.EDIT_OPPORTUNITIES)
def begin(request: OwnRequest) -> HttpResponse:
    """One of the office's own."""
    form = OpportunityForm(request.POST or None, instance=Opportunity())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            saved = save_opportunity(opportunity=form.instance, acting_user=request.user)
            messages.success(request, _("The draft is kept. Add shifts next, if there are any."))
            return redirect("panel:opportunities:opportunity", saved.pk)
    return form_page(request, "panel/opportunities/begin.html", form)


@requires(Permission.EDIT_OPPORTUNITIES)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    form = OpportunityForm(request.POST or None, instance=opportunity_or_404(pk))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            save_opportunity(
                opportunity=form.instance, only_while=CAN_CHANGE, acting_user=request.user
            )
            messages.success(request, _("Saved."))
            return redirect("panel:opportunities:opportunity", pk)
    return form_page(
        request, "panel/opportunities/change.html", form, opportunity=opportunity_or_404(pk)
    )


@require_POST
@requires(Permission.EDIT_OPPORTUNITIES)
def publish(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The office's own, or what an organisation has sent."""
    found = opportunity_or_404(pk)
    with refusals_told(request):
        publish_opportunity(opportunity=found, acting_user=request.user)
        messages.success(
            request,
            _("Published, and the organisation is told.")
            if found.organisation_id
            else _("Published: everybody sees it now."),
        )
    return redirect("panel:opportunities:opportunity", pk)


@requires(Permission.EDIT_OPPORTUNITIES)
def send_back(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = opportunity_or_404(pk)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            send_back_opportunity(
                opportunity=found, note=form.cleaned_data["note"], acting_user=request.user
            )
            messages.success(request, _("The organisation is told."))
            return redirect("panel:opportunities:opportunity", pk)
    return form_page(request, "panel/opportunities/send_back.html", form, opportunity=found)


@requires(Permission.EDIT_OPPORTUNITIES)
def close(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = opportunity_or_404(pk)
    if request.method != "POST":
        coming = Shift.objects.filter(opportunity=found).upcoming()
        return TemplateResponse(
            request,
            "panel/opportunities/close.html",
            {"opportunity": found, "coming": coming.filter(starts_at__gt=timezone.now()).count()},
        )
    with refusals_told(request):
        close_opportunity(opportunity=found, acting_user=request.user)
        messages.success(request, _("Closed. Volunteers do not see it any more."))
    return redirect("panel:opportunities:opportunity", pk)
