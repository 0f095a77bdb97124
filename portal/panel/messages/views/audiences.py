"""To whom an announcement goes: groups put on its list one by one, and taken off it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.messaging.actions.save_broadcast import save_broadcast
from portal.messaging.audiences import Named, audiences_for
from portal.messaging.models import Broadcast
from portal.panel.messages.choosing import chosen_of, may_be_chosen
from portal.panel.messages.finding import broadcast_or_404
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked

MOST_CHOICES = 20


@require_safe
@requires(Permission.WRITE_TO_PEOPLE)
def audience(request: OwnRequest, pk: UUID) -> HttpResponse:
    """``?grupa=<key>&q=``: groups of one kind, the likely ones or those that fit."""
    found = broadcast_or_404(pk)
    if found.state not in {Broadcast.State.DRAFT, Broadcast.State.SCHEDULED}:
        return redirect("panel:messages:announcement", pk)
    kinds = audiences_for(request.user)
    wanted = request.GET.get("grupa", "")
    kind = next((one for one in kinds if one.key == wanted), kinds[0] if kinds else None)
    question = asked(request)
    return TemplateResponse(
        request,
        "panel/messages/audience.html",
        {
            "broadcast": found,
            "chosen": chosen_of(found.audiences),
            "taken": [one["of"] for one in found.audiences if kind and one["key"] == kind.key],
            "kinds": kinds,
            "kind": kind,
            "question": question,
            "choices": kind.choices(question)[:MOST_CHOICES] if kind else [],
        },
    )


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def add(request: OwnRequest, pk: UUID) -> HttpResponse:
    found, named = broadcast_or_404(pk), _posted(request)
    if not may_be_chosen(request.user, named):
        raise Http404
    others = [one for one in found.audiences if one != named]
    return _save(request, found, [*others, named])


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def remove(request: OwnRequest, pk: UUID) -> HttpResponse:
    found, named = broadcast_or_404(pk), _posted(request)
    return _save(request, found, [one for one in found.audiences if one != named])


def _posted(request: OwnRequest) -> Named:
    return Named(key=request.POST.get("key", ""), of=request.POST.get("of", ""))


def _save(request: OwnRequest, found: Broadcast, chosen: list[Named]) -> HttpResponse:
    with refusals_told(request):
        save_broadcast(
            broadcast=found, subject=found.subject, text=found.text, audiences=chosen,
            acting_user=request.user,
        )  # fmt: skip
        messages.success(request, _("The list of groups is changed."))
    return redirect("panel:messages:audience", found.pk)
