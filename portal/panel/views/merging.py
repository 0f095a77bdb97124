"""Two cards of one person become one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.actions.merge_people import merge_people
from portal.accounts.models import Person
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.panel.finding import person_or_404
from portal.panel.looking import note_opened
from portal.panel.refusing import refusals_told
from portal.panel.views.people import asked

SHOWN = 20


@require_safe
@requires(Permission.MERGE_PEOPLE)
def choose_other(request: OwnRequest, pk: UUID) -> HttpResponse:
    person, question = person_or_404(pk), asked(request)
    found = search_people(question).exclude(pk=person.pk)[:SHOWN] if question else []
    return TemplateResponse(
        request,
        "panel/merge_choose.html",
        {"person": person, "question": question, "found": found},
    )


@require_safe
@requires(Permission.MERGE_PEOPLE)
def compare(request: OwnRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Side by side, to choose which of the two is kept."""
    first, second = _two(pk, other)
    for person in (first, second):
        note_opened(person, request.user)
    return TemplateResponse(
        request,
        "panel/merge_compare.html",
        {"first": first, "second": second, "rows": _side_by_side(first, second)},
    )


@requires(Permission.MERGE_PEOPLE)
def merge(request: OwnRequest, pk: UUID, other: UUID) -> HttpResponse:
    """``pk`` stays, ``other`` becomes part of it; says so before it does so."""
    kept, merged = _two(pk, other)
    if request.method != "POST":
        return TemplateResponse(
            request, "panel/merge_confirm.html", {"kept": kept, "merged": merged}
        )
    with refusals_told(request):
        merge_people(kept=kept, merged=merged, acting_user=request.user)
        messages.success(request, _("The two cards are one now."))
    return redirect("panel:person", kept.pk)


def _two(pk: UUID, other: UUID) -> tuple[Person, Person]:
    """
    Raises:
        Http404: one of them is not there, or both ids mean one person by now.
    """
    first, second = person_or_404(pk), person_or_404(other)
    if first.pk == second.pk:
        raise Http404
    return first, second


def _side_by_side(first: Person, second: Person) -> list[tuple[str, str, str]]:
    """What is known of each: label, of the first, of the second."""
    facts = [
        (_("Phone"), "phone_shown"),
        (_("E-mail"), "email"),
        (_("Street and number"), "street"),
        (_("Postcode"), "postcode"),
        (_("Town or village"), "city"),
    ]
    return [
        *(
            (label, str(_fact(first, name)), str(_fact(second, name)))
            for label, name in facts
            if _fact(first, name) or _fact(second, name)
        ),
        (_("How to reach them"), first.get_channel_display(), second.get_channel_display()),
        (_("Language"), first.get_language_display(), second.get_language_display()),
        (_("Logins"), str(first.logins.count()), str(second.logins.count())),
        (_("Messages"), str(first.deliveries.count()), str(second.deliveries.count())),
        (_("Consents"), str(first.consents.count()), str(second.consents.count())),
    ]


def _fact(person: Person, name: str) -> str:
    if name == "phone_shown":
        return person.phone.as_national if person.phone else ""
    return str(getattr(person, name))
