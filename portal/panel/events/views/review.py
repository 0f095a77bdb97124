"""The office's answer to what an organisation proposes."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.actions.publish_activity import publish_activity
from events.actions.reject_activity import reject_activity
from events.actions.request_changes import request_changes
from events.forms_editing.refusing import form_page, refusals_on
from events.forms_editing.rules import NoteForm
from events.models import Activity
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.events.finding import activity_or_404
from portal.panel.refusing import refusals_told


@require_POST
@requires(Permission.REVIEW_EVENTS)
def approve(request: OwnRequest, pk: UUID) -> HttpResponse:
    found = activity_or_404(pk)
    with refusals_told(request):
        publish_activity(
            activity=found, only_while=[Activity.Status.SUBMITTED], acting_user=request.user
        )
        messages.success(request, _("Published, and the organisation is told."))
    return redirect("panel:events:activity", pk)


@requires(Permission.REVIEW_EVENTS)
def ask(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _with_words(
        request, pk, "panel/events/ask.html", _("What should the organisation answer or change?"),
        request_changes,
    )  # fmt: skip


@requires(Permission.REVIEW_EVENTS)
def reject(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _with_words(
        request, pk, "panel/events/reject.html", _("Why is it not published?"), reject_activity
    )


def _with_words(
    request: OwnRequest,
    pk: UUID,
    template: str,
    label: str,
    send: Callable[..., Activity],
) -> HttpResponse:
    found = activity_or_404(pk)
    form = NoteForm(request.POST or None, label=label)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            send(activity=found, note=form.cleaned_data["note"], acting_user=request.user)
            messages.success(request, _("The organisation is told."))
            return redirect("panel:events:activity", pk)
    return form_page(request, template, form, activity=found)
