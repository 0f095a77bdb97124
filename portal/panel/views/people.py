"""Finding people, adding them, and telling apart those who look like one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.add_person import add_person
from portal.accounts.actions.dismiss_duplicate import dismiss_duplicate
from portal.accounts.duplicates import likely_duplicates_of, suggested_pairs
from portal.accounts.forms import PersonForm
from portal.accounts.models import Person
from portal.accounts.people_search import search_people
from portal.accounts.permissions import Permission
from portal.entrance.doors import requires
from portal.entrance.requests import OwnRequest
from portal.paging import page_of
from portal.panel.finding import person_or_404
from portal.panel.refusing import refusals_told

LONGEST_QUESTION = 100


def asked(request: OwnRequest) -> str:
    """``?q=`` without the spaces people paste along, and without NULs, which no text has."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_QUESTION]


@require_safe
@requires(Permission.SEE_PEOPLE)
def people(request: OwnRequest) -> HttpResponse:
    """Everybody in order, or who fits ``?q=``. Contact data is on the card alone."""
    question = asked(request)
    found = search_people(question) if question else Person.objects.current().in_order()
    return TemplateResponse(
        request,
        "panel/people.html",
        {"question": question, "people": page_of(found, request)},
    )


@requires(Permission.EDIT_PEOPLE)
def add(request: OwnRequest) -> HttpResponse:
    """First shows who it may already be; the card is made when nobody fits."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        likely = likely_duplicates_of(form.instance)
        if not likely:
            return _added(request, form)
        return TemplateResponse(
            request, "panel/person_is_it_one.html", {"form": form, "likely": likely}
        )
    return TemplateResponse(request, "panel/person_add.html", {"form": form})


@require_POST
@requires(Permission.EDIT_PEOPLE)
def add_anyway(request: OwnRequest) -> HttpResponse:
    """None of the likely ones is the person."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "panel/person_add.html", {"form": form})
    return _added(request, form)


def _added(request: OwnRequest, form: PersonForm) -> HttpResponse:
    person = add_person(details=form.cleaned_data, acting_user=request.user)
    messages.success(request, _("The card of %(name)s is made.") % {"name": person})
    return redirect("panel:person", person.pk)


@require_safe
@requires(Permission.MERGE_PEOPLE)
def duplicates(request: OwnRequest) -> HttpResponse:
    return TemplateResponse(request, "panel/duplicates.html", {"pairs": suggested_pairs()})


@require_POST
@requires(Permission.MERGE_PEOPLE)
def tell_apart(request: OwnRequest, pk: UUID, other: UUID) -> HttpResponse:
    """They are two people after all; nobody is asked about them again."""
    first, second = person_or_404(pk), person_or_404(other)
    with refusals_told(request):
        dismiss_duplicate(first=first, second=second, acting_user=request.user)
        messages.success(
            request,
            _("%(first)s and %(second)s stay two people.") % {"first": first, "second": second},
        )
    return redirect("panel:duplicates")
