"""Who helps: what the two may see of each other, and what became of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.help.finding import task_or_404
from portal.panel.help.forms import ContactForm
from portal.panel.refusing import refusals_told
from volunteering.actions.finish_task import finish_task
from volunteering.actions.give_task_back import give_task_back
from volunteering.actions.mark_no_show import mark_no_show
from volunteering.actions.share_contact import share_contact
from volunteering.contact import person_of
from volunteering.models import Assignment, ContactConsent

UNPROCESSABLE = 422


@requires(Permission.RUN_HELP)
def contact(request: OwnRequest, pk: UUID, side: str) -> HttpResponse:
    """What one of the two said on the telephone that the other may see."""
    task = task_or_404(pk)
    if side not in ContactConsent.Side.values:
        raise Http404
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request):
            share_contact(
                assignment=task, side=ContactConsent.Side(side), shows=form.choice,
                means=ContactConsent.Means.PHONE, acting_user=request.user,
            )  # fmt: skip
            messages.success(request, _("Written down. Once both have agreed, both are told."))
        return redirect("panel:help:request", task.request_id)
    return TemplateResponse(
        request,
        "panel/help/contact.html",
        {
            "form": form,
            "asked": task.request,
            "name": person_of(task, ContactConsent.Side(side)).first_name,
        },
        status=UNPROCESSABLE if form.errors else 200,
    )


@require_POST
@requires(Permission.RUN_HELP)
def done(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _ended(request, pk, finish_task, _("The help was given. Thank you."))


@require_POST
@requires(Permission.RUN_HELP)
def not_come(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _ended(request, pk, mark_no_show, _("Written down. Call both of them."))


def _ended(
    request: OwnRequest, pk: UUID, action: Callable[..., Assignment], said: str
) -> HttpResponse:
    task = task_or_404(pk)
    with refusals_told(request):
        action(assignment=task, acting_user=request.user)
        messages.success(request, said)
    return redirect("panel:help:request", task.request_id)


@requires(Permission.RUN_HELP)
def give_back(request: OwnRequest, pk: UUID) -> HttpResponse:
    """The volunteer has called: they cannot come after all."""
    task = task_or_404(pk)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/help/give_back.html", {"asked": task.request, "task": task}
        )
    return _ended(request, pk, give_task_back, _("Written down. Somebody else is looked for."))
