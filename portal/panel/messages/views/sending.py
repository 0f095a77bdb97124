"""An announcement before and while it goes out: who gets it and how, when, and again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.actions.cancel_broadcast import cancel_broadcast
from portal.messaging.actions.resend_failed import resend_failed
from portal.messaging.actions.schedule_broadcast import schedule_broadcast
from portal.messaging.broadcasting import preview
from portal.messaging.models import Broadcast
from portal.messaging.refusals import MessagingRefused
from portal.notifications.quiet import next_waking_moment
from portal.panel.messages.choosing import chosen_of
from portal.panel.messages.finding import broadcast_or_404
from portal.panel.messages.forms import MomentForm
from portal.panel.refusing import refusals_told


@require_safe
@requires(Permission.WRITE_TO_PEOPLE)
def check(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Who gets it by which channel, as it is now; it is asked again when it is sent."""
    found = broadcast_or_404(pk)
    if not _is_to_come(found):
        return redirect("panel:messages:announcement", pk)
    if not found.audiences:
        return redirect("panel:messages:audience", pk)
    return _page(request, found, MomentForm())


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def send(request: OwnRequest, pk: UUID) -> HttpResponse:
    found, form = broadcast_or_404(pk), MomentForm(request.POST)
    if form.is_valid():
        try:
            schedule_broadcast(broadcast=found, moment=form.moment, acting_user=request.user)
        except MessagingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _what_happens(form))
            return redirect("panel:messages:announcement", pk)
    if not _is_to_come(found):
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
        return redirect("panel:messages:announcement", pk)
    return _page(request, found, form)


@requires(Permission.WRITE_TO_PEOPLE)
def cancel(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = broadcast_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/messages/cancel.html", {"broadcast": found})
    with refusals_told(request):
        cancel_broadcast(broadcast=found, acting_user=request.user)
        messages.success(request, _("Called off. Nobody gets this announcement."))
    return redirect("panel:messages:announcement", pk)


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def resend(request: OwnRequest, pk: UUID) -> HttpResponse:
    """To those it did not reach; whoever got it gets it once."""
    found = broadcast_or_404(pk)
    with refusals_told(request):
        number = resend_failed(broadcast=found, acting_user=request.user)
        messages.success(
            request,
            ngettext(
                "It is sent again to %(number)d person.",
                "It is sent again to %(number)d people.",
                number,
            )
            % {"number": number},
        )
    return redirect("panel:messages:announcement", pk)


def _is_to_come(broadcast: Broadcast) -> bool:
    return broadcast.state in {Broadcast.State.DRAFT, Broadcast.State.SCHEDULED}


def _what_happens(form: MomentForm) -> str:
    if form.moment is None:
        return _("It is being sent. This page shows what becomes of it.")
    moment = date_format(timezone.localtime(form.moment), "DATETIME_FORMAT")
    return _("It will be sent: %(moment)s.") % {"moment": moment}


def _page(request: OwnRequest, found: Broadcast, form: MomentForm) -> HttpResponse:
    now = timezone.now()
    morning = next_waking_moment(now)
    chosen = chosen_of(found.audiences)
    there = [one.named for one in chosen if one.name]
    return TemplateResponse(
        request,
        "panel/messages/check.html",
        {
            "broadcast": found,
            "chosen": chosen,
            "form": form,
            "preview": preview(there, subject=found.subject, text=found.text),
            "morning": morning if morning > now else None,
        },
        status=422 if form.is_bound else 200,
    )
