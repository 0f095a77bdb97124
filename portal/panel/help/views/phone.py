"""Writing down what somebody who calls asks for."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.message_words import when
from portal.accounts.actions.add_person import add_person
from portal.accounts.duplicates import likely_duplicates_of
from portal.accounts.models import Person
from portal.accounts.permissions import Permission, may
from portal.entrance.doors import forbidden, requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.help.phone_form import PhoneRequestForm, names_typed, typed
from portal.panel.looking import note_listed
from portal.panel.participants.desk import FOUND, who_it_may_be
from portal.panel.participants.papers import pdf_response
from volunteering.actions.ask_for_help import ask_for_help
from volunteering.asked import readable
from volunteering.help_slip import help_slip_pdf
from volunteering.models import District, HelpRequest
from volunteering.refusals import TOLD

FOR_OTHERS = "innych"


@requires(Permission.RUN_HELP)
def phone(request: OwnRequest) -> HttpResponse:
    """One page: who, what, when, done. ``?dla=innych``: whoever calls is not who needs help."""
    if request.method != "POST":
        is_for_others = request.GET.get("dla") == FOR_OTHERS
        return _page(request, PhoneRequestForm(is_for_others=is_for_others))
    form = PhoneRequestForm(
        request.POST, person=_chosen(request), is_for_others=_for_others(request)
    )
    if not form.is_valid() or form.sounds_like_emergency:
        return _page(request, form)
    if form.person is None and not form.cleaned_data["is_new_card"]:
        likely = [one.person for one in likely_duplicates_of(Person(**form.card), limit=FOUND)]
        if likely:
            return _page(request, form, likely=likely, is_checked=True)
    return _written_down(request, form)


@require_POST
@requires(Permission.RUN_HELP)
def find(request: OwnRequest) -> HttpResponse:
    """Whose card it may be, by as much as has been typed; the rest of the form stays as it is."""
    form = PhoneRequestForm(initial=typed(request.POST), is_for_others=_for_others(request))
    first, last = names_typed(form.initial.get("name", ""))
    number = form.initial.get("phone", "")
    if not first and not number:
        messages.info(request, _("Write a name or a phone number first."))
        return _page(request, form)
    return _page(request, form, likely=who_it_may_be(first, last, number), is_search=True)


@requires(Permission.RUN_HELP)
def choose(request: OwnRequest, person: UUID) -> HttpResponse:
    """The form for somebody we have a card of, with whatever else was typed."""
    form = PhoneRequestForm(
        initial=typed(request.POST) if request.method == "POST" else {},
        person=person_or_404(person),
        is_for_others=_for_others(request),
    )
    return _page(request, form)


@require_safe
@requires(Permission.RUN_HELP)
def done(request: OwnRequest, pk: UUID) -> HttpResponseBase:
    """What to say before hanging up."""
    asked = _asked(pk)
    if not _may_see(request, asked):
        return forbidden(request)
    return TemplateResponse(
        request,
        "panel/help/phone_done.html",
        {
            "asked": asked,
            "code": readable(asked.code),
            "when": when(asked.starts_at, asked.ends_at),
        },
    )


@require_safe
@requires(Permission.RUN_HELP)
def slip(request: OwnRequest, pk: UUID) -> HttpResponseBase:
    asked = _asked(pk)
    if not _may_see(request, asked):
        return forbidden(request)
    return pdf_response(help_slip_pdf(asked), f"prosba-{asked.code}.pdf")


def _asked(pk: UUID) -> HelpRequest:
    rows = HelpRequest.objects.select_related("requester", "asked_by", "district")
    return get_object_or_404(rows, pk=pk)


def _may_see(request: OwnRequest, asked: HelpRequest) -> bool:
    """Names are for whoever wrote them down and for the organiser, and each look is noted."""
    wrote = asked.taken_by == request.user.pk
    if not wrote and not may(request.user, Permission.SEE_HELP_CONTACTS):
        return False
    note_listed([asked.requester_id, asked.asked_by_id], request.user)
    return True


def _written_down(request: OwnRequest, form: PhoneRequestForm) -> HttpResponse:
    """The card, if they are new, and the request: both or neither."""
    try:
        with transaction.atomic():
            caller = form.person or add_person(details=form.card, acting_user=request.user)
            asked = ask_for_help(order=form.order(caller), acting_user=request.user)
            if asked.contact.pk != caller.pk:
                # The same form came before, and made the card then.
                transaction.set_rollback(True)
    except TOLD as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _page(request, form)
    return redirect("panel:help:phone_done", asked.pk)


def _chosen(request: OwnRequest) -> Person | None:
    """The card that was found; nonsense is nobody."""
    try:
        pk = UUID(request.POST.get("person", ""))
    except ValueError:
        return None
    return person_or_404(pk)


def _for_others(request: OwnRequest) -> bool:
    return request.POST.get("is_for_others", "False") != "False"


def _page(
    request: OwnRequest,
    form: PhoneRequestForm,
    *,
    likely: list[Person] | None = None,
    is_search: bool = False,
    is_checked: bool = False,
) -> HttpResponse:
    seen = [person.pk for person in likely or []]
    if form.person is not None:
        seen.append(form.person.pk)
    note_listed(seen, request.user)
    is_stopped = form.is_bound and form.sounds_like_emergency and not form.errors
    return TemplateResponse(
        request,
        "panel/help/phone.html",
        {
            "form": form,
            "likely": likely,
            "is_search": is_search,
            "is_checked": is_checked,
            "is_emergency": is_stopped,
            "has_districts": District.objects.exists(),
        },
        status=422 if form.errors else 200,
    )
