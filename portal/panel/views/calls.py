"""Calls to make and letters to post: whom, the number, the words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.notifications.actions.finish_delivery import finish_delivery
from portal.notifications.models import Delivery
from portal.paging import page_of
from portal.panel.actions.count_try import count_try
from portal.panel.human_tasks import human_tasks, is_late
from portal.panel.looking import note_listed, note_opened
from portal.panel.messages_shown import shown
from portal.panel.refusing import refusals_told


@require_safe
@requires(Permission.HANDLE_CALLS)
def calls(request: OwnRequest) -> HttpResponse:
    page = page_of(human_tasks(), request, size=20)
    note_listed((task.person_id for task in page), request.user)
    return TemplateResponse(
        request,
        "panel/calls.html",
        {"pages": page, "tasks": [(shown(task), is_late(task)) for task in page]},
    )


@require_safe
@requires(Permission.HANDLE_CALLS)
def letter(request: OwnRequest, pk: UUID) -> HttpResponse:
    """A sheet for a window envelope."""
    task = get_object_or_404(
        human_tasks().filter(channel=Delivery.Channel.LETTER, person__isnull=False), pk=pk
    )
    if task.person is not None:
        note_opened(task.person, request.user)
    return TemplateResponse(request, "panel/letter.html", {"shown": shown(task)})


@require_POST
@requires(Permission.HANDLE_CALLS)
def done(request: OwnRequest, pk: UUID) -> HttpResponse:
    task = get_object_or_404(Delivery.objects.for_a_human(), pk=pk)
    with refusals_told(request):
        finish_delivery(delivery=task, acting_user=request.user, done=True)
        if task.channel == Delivery.Channel.LETTER:
            messages.success(
                request,
                _("Written down: the letter to %(name)s is posted.") % {"name": task.person},
            )
        else:
            messages.success(request, _("Written down: %(name)s knows.") % {"name": task.person})
    return redirect("panel:calls")


@require_POST
@requires(Permission.HANDLE_CALLS)
def not_reached(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Stays on the list, with one more try."""
    task = get_object_or_404(Delivery.objects.for_a_human(), pk=pk)
    with refusals_told(request):
        count_try(delivery=task, acting_user=request.user)
        messages.info(request, _("%(name)s stays on the list.") % {"name": task.person})
    return redirect("panel:calls")


@requires(Permission.HANDLE_CALLS)
def give_up(request: OwnRequest, pk: UUID) -> HttpResponse:
    """There is no way to tell the person: the task goes, and it stays written down."""
    task = get_object_or_404(human_tasks(), pk=pk)
    if request.method != "POST":
        return TemplateResponse(request, "panel/call_give_up.html", {"task": task})
    with refusals_told(request):
        finish_delivery(delivery=task, acting_user=request.user, done=False)
        messages.success(
            request, _("Written down: %(name)s could not be told.") % {"name": task.person}
        )
    return redirect("panel:calls")
