"""Activities: all of them, one, its rules, and whether everybody sees it."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.cancel_activity import cancel_activity
from events.actions.publish_activity import publish_activity
from events.actions.remove_activity import REMOVABLE, remove_activity
from events.actions.save_activity import save_activity
from events.actions.save_text import Words, save_text
from events.actions.withdraw_activity import withdraw_activity
from events.forms_editing.dates import CallOffForm
from events.forms_editing.refusing import form_page, refusals_on
from events.forms_editing.rules import BeginForm, RulesForm
from events.models import Activity, ActivityText, Session
from events.readiness import missing
from events.session_lines import as_lines, lines
from events.whom_to_tell import booked_people, bookers_of, ways_to_tell
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.events.finding import activity_or_404
from portal.panel.events.texts_shown import texts_shown
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked
from tenants.polish import slug

Status = Activity.Status


@require_safe
@requires(Permission.SEE_EVENTS)
def activities(request: OwnRequest) -> HttpResponse:
    """``?q=&stan=``: a part of the title, and a state. What waits longest comes first among those
    to review; otherwise the newest."""
    question, status = asked(request), request.GET.get("stan", "")
    coming = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=timezone.now()).exclude(
        status=Session.Status.CANCELLED
    )
    rows = (
        Activity.objects.select_related("organisation")
        .with_texts()
        .annotate(next_start=Subquery(coming.order_by("starts_at").values("starts_at")[:1]))
    )
    for word in question.split():
        said = ActivityText.objects.filter(activity=OuterRef("pk"), title__icontains=word)
        rows = rows.filter(Q(slug__contains=slug(word)) | Exists(said))
    if status in Status.values:
        rows = rows.filter(status=status)
    order = "changed_at" if status == Status.SUBMITTED else "-changed_at"
    return TemplateResponse(
        request,
        "panel/events/activities.html",
        {
            "question": question,
            "status": status,
            "statuses": Status.choices,
            "to_review": Activity.objects.to_review().count(),
            "activities": page_of(rows.order_by(order, "id"), request),
        },
    )


@require_safe
@requires(Permission.SEE_EVENTS)
def activity(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?minione=1`` shows the dates that are over."""
    found = activity_or_404(pk)
    is_past = request.GET.get("minione") == "1"
    dates = lines(Session.objects.filter(activity=found))
    now = timezone.now()
    past = Session.objects.filter(activity=found, ends_at__lte=now)
    page = page_of(
        dates.filter(ends_at__lte=now).order_by("-starts_at", "id")
        if is_past
        else dates.upcoming(now).in_order(),
        request,
    )
    return TemplateResponse(
        request,
        "panel/events/activity.html",
        {
            "activity": found,
            "texts": texts_shown(found),
            "missing": [] if found.status == Status.PUBLISHED else missing(found),
            "is_unsent": found.status == Status.DRAFT and found.proposed_by is not None,
            "can_publish": Status.PUBLISHED in Activity.FOLLOWS[found.status],
            "can_remove": found.status in REMOVABLE,
            "dates": page,
            "lines": as_lines(page),
            "is_past": is_past,
            "past": past.count(),
        },
    )


@requires(Permission.EDIT_EVENTS)
def begin(request: OwnRequest) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            begun = _begin(form, request)
            messages.success(request, _("Begun. What is still missing stands on this page."))
            return redirect("panel:events:activity", begun.pk)
    return form_page(request, "panel/events/begin.html", form)


@transaction.atomic
def _begin(form: BeginForm, request: OwnRequest) -> Activity:
    given = form.cleaned_data
    begun = save_activity(activity=form.instance, title=given["title"], acting_user=request.user)
    save_text(
        activity=begun,
        language="pl",
        words=Words(title=given["title"], lead=given["lead"]),
        acting_user=request.user,
    )
    return begun


@requires(Permission.EDIT_EVENTS)
def rules(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    form = RulesForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            save_activity(activity=form.instance, acting_user=request.user)
            messages.success(request, _("The rules are saved."))
            return redirect("panel:events:activity", pk)
    return form_page(request, "panel/events/rules.html", form, activity=activity_or_404(pk))


@require_POST
@requires(Permission.EDIT_EVENTS)
def publish(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The office's own; what an organisation submitted is published by whoever reviews."""
    found = activity_or_404(pk)
    with refusals_told(request):
        publish_activity(activity=found, only_while=[Status.DRAFT, Status.WITHDRAWN],
                         acting_user=request.user)  # fmt: skip
        messages.success(request, _("Published: everybody sees it now."))
    return redirect("panel:events:activity", pk)


@requires(Permission.EDIT_EVENTS)
def withdraw(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(
            request,
            "panel/events/withdraw.html",
            {"activity": found, "booked": booked_people(found)},
        )
    with refusals_told(request):
        withdraw_activity(activity=found, acting_user=request.user)
        messages.success(request, _("Taken down. It can be published again."))
    return redirect("panel:events:activity", pk)


@requires(Permission.EDIT_EVENTS)
def remove(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/events/remove.html", {"activity": found})
    title = found.title
    with refusals_told(request):
        remove_activity(activity=found, acting_user=request.user)
        messages.success(request, _("%(title)s is removed.") % {"title": title})
        return redirect("panel:events:activities")
    return redirect("panel:events:activity", pk)


@requires(Permission.EDIT_EVENTS)
def cancel_all(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Every date to come, and with it the bookings of a course."""
    found = activity_or_404(pk)
    coming = Session.objects.filter(activity=found).taking_place().upcoming().in_order()
    first_words = _("The whole course is cancelled.") if found.is_course else ""
    form = CallOffForm(request.POST or None, initial={"note": first_words})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            number = cancel_activity(
                activity=found, note=form.cleaned_data["note"], acting_user=request.user
            )
            messages.success(request, _dates_cancelled(number))
            return redirect("panel:events:activity", pk)
    dates = list(coming.select_related("pool"))
    pools = [found.pool] if found.is_course else [date.pool for date in dates]
    people = list(bookers_of(pool for pool in pools if pool is not None))
    return form_page(
        request,
        "panel/events/cancel_all.html",
        form,
        activity=found,
        dates=as_lines(dates),
        people=people,
        ways=ways_to_tell(people, "events/cancelled"),
        booked=booked_people(found),
    )


def _dates_cancelled(number: int) -> str:
    return ngettext(
        "%(number)d date is cancelled. Everybody booked is being told.",
        "%(number)d dates are cancelled. Everybody booked is being told.",
        number,
    ) % {"number": number}
