"""A message to one person: write, check, send."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.models import Person
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.notifications.kinds import kind_of
from portal.notifications.models import Delivery
from portal.notifications.quiet import next_waking_moment
from portal.notifications.routing import channels_by_person
from portal.notifications.sms_length import sms_size
from portal.panel.actions.write_to_person import WRITTEN, write_to_person
from portal.panel.finding import person_or_404
from portal.panel.forms import WordsForm


@require_safe
@requires(Permission.WRITE_TO_PEOPLE)
def write(request: OwnRequest, pk: UUID) -> HttpResponse:
    return _form(request, person_or_404(pk), WordsForm())


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def check(request: OwnRequest, pk: UUID) -> HttpResponse:
    """How it will go out, before it does."""
    person = person_or_404(pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _form(request, person, form)
    return TemplateResponse(
        request, "panel/write_check.html", {"person": person, "form": form, **_way(person, form)}
    )


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def change(request: OwnRequest, pk: UUID) -> HttpResponse:
    """Back from the check, with the words kept."""
    return _form(request, person_or_404(pk), WordsForm(initial=request.POST.dict()))


@require_POST
@requires(Permission.WRITE_TO_PEOPLE)
def send(request: OwnRequest, pk: UUID) -> HttpResponse:
    person = person_or_404(pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _form(request, person, form)
    message = write_to_person(person=person, acting_user=request.user, **form.cleaned_data)
    messages.success(request, _("The message is on its way. This page shows what becomes of it."))
    return redirect("panel:message", message.pk)


def _form(request: OwnRequest, person: Person, form: WordsForm) -> HttpResponse:
    return TemplateResponse(request, "panel/write.html", {"person": person, "form": form})


def _way(person: Person, form: WordsForm) -> dict[str, object]:
    """The channels the message will take, and what its length means there."""
    channels = channels_by_person([person], kind_of(WRITTEN))[person.pk]
    now = timezone.now()
    due = next_waking_moment(now)
    by_sms = Delivery.Channel.SMS in channels
    return {
        "channels": channels,
        "due": due,
        "is_delayed": due > now,
        "sms": sms_size(" ".join(form.cleaned_data["text"].split())) if by_sms else None,
    }
