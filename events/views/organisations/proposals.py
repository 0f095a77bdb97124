"""What an organisation proposes: a draft, sent to the office, its questions answered, published."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from events.actions.open_places import open_places
from events.actions.remove_activity import remove_activity
from events.actions.save_activity import save_activity
from events.actions.save_text import save_text
from events.actions.set_capacity import set_capacity
from events.actions.submit_activity import submit_activity
from events.actions.take_back_activity import take_back_activity
from events.forms_editing.proposal import ProposalForm
from events.forms_editing.refusing import form_page, refusals_on
from events.models import Activity, Session
from events.preview import preview_page
from events.readiness import missing
from events.session_lines import as_lines, lines
from events.states import OPEN_TO_ITS_ORGANISATION
from events.texts import draft_of
from events.views.organisations.finding import (
    get_activity_for,
    get_organisation_for,
    is_verified,
    not_verified,
)
from portal.accounts.refusals import Refused
from portal.entrance.doors import logged_in
from portal.entrance.requests import OwnRequest
from portal.paging import page_of

Status = Activity.Status


@require_safe
@logged_in
def activities(request: OwnRequest, pk: UUID) -> HttpResponse:
    """All of the organisation's, the newest first."""
    organisation = get_organisation_for(request.user, pk)
    coming = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=timezone.now())
    rows = (
        Activity.objects.of(organisation)
        .with_texts()
        .annotate(next_start=Subquery(coming.order_by("starts_at").values("starts_at")[:1]))
        .order_by("-created_at")
    )
    return TemplateResponse(
        request,
        "events/organisations/activities.html",
        {
            "organisation": organisation,
            "is_verified": is_verified(organisation),
            "activities": page_of(rows, request),
        },
    )


@require_safe
@logged_in
def activity(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    found = get_activity_for(request.user, pk, activity)
    dates = page_of(lines(Session.objects.filter(activity=found)).in_order(), request)
    is_open = found.status in OPEN_TO_ITS_ORGANISATION
    return TemplateResponse(
        request,
        "events/organisations/activity.html",
        {
            "activity": found,
            "organisation": found.organisation,
            "text": _polish_draft(found),
            "is_open": is_open,
            "is_verified": found.organisation is not None and is_verified(found.organisation),
            "missing": missing(found, for_everybody=False) if is_open else [],
            "dates": dates,
            "lines": as_lines(dates),
        },
    )


def _polish_draft(found: Activity) -> object:
    text = found.texts.filter(language="pl").select_related("latest_revision").first()
    return draft_of(text) if text else None


@logged_in
def propose(request: OwnRequest, pk: UUID) -> HttpResponse:
    organisation = get_organisation_for(request.user, pk)
    if not is_verified(organisation):
        return not_verified(request, organisation)
    begun = Activity(organisation=organisation, proposed_by=request.user.pk)
    form = ProposalForm(request.POST or None, instance=begun)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _save(form, request)
            messages.success(request, _("The draft is kept. Add the dates next."))
            return redirect("my_events:organisation_activity", pk, begun.pk)
    return form_page(request, "events/organisations/proposal.html", form, organisation=organisation)


@logged_in
def change(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """Also the answer to the office's questions: what is changed is sent again."""
    found = get_activity_for(request.user, pk, activity)
    form = ProposalForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _save(form, request)
            messages.success(request, _("Saved. Send it to the office when it is ready."))
            return redirect("my_events:organisation_activity", pk, activity)
    return form_page(
        request, "events/organisations/proposal.html", form,
        organisation=found.organisation, activity=get_activity_for(request.user, pk, activity),
    )  # fmt: skip


@transaction.atomic
def _save(form: ProposalForm, request: OwnRequest) -> None:
    user, open_while = request.user, OPEN_TO_ITS_ORGANISATION
    saved = save_activity(
        activity=form.instance, title=form.cleaned_data["title"], only_while=open_while,
        acting_user=user,
    )  # fmt: skip
    save_text(
        activity=saved, language="pl", words=form.words, only_while=open_while, acting_user=user
    )
    places = form.places
    if places is None:
        return
    if saved.pool is None:
        open_places(activity=saved, places=places, acting_user=user)
    elif saved.pool.capacity != places.capacity:
        set_capacity(pool=saved.pool, capacity=places.capacity, acting_user=user)


@require_POST
@logged_in
def submit(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    found = get_activity_for(request.user, pk, activity)
    with _told(request):
        submit_activity(activity=found, acting_user=request.user)
        messages.success(request, _("Sent. The office reads it and answers you by message."))
    return redirect("my_events:organisation_activity", pk, activity)


@require_POST
@logged_in
def take_back(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """To correct what was sent, or to try again after a no."""
    found = get_activity_for(request.user, pk, activity)
    with _told(request):
        take_back_activity(activity=found, acting_user=request.user)
        messages.success(request, _("It is a draft again: change it and send it once more."))
    return redirect("my_events:organisation_activity", pk, activity)


@logged_in
def remove(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    found = get_activity_for(request.user, pk, activity)
    if request.method != "POST":
        return TemplateResponse(
            request,
            "events/organisations/remove.html",
            {"activity": found, "organisation": found.organisation},
        )
    with _told(request):
        remove_activity(activity=found, acting_user=request.user)
        messages.success(request, _("The draft is removed."))
        return redirect("my_events:organisation_activities", pk)
    return redirect("my_events:organisation_activity", pk, activity)


@require_safe
@logged_in
def preview(request: OwnRequest, pk: UUID, activity: UUID) -> HttpResponse:
    """How the public page will look; the words are in Polish, so the page is."""
    found = get_activity_for(request.user, pk, activity)
    text = get_object_or_404(found.texts.select_related("latest_revision"), language="pl")
    with override("pl"):
        template = "events/organisations/preview.html"
        return preview_page(request, found, draft_of(text), template).render()


@contextmanager
def _told(request: OwnRequest) -> Iterator[None]:
    """What an action refuses is said on the page that opens next."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
